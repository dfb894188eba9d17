"""What concerns several places of a checklist's guidance: anchors and rules, directions and KPIs, guides and items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.checks import Values, entries, items, questions, refer
from checklists.issues import IssueCode
from checklists.kinds import ABSENT
from checklists.points import plain
from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checklists.sources.folder import Tree
    from checklists.sources.yaml_source import NodePath

_ITEMS = Text("检查项", "items")
_KPIS = Text("指标（kpis）", "KPIs")
_ROLES = Text("岗位（roles）", "roles")
LEVELS = Text("从 0 级到最高级每级一句", "one for each level, from 0 to the highest")
TWO = Text("先写不符合，后写符合", "first what does not conform, then what does")
_INSTEAD = {
    "measure": Text("佐证和分值界限", "evidence and the limits"),
    "deduct": Text("佐证和缺陷名称", "evidence and the names of the faults"),
    "bonus": Text("佐证和加分项名称", "evidence and the names of the merits"),
}
_BETTER = {"higher": Text("升高", "rise"), "lower": Text("降低", "fall"), None: Text("变化", "move")}


def check_guidance(tree: Tree, checklist: Values) -> None:
    """Report anchors that do not fit their rule, and directions and interview guides that name what is not there."""
    for path, item in items(checklist):
        _anchors(tree, path, item)
    for name, direction in _mapping(checklist, "directions"):
        _direction(tree, checklist, ("directions", name), direction)
    _guides(tree, checklist)


def anchors_wanted(rule: Values) -> int | None:
    """Return how many anchors a rule needs if it has any, 0 where it has none, None where that cannot be told."""
    kind = rule.get("kind")
    if kind in {"yes_no", "sample"}:
        return 2
    if kind != "levels":
        return 0 if kind in _INSTEAD else None
    top, shares = rule.get("top"), rule.get("shares")
    if isinstance(top, int) == isinstance(shares, list):
        return None
    return top + 1 if isinstance(top, int) else len(shares or ())


def _anchors(tree: Tree, path: NodePath, item: Values) -> None:
    anchors, rule = item.get("anchors"), item.get("rule")
    if not isinstance(anchors, list) or not isinstance(rule, dict):
        return
    wanted, kind, place = anchors_wanted(rule), rule.get("kind"), (*path, "anchors")
    if wanted == 0:
        tree.report(IssueCode.ANCHORS_NOWHERE, place, kind=kind, instead=_INSTEAD[str(kind)])
    elif wanted is not None and len(anchors) != wanted:
        meaning = LEVELS if kind == "levels" else TWO
        tree.report(IssueCode.ANCHORS_COUNT, place, count=len(anchors), wanted=wanted, meaning=meaning)


def _direction(tree: Tree, checklist: Values, path: NodePath, direction: Values) -> None:
    roles, kpis = _known(tree, checklist, "roles"), _known(tree, checklist, "kpis")
    for place, step in entries(path, direction, "steps"):
        refer(tree, (*place, "role"), _ROLES, step.get("role"), roles)
    for place, move in entries(path, direction, "moves"):
        refer(tree, (*place, "kpi"), _KPIS, move.get("kpi"), kpis)
        _sign(tree, checklist, place, move)


def _sign(tree: Tree, checklist: Values, path: NodePath, move: Values) -> None:
    """Report a move against what is good for the KPI, or none at all."""
    known, by = checklist.get("kpis"), move.get("by")
    kpi = known.get(move.get("kpi", "")) if isinstance(known, dict) else None
    better = kpi.get("better") if isinstance(kpi, dict) else None
    if by is None:
        return
    if by == 0 or (better == "higher" and by < 0) or (better == "lower" and by > 0):
        word = _BETTER.get(better, _BETTER[None])
        tree.report(IssueCode.MOVE_SIGN, (*path, "by"), kpi=move.get("kpi", ""), better=word, by=plain(by))


def _guides(tree: Tree, checklist: Values) -> None:
    roles, kpis = _known(tree, checklist, "roles"), _known(tree, checklist, "kpis")
    asked = _asked(tree, checklist)
    guides = checklist.get("guides")
    for role in guides if isinstance(guides, dict) else ():
        refer(tree, ("guides", role), _ROLES, role, roles)
    for path, question in questions(checklist):
        for key, what, known in (("items", _ITEMS, asked), ("kpis", _KPIS, kpis)):
            for place, name in entries(path, question, key):
                refer(tree, place, what, str(name), known)


def _asked(tree: Tree, checklist: Values) -> list[str] | None:
    """Return the ids of the items; None where some could not be read."""
    if any(path[:1] == ("departments",) for path in tree.unread) or "departments" not in checklist:
        return None
    found = [item.get("id") for _, item in items(checklist)]
    lists_read = all(ABSENT not in level for level in _lists(checklist, ("departments", "sections", "items")))
    return [str(own_id) for own_id in found] if lists_read and None not in found else None


def _lists(level: Values, keys: tuple[str, ...]) -> Iterator[list[object]]:
    """Yield the lists of departments, sections and items; one that could not be read as a list without content."""
    found = level.get(keys[0])
    yield found if isinstance(found, list) else [ABSENT]
    for _, child in entries((), level, keys[0]) if keys[1:] else ():
        yield from _lists(child, keys[1:])


def _known(tree: Tree, checklist: Values, catalogue: str) -> Iterable[str] | None:
    """Return the ids of a catalogue, None where it could not be read."""
    found = checklist.get(catalogue, {} if catalogue not in tree.data else None)
    return found if isinstance(found, dict) else None


def _mapping(checklist: Values, key: str) -> Iterator[tuple[str, Values]]:
    found = checklist.get(key)
    if isinstance(found, dict):
        yield from ((own_id, values) for own_id, values in found.items() if isinstance(values, dict))
