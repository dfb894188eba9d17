"""The copy that leaves the dealership: personal numbers covered, roles in the place of names, no pictures.

One walk through everything a summary holds, so that whatever is added to it is masked, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from enum import Enum, StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar

from audit.evidence import Evidence
from checklists.reading import folded
from checklists.text import Text, same
from reports.personal import covered

if TYPE_CHECKING:
    from audit.records import Grid
    from audit.summary import AuditSummary
    from checklists.text import ReportLang


Thing = TypeVar("Thing")


class Copy(StrEnum):
    """For whom a report is."""

    DEALER = "dealer"
    """The dealership's own: everything."""
    HEADQUARTERS = "headquarters"
    """Masked."""


_NAMES = frozenset(
    {"person", "by", "decided_by", "settled_by", "owner", "verifier", "witness", "auditor", "author"}
    | {"dealer_representative"}
)
"""Fields that hold somebody's name and nothing else."""
_LEFT = frozenset(
    {"ref", "dealer_code", "id", "item", "file", "hash", "seal", "digest", "entry", "date", "time", "due", "added"}
    | {"taken", "taken_from", "decided_at", "slot", "number", "kpi", "code", "guide", "role", "media", "verified_on"}
    | {"settled_at", "objection", "direction", "city", "checklist", "weights", "thumbnails"}
)
"""Fields that hold no words of anybody's, or words that stay."""
_AUDITOR = Text("评估员{n}", "auditor {n}")
_PARTICIPANT = Text("参与者{n}", "participant {n}")
_DEALER = Text("经销商代表", "the dealership's representative")
_CONTACT = Text("联系人", "contact")
_SOMEBODY = Text("其他人员", "somebody else")
_FILE = Text("{item} 佐证{n}{suffix}", "{item} evidence {n}{suffix}")
_ROLE = re.compile(r"^(?P<name>[^（(]+?)\s*[（(](?P<role>[^（）()]+)[）)]\s*$")
_BRACKETS = re.compile(r"[（()）]")
_LATIN = re.compile(r"[A-Za-z]")
_SHORTEST_NAME = 2
_SHORTEST_FILE = 6
"""Letters from which a file's name without an ending is looked for in texts; a shorter one is some word or number."""


def masked(summary: AuditSummary, lang: ReportLang) -> AuditSummary:
    """Return the summary without personal data: plates, VIN, phones covered, names as roles, no pictures.

    Args:
        summary: the audit.
        lang: language in which roles are named.
    """
    pieces = [*summary.evidence, *(piece for objection in summary.objections for piece in objection.files)]
    mask = _Mask(_roles(summary), lang, pieces)
    return replace(
        mask.inside(summary),
        masked=True,
        auditors=tuple(mask.person(name) for name in summary.auditors),
        participants=tuple(mask.person(name) for name in summary.participants),
        contact=mask.person(summary.contact) if summary.contact else "",
        thumbnails={},
        records=tuple(_masked_grid(mask, grid) for grid in summary.records),
    )


class _Mask:
    """Covers text with what is known of the audit's people and files."""

    def __init__(self, roles: Mapping[str, Text], lang: ReportLang, pieces: Sequence[Evidence]) -> None:
        self._roles = {name: role.of(lang) for name, role in roles.items()}
        self.lang: ReportLang = lang
        self._files = _file_names(pieces, lang)
        self._instead = {_run_together(name): role for name, role in self._roles.items()}
        self._instead |= {_run_together(p.name): self._files[p.slot] for p in reversed(pieces)}
        files = {piece.name for piece in pieces if "." in piece.name or len(piece.name) >= _SHORTEST_FILE}
        known = sorted({*self._roles, *files}, key=len, reverse=True)
        self._named = re.compile(
            "|".join(_as_typed(name) for name in known if len(name) >= _SHORTEST_NAME) or r"(?!)", re.IGNORECASE
        )

    def person(self, name: str) -> str:
        """Return the role of somebody; who is not known is somebody else."""
        if not name.strip():
            return name
        return self._roles.get(name.strip()) or _SOMEBODY.of(self.lang)

    def words(self, text: str) -> str:
        """Return free text with numbers covered and known names as roles."""
        return covered(self._named.sub(lambda match: self._instead[_run_together(match.group())], text))

    def value(self, value: Any, name: str = "") -> Any:
        """Return anything a summary holds, masked."""
        if name in _LEFT or isinstance(value, Enum):
            return value
        if isinstance(value, str):
            return self.person(value) if name in _NAMES else self.words(value)
        if isinstance(value, tuple):
            return tuple(self.value(part, name) for part in value)
        if isinstance(value, Mapping):
            return {key: self.value(part, name) for key, part in value.items()}
        return self.inside(value) if is_dataclass(value) and not isinstance(value, type) else value

    def inside(self, whole: Thing) -> Thing:
        """Return a dataclass (a `Text`, too) with its fields masked; the same object where nothing had to be."""
        changed: dict[str, Any] = {"name": self._files[whole.slot]} if isinstance(whole, Evidence) else {}
        for field in fields(whole):  # type: ignore[arg-type]
            if field.init and field.name not in changed:
                before = getattr(whole, field.name)
                after = self.value(before, field.name)
                if after is not before and after != before:
                    changed[field.name] = after
        return replace(whole, **changed) if changed else whole  # type: ignore[type-var]


