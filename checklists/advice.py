"""What a checklist that can be used may still lack: warnings, which nobody can switch off.

They are given for what could be read, beside errors or without; a value that is missing or wrong has been reported as
an error and is passed over here.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from checklists.guidance_checks import LEVELS, TWO, anchors_wanted
from checklists.issues import IssueCode
from checklists.points import pass_points, plain
from checklists.text import LANGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checklists.checks import Placed, Values
    from checklists.sources.folder import Tree
    from checklists.sources.yaml_source import NodePath

LEAST_EVIDENCE = 8
"""Characters of evidence, in either language, below which nobody knows what to look at."""
LEAST_CRITICAL = Fraction(1, 1000)
"""Share of the total below which a critical item is worth almost nothing.

Rates are printed with one decimal: an item of less than 0.1 % can be lost without the printed rate of the total
changing by one step, so the auditor's strongest word would leave no trace in the figures.
"""
MANY_ITEMS = 4
"""Items from which on one alone should not have more than half of its section's points."""


def warn(tree: Tree, checklist: Values) -> None:
    """Report all warnings.

    Args:
        tree: the checklist as written.
        checklist: its values as the model takes them: pass rates inherited, None where nothing could be read.
    """
    _same_texts(tree, (), checklist)
    placed = list(_items(checklist))
    for path, item, section in placed:
        _evidence(tree, path, item)
        _equal_anchors(tree, path, item)
        _attainable(tree, path, item, section)
    _missing_anchors(tree, [(path, item) for path, item, _ in placed])
    _critical(tree, checklist)
    _heavy_items(tree, checklist)
    _unused(tree, checklist, [item for _, item, _ in placed])


def _entries(path: NodePath, level: Values, key: str) -> list[Placed]:
    found = level.get(key)
    listed = found if isinstance(found, list | tuple) else ()
    return [((*path, key, n), entry) for n, entry in enumerate(listed) if isinstance(entry, dict)]


def _mapped(checklist: Values, key: str) -> dict[str, Values]:
    found = checklist.get(key)
    entries = found if isinstance(found, dict) else {}
    return {own_id: values for own_id, values in entries.items() if isinstance(values, dict)}


def _sections(checklist: Values) -> Iterator[tuple[NodePath, Values, Values]]:
    for path, department in _entries((), checklist, "departments"):
        yield from ((place, section, department) for place, section in _entries(path, department, "sections"))


def _items(checklist: Values) -> Iterator[tuple[NodePath, Values, Values]]:
    for path, section, _ in _sections(checklist):
        yield from ((place, item, section) for place, item in _entries(path, section, "items"))


def _same_texts(tree: Tree, path: NodePath, value: Any) -> None:
    """Look for texts that are the same in both languages, wherever they stand."""
    if isinstance(value, dict) and value.keys() == set(LANGS):
        zh, en = value["zh"], value["en"]
        if isinstance(zh, str) and zh == en and _is_language(zh):
            key = next((step for step in reversed(path) if isinstance(step, str)), "")
            tree.report(IssueCode.TEXT_SAME, path, key=key, text=_short(zh))
    elif isinstance(value, dict):
        for key, part in value.items():
            _same_texts(tree, (*path, key), part)
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            _same_texts(tree, (*path, index), part)


def _is_language(text: str) -> bool:
    """Say whether a text belongs to one language; symbols, figures and abbreviations in capitals (DMS) do not."""
    return any(letter.isalpha() and not letter.isupper() for letter in text)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _evidence(tree: Tree, path: NodePath, item: Values) -> None:
    evidence = item.get("evidence")
    if not isinstance(evidence, dict):
        return
    for lang in LANGS:
        said = evidence.get(lang)
        if isinstance(said, str) and len("".join(said.split())) < LEAST_EVIDENCE:
            tree.report(IssueCode.EVIDENCE_SHORT, (*path, "evidence"), text=said)
            return


def _equal_anchors(tree: Tree, path: NodePath, item: Values) -> None:
    anchors = item.get("anchors")
    listed = anchors if isinstance(anchors, list | tuple) else ()
    for number, (before, anchor) in enumerate(pairwise(listed), start=2):
        if not isinstance(before, dict) or not isinstance(anchor, dict):
            continue
        same = [lang for lang in LANGS if _bare(before.get(lang)) == _bare(anchor.get(lang))]
        if same:
            place = (*path, "anchors", number - 1)
            text = _short(str(anchor.get(same[0])))
            tree.report(IssueCode.ANCHOR_EQUAL, place, before=number - 1, number=number, text=text)


