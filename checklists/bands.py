"""Bands must cover everything once: gaps, overlaps and empty bands in rules and grades, every stretch named."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from checklists.checks import Values, entries, items
from checklists.issues import IssueCode
from checklists.kinds import ABSENT
from checklists.points import plain
from checklists.scales import band_faults
from checklists.text import Text

if TYPE_CHECKING:
    from checklists.sources.folder import Tree
    from checklists.sources.yaml_source import NodePath

_CODES = {"gap": IssueCode.BAND_GAP, "overlap": IssueCode.BAND_OVERLAP, "empty": IssueCode.BAND_EMPTY}


def check_bands(tree: Tree, checklist: Values) -> None:
    """Report every fault in the bands of grades and rules, and faults that give points."""
    _cover(tree, ("grades",), checklist.get("grades"), unit="%")
    for path, item in [*items(checklist), *entries((), checklist, "bonus")]:
        rule = item.get("rule")
        if not isinstance(rule, dict):
            continue
        place = (*path, "rule")
        _cover(tree, (*place, "bands"), rule.get("bands"))
        for key in ("faults", "merits"):
            for fault_path, fault in entries(place, rule, key):
                _cover(tree, (*fault_path, "bands"), fault.get("bands"))
                _takes(tree, fault_path, fault)


def _takes(tree: Tree, path: NodePath, fault: Values) -> None:
    steps = fault.get("steps")
    if isinstance(steps, dict) and "give" in steps:
        tree.report(IssueCode.FAULT_GIVES, (*path, "steps", "give"))
    for band_path, band in entries(path, fault, "bands"):
        if "give" in band:
            tree.report(IssueCode.FAULT_GIVES, (*band_path, "give"))


def _cover(tree: Tree, path: NodePath, bands: Any, unit: str = "") -> None:
    """Report what the bands do not cover exactly once."""
    if not isinstance(bands, list) or not bands:
        return
    raw = _raw(tree, path)
    edges = []
    for band, written in zip(bands, raw, strict=True):
        if band is ABSENT or any(key in written and key not in band for key in ("from", "to")):
            return
        lower = _edge(band.get("from"))
        edges.append((None if unit and not lower else lower, _edge(band.get("to"))))
    for kind, start, end in band_faults(edges):
        tree.report(_CODES[kind], path, stretch=_stretch(start, end, unit))


def _raw(tree: Tree, path: NodePath) -> list[Values]:
    node: Any = tree.data
    for step in path:
        node = node[step]
    return list(node)


def _edge(value: Decimal | Fraction | None) -> Decimal | None:
    """Return a band's end as a number to compare and print; shares as percent."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) * 100 / Decimal(value.denominator)
    return value


def _stretch(start: Decimal | None, end: Decimal | None, unit: str) -> Text:
    lower = "" if start is None else f"{plain(start)} {unit}".strip()
    upper = "" if end is None else f"{plain(end)} {unit}".strip()
    if start is None:
        return Text("小于 {upper} 的部分", "below {upper}").format(upper=upper)
    if end is None:
        return Text("{lower} 及以上的部分", "{lower} and above").format(lower=lower)
    return Text("从 {lower} 到 {upper} 的部分", "{lower} to {upper}").format(lower=lower, upper=upper)
