"""What concerns several places of a checklist's KPIs: their categories, departments, directions, series and levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.checks import Values, entries, refer
from checklists.issues import IssueCode
from checklists.kinds import ABSENT
from checklists.points import plain
from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checklists.sources.folder import Tree
    from checklists.sources.yaml_source import NodePath

RESERVED = ("plan", "last_year", "recomputed")
"""What a KPI has beside its series, so that no series can be called so."""

_DEPARTMENTS = Text("部门（departments）", "departments")
_CATEGORIES = Text("指标类别（kpi_categories）", "KPI categories")
_DIRECTIONS = Text("辅导方向（directions）", "directions")
_HIGHER = Text("越高越好", "More is better")
_LOWER = Text("越低越好", "Less is better")


def check_kpis(tree: Tree, checklist: Values) -> None:
    """Report everything that is wrong with the KPIs and their categories among each other."""
    departments = _department_ids(tree, checklist)
    for path, category in _keyed(checklist, "kpi_categories"):
        refer(tree, (*path, "department"), _DEPARTMENTS, category.get("department"), departments)
    for path, kpi in _keyed(checklist, "kpis"):
        refer(tree, (*path, "department"), _DEPARTMENTS, kpi.get("department"), departments)
        for key, catalogue, what in (
            ("category", "kpi_categories", _CATEGORIES),
            ("direction", "directions", _DIRECTIONS),
        ):
            known = checklist.get(catalogue, {} if catalogue not in tree.data else None)
            refer(tree, (*path, key), what, kpi.get(key), known)
        _same_department(tree, checklist, path, kpi)
        _series(tree, path, kpi)
        _levels(tree, path, kpi)


def _keyed(checklist: Values, key: str) -> Iterator[tuple[NodePath, Values]]:
    found = checklist.get(key)
    if isinstance(found, dict):
        yield from (((key, own_id), values) for own_id, values in found.items() if isinstance(values, dict))


def _department_ids(tree: Tree, checklist: Values) -> list[str] | None:
    """Return the ids of the departments; None where some could not be read."""
    listed = checklist.get("departments")
    if not isinstance(listed, list) or ABSENT in listed or any(path[:1] == ("departments",) for path in tree.unread):
        return None
    found = [values.get("id") for _, values in entries((), checklist, "departments")]
    return None if None in found else [str(own_id) for own_id in found]


def _same_department(tree: Tree, checklist: Values, path: NodePath, kpi: Values) -> None:
    categories = checklist.get("kpi_categories")
    category = categories.get(kpi.get("category", "")) if isinstance(categories, dict) else None
    own, other = kpi.get("department"), category.get("department") if isinstance(category, dict) else None
    if own is not None and other is not None and own != other:
        place = (*path, "department")
        tree.report(IssueCode.KPI_ELSEWHERE, place, category=kpi["category"], other=other, department=own)


def _series(tree: Tree, path: NodePath, kpi: Values) -> None:
    series = kpi.get("series")
    if not isinstance(series, dict):
        return
    for name in series:
        if name.casefold() in RESERVED:
            tree.report(IssueCode.SERIES_NAME, (*path, "series", name), name=name)
    months = [values.get("months") for values in series.values() if isinstance(values, dict)]
    if kpi.get("value") == "ratio" and (len(series) < 2 or len(set(months[:2]) - {None}) > 1):
        tree.report(IssueCode.RATIO_SERIES, (*path, "series"))


def _levels(tree: Tree, path: NodePath, kpi: Values) -> None:
    better = kpi.get("better")
    judged = [key for key in ("pass_level", "target", "missed") if key in kpi]
    if better == "watch" and judged:
        tree.report(IssueCode.LEVELS_WATCHED, (*path, judged[0]))
    elif judged and "pass_level" not in kpi and (*path, "pass_level") not in tree.reported:
        tree.report(IssueCode.LEVEL_MISSING, (*path, judged[0]), key=judged[0])
    level, target = kpi.get("pass_level"), kpi.get("target")
    if better not in {"higher", "lower"} or level is None or target is None:
        return
    if "value" not in level or "value" not in target or level.get("of", "value") != target.get("of", "value"):
        return
    lower = target["value"] < level["value"]
    if (lower and better == "higher") or (target["value"] > level["value"] and better == "lower"):
        tree.report(
            IssueCode.LEVELS_ORDER,
            (*path, "target"),
            better=_HIGHER if better == "higher" else _LOWER,
            word=Text("不低于", "below") if better == "higher" else Text("不高于", "above"),
            target=plain(target["value"]),
            level=plain(level["value"]),
        )
