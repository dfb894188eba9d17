"""What concerns several places of a checklist: sums, ids, references, weights, bands.

Each check looks at the values that could be read and reports what is wrong with them; where a value is `ABSENT` or
missing, which has been reported already, nothing further is said of it.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any

from checklists.hints import DEFINE, hint_at
from checklists.issues import IssueCode
from checklists.kinds import ABSENT, PassMark
from checklists.points import plain
from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checklists.sources.folder import Tree
    from checklists.sources.yaml_source import NodePath

Values = dict[str, Any]
Placed = tuple["NodePath", Values]

_REFERENCES = {
    "set": ("sample_sets", Text("抽样组（sample_sets）", "sample sets")),
    "method": ("methods", Text("检查方法（methods）", "methods")),
    "place": ("places", Text("检查地点（places）", "places")),
    "owner": ("roles", Text("岗位（roles）", "roles")),
    "direction": ("directions", Text("辅导方向（directions）", "directions")),
}

SET_COUNTS = {"sample": "size", "levels": "observations"}
"""Rules an item read from a sample set may have, and the number of theirs that the set's size stands for."""


def check(tree: Tree, checklist: Values) -> None:
    """Report everything that is wrong with the checklist as a whole."""
    _sums(tree, checklist)
    _pass_marks(tree, checklist)
    _ids(tree, checklist)
    _weights(tree, checklist)
    for path, item in items(checklist):
        _references(tree, checklist, path, item)
        _sampling(tree, path, item)
        if _kind(item) == "bonus":
            tree.report(IssueCode.BONUS_RULE, (*path, "rule", "kind"))
    for path, bonus in entries((), checklist, "bonus"):
        if _kind(bonus) not in {None, "bonus"}:
            tree.report(IssueCode.BONUS_RULE, (*path, "rule", "kind"))


def entries(path: NodePath, level: Values, key: str) -> Iterator[Placed]:
    """Yield the readable entries of a list with their paths."""
    found = level.get(key)
    if isinstance(found, list):
        yield from (((*path, key, index), entry) for index, entry in enumerate(found) if entry is not ABSENT)


def sections(checklist: Values) -> Iterator[Placed]:
    """Yield all sections that could be read."""
    for path, department in entries((), checklist, "departments"):
        yield from entries(path, department, "sections")


def items(checklist: Values) -> Iterator[Placed]:
    """Yield all items that could be read."""
    for path, section in sections(checklist):
        yield from entries(path, section, "items")


def questions(checklist: Values) -> Iterator[Placed]:
    """Yield all questions of the interview guides that could be read."""
    guides = checklist.get("guides")
    if isinstance(guides, dict):
        for role in guides:
            yield from entries(("guides",), guides, role)


def _kind(item: Values) -> str | None:
    rule = item.get("rule")
    return rule.get("kind") if isinstance(rule, dict) else None


def _name(level: Values, path: NodePath) -> str:
    return str(level.get("id") or f"{path[-2]} {int(path[-1]) + 1}")


def _sums(tree: Tree, checklist: Values) -> None:
    departments = list(entries((), checklist, "departments"))
    for path, section in sections(checklist):
        _sum(tree, (path, section), "items", "points", IssueCode.SECTION_SUM)
    for path, department in departments:
        _sum(tree, (path, department), "sections", "points", IssueCode.DEPARTMENT_SUM)
    if not any("weight" in department or (*path, "weight") in tree.reported for path, department in departments):
        _sum(tree, ((), checklist), "departments", "total", IssueCode.TOTAL_SUM)


def _sum(tree: Tree, level: Placed, children: str, key: str, code: IssueCode) -> None:
    path, values = level
    parts = values.get(children)
    if not isinstance(parts, list):
        return
    if not parts:
        name = _name(values, path) if path else children
        tree.report(IssueCode.NO_ITEMS, (*path, children), id=name)
        return
    points = values.get(key)
    if points is None or any(part is ABSENT or "points" not in part for part in parts):
        return
    total = sum((part["points"] for part in parts), Decimal(0))
    if total == points:
        return
    words = Text("少 {by} 分", "{by} too few") if total < points else Text("多 {by} 分", "{by} too many")
    difference = words.format(by=plain(abs(points - total)))
    name = _name(values, path) if path else ""
    tree.report(code, (*path, key), id=name, sum=plain(total), points=plain(points), difference=difference)


def _pass_marks(tree: Tree, checklist: Values) -> None:
    levels = chain([((), checklist)], entries((), checklist, "departments"), sections(checklist))
    for path, level in levels:
        mark, points = level.get("pass"), level.get("points" if path else "total")
        if isinstance(mark, PassMark) and points is not None and points > 0 and mark.rate_of(points) > 1:
            tree.report(IssueCode.PASS_ABOVE_POINTS, (*path, "pass"), mark=mark.written, points=plain(points))


