"""The details of an audit: when, of what kind, who, which departments; checked before they are written."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from audit.clock import today
from audit.state import NO, YES, AuditKind
from checklists.hints import named
from checklists.reading import half_width
from checklists.text import Text, UserError
from checklists.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checklists.model import Checklist

KIND_NAMES: dict[AuditKind, Text] = {
    AuditKind.ON_SITE: Text("现场评估", "on-site audit"),
    AuditKind.RE_AUDIT: Text("复评", "re-audit"),
    AuditKind.FOLLOW_UP: Text("跟进验收", "follow-up visit"),
    AuditKind.SELF: Text("自评", "self-assessment"),
}

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_OUTSIDE = Text("部门“{id}”不在本次评估范围内", "The department {id} lies outside this audit")

_AHEAD = Text(
    "评估日期 {date} 还没有到（今天是 {today}）：到那一天才能签字；日期填错时用 audit describe REF --date 更正",
    "The audit is dated {date}, which is still to come (today is {today}): it can be signed from that day on; a wrong "
    "date is put right with audit describe REF --date",
)
_TOO_EARLY = Text("日期不能早于 {ref} 的日期 {date}", "The date must not lie before that of {ref}, which is {date}")


class BadDetail(UserError):
    """A detail of an audit cannot be used."""


def check_details(checklist: Checklist, details: Mapping[str, object]) -> dict[str, object]:
    """Return all details in the form in which they are stored, defaults filled in.

    `assignments`, `blind`, `objection_days` and `asked` (what a follow-up visit asks) are only there where
    they are given.

    Raises:
        BadDetail: for a date that is none, an unknown kind, department or profile, or blind neither yes nor no.
    """
    departments = [department_named(checklist, name) for name in _texts(details, "departments")]
    everything = {d.id for d in checklist.departments}
    given: dict[str, object] = {"blind": _switch(str(details["blind"]))} if details.get("blind") is not None else {}
    if details.get("objection_days") is not None:
        given["objection_days"] = _days(str(details["objection_days"]))
    if details.get("asked") is not None:
        given["asked"] = details["asked"]
    return {
        "date": read_date(str(details.get("date") or today())),
        "kind": _kind(str(details.get("kind") or AuditKind.ON_SITE)),
        "departments": [] if set(departments) == everything else list(dict.fromkeys(departments)),
        "auditors": _texts(details, "auditors"),
        "participants": _texts(details, "participants"),
        "contact": str(details.get("contact") or "").strip(),
        "profile": _profile(checklist, str(details.get("profile") or "")),
        **_assignments(checklist, details, departments),
        **given,
    }


def _texts(details: Mapping[str, object], name: str) -> list[str]:
    values = details.get(name) or ()
    if not isinstance(values, list | tuple):
        msg = f"{name} must be a list"
        raise TypeError(msg)
    return [str(value).strip() for value in values if str(value).strip()]


def _assignments(checklist: Checklist, details: Mapping[str, object], scope: list[str]) -> dict[str, object]:
    """Read who takes which department: a person's name by department; a department without a name is left out."""
    given = details.get("assignments")
    if given is None:
        return {}
    if not isinstance(given, dict):
        msg = "assignments must be a dict"
        raise TypeError(msg)
    named = {str(department): str(name).strip() for department, name in given.items()}
    taken = {department_named(checklist, department): name for department, name in named.items() if name}
    for department in taken:
        if scope and department not in scope:
            raise BadDetail(_OUTSIDE.format(id=department))
    return {"assignments": {d.id: taken[d.id] for d in checklist.departments if d.id in taken}}


def read_date(typed: str) -> str:
    """Return a date as it is stored; people also write 2026/5/12, 2026.5.12 and 2026年5月12日.

    Raises:
        BadDetail: when it is none.
    """
    parts = _DATE.fullmatch(half_width(typed))
    try:
        if parts is not None:
            return date(*(int(part) for part in parts.groups())).isoformat()
        return date.fromisoformat(half_width(typed)).isoformat()
    except ValueError as error:
        raise BadDetail(
            Text("“{typed}”不是日期，请输入如 2026-05-12", '"{typed}" is no date; type it as 2026-05-12').format(
                typed=typed
            )
        ) from error


def lies_ahead(details: Mapping[str, Any]) -> Text | None:
    """Say that an audit's date is still to come, so that it cannot be signed yet; None where it can."""
    day = str(details["date"])
    return _AHEAD.format(date=day, today=today()) if day > today() else None


def refuse_before(date: object, earlier_date: object, earlier_ref: str) -> None:
    """Refuse the date of an audit that follows another one and would lie before it.

    Args:
        date: its date as it was given; empty for today.
        earlier_date: the date of the audit that it follows.
        earlier_ref: the reference of that audit.

    Raises:
        BadDetail: when it lies before it, or is no date.
    """
    if read_date(str(date or today())) < str(earlier_date):
        raise BadDetail(_TOO_EARLY.format(ref=earlier_ref, date=earlier_date))


def _kind(typed: str) -> str:
    for kind, name in KIND_NAMES.items():
        if typed.strip().lower() in {kind.value, name.zh, name.en}:
            return kind.value
    raise BadDetail(
        Text(
            "没有“{typed}”这种评估。{hint}可用：on-site 现场评估、re-audit 复评、follow-up 跟进验收、self 自评",
            'There is no kind of audit "{typed}". {hint}Use on-site, re-audit, follow-up or self',
        ).format(typed=typed, hint=did_you_mean(typed, [k.value for k in AuditKind]))
    )


def is_follow_up_kind(typed: str | None) -> bool:
    """Say whether somebody asks for a follow-up visit."""
    return bool(typed) and _kind(str(typed)) == AuditKind.FOLLOW_UP


def department_named(checklist: Checklist, typed: str) -> str:
    """Return the id of the department with that id or name.

    Raises:
        BadDetail: when there is none.
    """
    for department in checklist.departments:
        if typed.strip().casefold() in {
            department.id.casefold(),
            department.name.zh.casefold(),
            department.name.en.casefold(),
        }:
            return department.id
    known = {d.id: d for d in checklist.departments}
    raise BadDetail(
        Text(
            "评估表中没有部门“{typed}”。{hint}可用：{known}",
            'The checklist has no department "{typed}". {hint}It has: {known}',
        ).format(typed=typed, hint=did_you_mean(typed, known), known=named(known))
    )


def _switch(typed: str) -> str:
    """Read yes or no; blind means that a screen hides an earlier answer until the item is answered."""
    if typed.strip().casefold() in {YES, NO}:
        return typed.strip().casefold()
    raise BadDetail(Text("“{typed}”既不是 yes 也不是 no", '"{typed}" is neither yes nor no').format(typed=typed))


def _days(typed: str) -> str:
    """Read the working days within which objections are raised."""
    found = half_width(typed)
    if found.isdecimal() and int(found) <= MOST_DAYS:
        return str(int(found))
    raise BadDetail(
        Text(
            "异议期“{typed}”不成立：请填写 0 到 {most} 个工作日",
            '"{typed}" is no period for objections: give 0 to {most} working days',
        ).format(typed=typed, most=MOST_DAYS)
    )


MOST_DAYS = 60
"""The longest period for objections, in working days."""


def _profile(checklist: Checklist, typed: str) -> str:
    if not typed or typed in checklist.profiles:
        return typed
    raise BadDetail(
        Text(
            "评估表中没有权重方案“{typed}”。可用：{known}", 'The checklist has no profile "{typed}". It has: {known}'
        ).format(typed=typed, known=", ".join(checklist.profiles) or "–")
    )