def _bare(text: object) -> str:
    """Return a text's letters and figures alone, without regard to case and width."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", str(text)).casefold() if sign.isalnum())


def _missing_anchors(tree: Tree, placed: list[Placed]) -> None:
    """Report items that need anchors and have none: each, or all at once where no item has any."""
    lacking = [
        (path, wanted)
        for path, item in placed
        if "anchors" not in item and isinstance(item.get("rule"), dict) and (wanted := anchors_wanted(item["rule"]))
    ]
    if lacking and not any("anchors" in item for _, item in placed):
        tree.report(IssueCode.ANCHORS_NONE, ("departments",))
        return
    for path, wanted in lacking:
        meaning = LEVELS if wanted > 2 else TWO
        tree.report(IssueCode.ANCHORS_MISSING, path, wanted=wanted, meaning=meaning)


def _critical(tree: Tree, checklist: Values) -> None:
    for path, section, department in _sections(checklist):
        needed = _least_critical(checklist, department)
        for place, item in _entries(path, section, "items"):
            points = item.get("points")
            if "critical" in item and points and needed is not None and points < needed:
                code = IssueCode.CRITICAL_SMALL
                tree.report(code, (*place, "critical"), points=plain(points), needed=plain(needed))


def _least_critical(checklist: Values, department: Values) -> Decimal | None:
    """Return the points that a critical item of a department needs; None where that cannot be told."""
    whole, full, weight = checklist.get("total"), department.get("points"), department.get("weight")
    if weight and full:
        departments = [values for _, values in _entries((), checklist, "departments")]
        weights = sum((values.get("weight") or Decimal(0) for values in departments), Decimal(0))
        # Weighted, a department's points are so many parts of the total as its weight is of all weights.
        whole = full * weights / weight
    return None if not whole else pass_points(LEAST_CRITICAL, whole)


def _heavy_items(tree: Tree, checklist: Values) -> None:
    for path, section, _ in _sections(checklist):
        listed, full = _entries(path, section, "items"), section.get("points")
        if not full or len(listed) < MANY_ITEMS:
            continue
        for place, item in listed:
            points = item.get("points")
            if points and points * 2 > full:
                values = {"section": section.get("id"), "count": len(listed), "full": plain(full)}
                tree.report(IssueCode.ITEM_HEAVY, (*place, "points"), points=plain(points), **values)


def _unused(tree: Tree, checklist: Values, items: list[Values]) -> None:
    kpis, directions = _mapped(checklist, "kpis"), _mapped(checklist, "directions")
    led_to = {values.get("direction") for values in [*items, *kpis.values()]}
    for name in directions:
        if name not in led_to:
            tree.report(IssueCode.DIRECTION_UNUSED, ("directions", name), id=name)
    named = {item.get("kpi") for item in items} | set(_moved(directions)) | set(_asked(checklist))
    for name, kpi in kpis.items():
        # What is only watched moves nothing and answers nothing; it explains the others.
        if name not in named and kpi.get("better") != "watch":
            tree.report(IssueCode.KPI_UNUSED, ("kpis", name), id=name)
    filled = {kpi.get("category") for kpi in kpis.values()}
    for name in _mapped(checklist, "kpi_categories"):
        if name not in filled:
            tree.report(IssueCode.CATEGORY_EMPTY, ("kpi_categories", name), id=name)


def _moved(directions: dict[str, Values]) -> Iterator[object]:
    for direction in directions.values():
        yield from (move.get("kpi") for _, move in _entries((), direction, "moves"))


def _asked(checklist: Values) -> Iterator[object]:
    guides = checklist.get("guides")
    for role in guides if isinstance(guides, dict) else ():
        for _, question in _entries(("guides",), guides or {}, role):
            yield from question.get("kpis") or ()


def _attainable(tree: Tree, path: NodePath, item: Values, section: Values) -> None:
    own, points, rate = item.get("attainable"), item.get("points"), section.get("pass_rate")
    if not own or not points:
        return
    place, values = (*path, "attainable"), {"attainable": plain(own)}
    if own > points:
        tree.report(IssueCode.ATTAINABLE_HIGH, place, points=plain(points), **values)
    elif rate is not None and own < (needed := pass_points(rate, points)):
        tree.report(IssueCode.ATTAINABLE_LOW, place, needed=plain(needed), **values)