def _as_typed(name: str) -> str:
    """Return a pattern of a name, in whatever letters and with whatever blanks somebody typed it."""
    loose = r"\s*".join(re.escape(part) for part in name.split())
    return rf"\b{loose}\b" if _LATIN.search(name) else loose


def _run_together(name: str) -> str:
    return "".join(name.split()).casefold()


def _roles(summary: AuditSummary) -> dict[str, Text]:
    """Return what everybody is called whose name is known: also who objected, decided or owns an action, by no role."""
    roles: dict[str, Text] = {name.strip(): _SOMEBODY for name in _names(summary)}
    for interview in summary.interviews:
        roles[interview.person.strip()] = interview.role_name
    if summary.contact:
        roles[summary.contact.strip()] = _CONTACT
    if summary.signature is not None:
        roles[summary.signature.dealer_representative.strip()] = _DEALER
        roles[summary.signature.auditor.strip()] = _AUDITOR.format(n=1)
    for number, participant in enumerate(summary.participants, start=1):
        parts = _ROLE.match(participant)
        role = _known_role(summary, parts["role"]) if parts else _PARTICIPANT.format(n=number)
        roles[participant.strip()] = role
        if parts:
            roles[parts["name"].strip()] = role
    for number, auditor in enumerate(summary.auditors, start=1):
        roles[auditor.strip()] = _AUDITOR.format(n=number)
    return {name: role for name, role in roles.items() if name}


def _known_role(summary: AuditSummary, typed: str) -> Text:
    """Return a role as the checklist names it, with or without what it has in brackets; else as it was typed."""
    wanted = folded(typed)
    for role in summary.checklist.roles.values():
        names = {folded(name) for name in (role.name.zh, role.name.en)}
        if wanted in names | {part.strip() for name in names for part in _BRACKETS.split(name)}:
            return role.name
    return same(typed)


def _names(value: Any, name: str = "") -> Iterator[str]:
    """Yield the names that stand in fields of their own, wherever in a summary."""
    if name in _LEFT or isinstance(value, Enum):
        return
    if isinstance(value, str):
        if name in _NAMES:
            yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _names(part, name)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _names(part, name)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _names(getattr(value, field.name), field.name)


def _file_names(pieces: Sequence[Evidence], lang: ReportLang) -> dict[str, str]:
    """Return the names, by slot, that files are shown under: one that somebody gave may be a plate or say who it is."""
    shown, counts = dict[str, str](), dict[str, int]()
    for piece in pieces:
        counts[piece.item] = counts.get(piece.item, 0) + 1
        words = _FILE.format(item=piece.item, n=counts[piece.item], suffix=PurePath(piece.name).suffix[:6])
        shown[piece.slot] = words.of(lang)
    return shown


def _masked_grid(mask: _Mask, grid: Grid) -> Grid:
    """Return a drawn set whose records stay apart although their numbers are covered."""
    names: dict[str, str] = {}
    for record in grid.draw.records:
        name = mask.words(record)
        taken = sum(1 for other in names.values() if other == name or other.startswith(f"{name} ("))
        names[record] = f"{name} ({taken + 1})" if taken else name
    told = mask.inside(replace(grid, marks={}, missing={}, conflicts=frozenset(), draw=replace(grid.draw, records=())))
    return replace(
        told,
        draw=replace(told.draw, records=tuple(names.values()), source=mask.words(grid.draw.source)),
        marks={
            (names.get(record, mask.words(record)), item): mask.inside(mark)
            for (record, item), mark in grid.marks.items()
        },
        missing={names.get(record, mask.words(record)): mask.words(why) for record, why in grid.missing.items()},
        conflicts=frozenset((names.get(record, mask.words(record)), item) for record, item in grid.conflicts),
    )
