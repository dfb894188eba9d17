"""Problems in a sheet that a person handed over: values, each with its place, told all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, UserError, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

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


class NoSuchDepartment(UserError):
    """The checklist has no such department."""