def _ids(tree: Tree, checklist: Values) -> None:
    all_items = [*items(checklist), *entries((), checklist, "bonus")]
    _unique(tree, entries((), checklist, "departments"))
    for path, department in entries((), checklist, "departments"):
        _unique(tree, entries(path, department, "sections"))
    _unique(tree, chain(all_items, questions(checklist)))
    _unique(tree, entries((), checklist, "grades"))
    for path, item in all_items:
        rule = item.get("rule")
        if isinstance(rule, dict):
            _unique(tree, chain(*(entries((*path, "rule"), rule, key) for key in ("faults", "merits"))))
    _never_reused(tree, all_items)


def _unique(tree: Tree, level: Iterator[Placed]) -> None:
    first: dict[str, NodePath] = {}
    for path, values in level:
        own_id = values.get("id")
        if own_id is None:
            continue
        before = first.setdefault(own_id.casefold(), path)
        if before is not path:
            file, line = tree.where((*before, "id"))
            tree.report(IssueCode.DUPLICATE_ID, (*path, "id"), id=own_id, place=f"{file}:{line}")


def _never_reused(tree: Tree, all_items: list[Placed]) -> None:
    former: dict[str, str] = {}
    for path, item in all_items:
        old_ids = item.get("former_ids")
        for index, old in enumerate(old_ids if isinstance(old_ids, list) else []):
            if old is ABSENT:
                continue
            name = str(item.get("id", ""))
            before = former.setdefault(old.casefold(), name)
            if before != name:
                tree.report(IssueCode.REUSED_ID, (*path, "former_ids", index), id=old, item=before)
    for path, item in all_items:
        own_id = item.get("id")
        if own_id is not None and own_id.casefold() in former:
            tree.report(IssueCode.REUSED_ID, (*path, "id"), id=own_id, item=former[own_id.casefold()])


def _weights(tree: Tree, checklist: Values) -> None:
    departments = list(entries((), checklist, "departments"))
    unread = any((*path, "weight") in tree.reported for path, _ in departments)
    without = [(path, _name(values, path)) for path, values in departments if "weight" not in values]
    if not unread and without and len(without) < len(departments):
        ids = joined([same(name) for _, name in without])
        tree.report(IssueCode.WEIGHTS_INCOMPLETE, without[0][0], ids=ids)
    profiles = checklist.get("profiles")
    if not isinstance(profiles, dict) or ABSENT in (checklist.get("departments") or [ABSENT]):
        return
    known = [values["id"] for _, values in departments if "id" in values]
    for name, weights in profiles.items():
        if not isinstance(weights, dict):
            continue
        what = Text("部门", "departments")
        for unknown in [key for key in weights if key not in known]:
            place = ("profiles", name, unknown)
            hint = hint_at(unknown, known)
            tree.report(IssueCode.UNKNOWN_REFERENCE, place, what=what, value=unknown, hint=hint)
        missing = [same(own_id) for own_id in known if own_id not in weights]
        if missing:
            tree.report(IssueCode.PROFILE_INCOMPLETE, ("profiles", name), profile=name, ids=joined(missing))


def _references(tree: Tree, checklist: Values, path: NodePath, item: Values) -> None:
    for key, (catalogue, what) in _REFERENCES.items():
        value = item.get(key)
        known = checklist.get(catalogue, {} if catalogue not in tree.data else ABSENT)
        if value is None or known is ABSENT or value in known:
            continue
        hint = hint_at(value, known, nothing=DEFINE)
        tree.report(IssueCode.UNKNOWN_REFERENCE, (*path, key), what=what, value=value, hint=hint)


def refer(tree: Tree, path: NodePath, what: Text, value: str | None, known: Iterable[str] | None) -> None:
    """Report a reference to something that is not there; nothing is said where it is not known what there is."""
    if value is None or known is None or value in known:
        return
    hint = hint_at(value, known, nothing=DEFINE)
    tree.report(IssueCode.UNKNOWN_REFERENCE, path, what=what, value=value, hint=hint)


def _sampling(tree: Tree, path: NodePath, item: Values) -> None:
    kind = _kind(item)
    if "set" not in item or kind is None:
        return
    count = SET_COUNTS.get(kind)
    if count is None:
        tree.report(IssueCode.SET_WITHOUT_SAMPLE, (*path, "set"), set=item["set"])
    elif count in item["rule"]:
        tree.report(IssueCode.SIZE_WITH_SET, (*path, "rule", count), key=count)
