"""The fields of an action as people type and read them: from cells and the command line to what is stored, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.journal import normal_text
from audit.naming import UnknownName, look_up
from audit.plan import FIELD_NAMES, STATUS_NAMES, Field, Status
from audit.plan_dates import read_due
from checklists.reading import folded, shown
from checklists.text import Text, UserError, joined, same
from checklists.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audit.journal import Data
    from checklists.hints import Named
    from checklists.model import Checklist
    from checklists.text import ReportLang

DATES = frozenset({Field.DUE, Field.VERIFIED_ON})
TEXTS = frozenset({Field.WHAT, Field.MEASURE, Field.TARGET})
"""Fields that are drafted in both languages."""
LONGEST = 10_000
"""Characters of a field: a sheet's cell shows no more on a page, and holds it whole."""


class BadField(UserError):
    """What was typed into a field of an action cannot be used."""


_UNKNOWN_STATUS = Text(
    "没有状态“{typed}”。{hint}可用：{known}", 'There is no status "{typed}". {hint}Use one of: {known}'
)
_NO_WEAK = Text("{typed} 不是本次评估的弱项。{hint}", "{typed} is no weak item of this audit. {hint}")
_TOO_LONG = Text(
    "“{field}”有 {length} 个字符，最多 {most} 个", "{field} has {length} characters, at most {most} are kept"
)
_NEEDED = Text("“{field}”不能为空", "{field} cannot be empty")

_MORE_STATUS: dict[str, Status] = {
    "待办": Status.OPEN,
    "待开始": Status.OPEN,
    "未完成": Status.OPEN,
    "not started": Status.OPEN,
    "todo": Status.OPEN,
    "started": Status.IN_PROGRESS,
    "running": Status.IN_PROGRESS,
    "ongoing": Status.IN_PROGRESS,
    "in work": Status.IN_PROGRESS,
    "执行中": Status.IN_PROGRESS,
    "完成": Status.DONE,
    "已做完": Status.DONE,
    "finished": Status.DONE,
    "completed": Status.DONE,
    "complete": Status.DONE,
    "验证": Status.VERIFIED,
    "已确认": Status.VERIFIED,
    "已关闭": Status.VERIFIED,
    "closed": Status.VERIFIED,
    "confirmed": Status.VERIFIED,
    "取消": Status.CANCELLED,
    "作废": Status.CANCELLED,
    "canceled": Status.CANCELLED,
}
_CONTROL = re.compile(
    r"_x000[dD]_|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_SPLIT = re.compile(r"[\s,;，；、/]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What fields are read against."""

    checklist: Checklist
    weak: Mapping[str, str]
    """Numbers of weak items an action may answer, by the number as it is compared (`folded`)."""
    since: str
    """The audit's date: a date without a year lies after it; ISO 8601."""
    month_first: bool = True
    """Whether 3/4 means the 4th of March for certain."""

    def read(self, name: Field, typed: str) -> str:
        """Return what is stored for what was typed.

        Raises:
            UserError: a `BadField`, `NotADate` or `UnknownName` when it cannot be used.
        """
        text = tidy(typed)
        if name in {Field.WHAT, Field.STATUS} and not text:
            raise BadField(_NEEDED.format(field=FIELD_NAMES[name]))
        if name in DATES:
            return read_due(text, self.since, month_first=self.month_first)
        if name is Field.STATUS:
            return _status(text).value
        if name is Field.ANSWERS:
            return " ".join(self._answers(text))
        known = catalogue(self.checklist, name)
        if known is not None:
            return named(FIELD_NAMES[name], text, known) if text else ""
        if len(text) > LONGEST:
            raise BadField(_TOO_LONG.format(field=FIELD_NAMES[name], length=len(text), most=LONGEST))
        return text

    def _answers(self, text: str) -> list[str]:
        found = []
        for number in _SPLIT.split(text):
            if not number:
                continue
            known = self.weak.get(folded(number))
            if known is None:
                hint = did_you_mean(number, list(self.weak.values()))
                raise BadField(_NO_WEAK.format(typed=shown(number), hint=hint))
            found.append(known)
        return list(dict.fromkeys(found))


def catalogue(checklist: Checklist, name: Field) -> Mapping[str, Named] | None:
    """Return the entries a field chooses from, by id; None for a field of free text."""
    if name is Field.OWNER_ROLE:
        return checklist.roles
    if name is Field.DIRECTION:
        return checklist.directions
    if name is Field.DEPARTMENT:
        return {department.id: department for department in checklist.departments}
    return None


def shown_value(checklist: Checklist, name: Field, data: Data | None, lang: ReportLang) -> str:
    """Return a field as it is printed, typed back and compared; dates stay ISO 8601."""
    value = "" if data is None else str(data["value"])
    if data is not None and name in TEXTS:
        return tidy(Text(value, str(data.get("en", value))).of(lang))
    if name is Field.STATUS:
        return STATUS_NAMES[Status(value or Status.OPEN)].of(lang)
    if name is Field.ANSWERS:
        return ", ".join(value.split())
    known = catalogue(checklist, name)
    if known is not None and value in known:
        entry = known[value].name.of(lang)
        return " ".join((f"{value} {entry}" if name is Field.DIRECTION else entry).split())
    return value if name in DATES or known is not None else tidy(value)


def named(what: Text, typed: str, known: Mapping[str, Named]) -> str:
    """Return the id meant by an id, a name in either language or both, or an id with the name behind it.

    Raises:
        UnknownName: when there is none; the text offers the nearest.
    """
    line = " ".join(typed.split())
    for own_id, entry in known.items():
        both = " ".join(entry.name.of("both").replace("|", " ").split())
        if folded(line.replace(" | ", " ")) in {folded(both), folded(f"{own_id} {both}")}:
            return own_id
    try:
        return look_up(what, line, known)
    except UnknownName:
        first, _, rest = line.partition(" ")
        own_id = next((own for own in known if folded(own) == folded(first)), "")
        if own_id and folded(rest) in {folded(known[own_id].name.zh), folded(known[own_id].name.en)}:
            return own_id
        raise


def tidy(text: str) -> str:
    """Return a text as it is stored and compared: one kind of line end, no blanks at the ends, nothing invisible."""
    lines = normal_text(_CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))).replace("\u00a0", " ")
    return "\n".join(line.strip(" \t\u3000") for line in lines.split("\n")).strip()


def same_person(one: str, other: str) -> bool:
    """Say whether two names are one person's, blanks and capitals aside."""
    return "".join(folded(one).split()) == "".join(folded(other).split()) != ""


def _status(text: str) -> Status:
    spelt = {folded(word): status for status, name in STATUS_NAMES.items() for word in (status, name.zh, name.en)}
    spelt |= {folded(f"{name.zh} {name.en}"): status for status, name in STATUS_NAMES.items()}
    wanted = folded(" ".join(text.replace("_", " ").replace(" | ", " ").split()))
    found = {**_MORE_STATUS, **spelt}.get(wanted) or spelt.get(wanted.replace(" ", "_"))
    if found is None:
        known = joined(list(STATUS_NAMES.values()))
        hint = did_you_mean(text, [name for status in STATUS_NAMES.values() for name in (status.zh, status.en)])
        raise BadField(_UNKNOWN_STATUS.format(typed=shown(text), hint=hint, known=known))
    return found


def numbers_of(numbers: Sequence[str]) -> dict[str, str]:
    """Return weak items' numbers by how they are compared."""
    return {folded(number): number for number in numbers}


def listed(numbers: Sequence[str]) -> Text:
    """Return numbers in one line."""
    return joined([same(number) for number in numbers])
