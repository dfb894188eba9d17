"""Problems in a sheet that a person handed over: values, each with its place, told all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, UserError, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

_APART = Text(
    "已记录，但 {what} 与别人同时写的互相冲突，暂不生效：用 audit show {ref} 查看，"
    "用 audit settle {ref} {subject} --keep 记录 保留其中一条",
    "Recorded, but {what} is in conflict with what somebody else wrote at the same time, and does not count yet: look "
    "with audit show {ref}, keep one with audit settle {ref} {subject} --keep ENTRY",
)
_HEAD = Text("“{file}”有 {count} 处问题，没有做任何改动：", '"{file}" has {problems}, nothing was changed:')


class BadRows(UserError):
    """A sheet has problems; nothing of it was used."""

    def __init__(self, file: str, problems: Sequence[Text]) -> None:
        count = len(problems)
        head = _HEAD.format(file=file, count=count, problems="1 problem" if count == 1 else f"{count} problems")
        lines = [Text("  {line}", "  {line}").format(line=problem) for problem in problems]
        super().__init__(joined([head, *lines], zh="\n", en="\n"))


def in_place(place: Text, problem: Text) -> Text:
    """Return a problem with its place in front."""
    return Text("{place}：{problem}", "{place}: {problem}").format(place=place, problem=problem)


class WrongUsage(UserError):
    """Options that do not go together, or one that is missing."""


class WrittenApart(UserError):
    """What was written stands beside what somebody else wrote at the same time."""

    @classmethod
    def of(cls, what: Text, ref: str, subject: str) -> WrittenApart:
        """Say what is in conflict and how it is settled."""
        return cls(_APART.format(what=what, ref=ref, subject=subject))


class NoSuchDepartment(UserError):
    """The checklist has no such department."""
