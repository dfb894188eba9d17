"""Problems in what an author wrote: values collected beside the result, never exceptions.

Each names its file, its line and the item it concerns; `IssueCode` is the catalogue of their kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklists.issue_codes import IssueCode, Severity
from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LIST", "MAPPING", "SINGLE", "Issue", "IssueCode", "Severity", "load_error_text", "sorted_issues"]

MAPPING = Text("“名称: 值”的形式", 'a mapping of "key: value" lines')
LIST = Text("列表，每项以“- ”开头", 'a list whose entries begin with "- "')
SINGLE = Text("单个值", "a single value")
_WARNING = Text("提示：{text}", "warning: {text}")


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem in a checklist, with its place and its remedy."""

    code: IssueCode
    text: Text
    file: str
    """Name of the file, within the checklist's folder."""
    line: int
    """Line in the file, from 1; 0 where the file as a whole is meant."""
    item: str | None = None
    """Id of the item (or section, or department) concerned."""

    @property
    def severity(self) -> Severity:
        """Whether it keeps the checklist from being used."""
        return self.code.severity

    @property
    def sentence(self) -> Text:
        """The problem with its place in front, as one line; a warning says that it is one."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        text = _WARNING.format(text=self.text) if self.severity is Severity.WARNING else self.text
        return Text("{place}{item}：{text}", "{place}{item}: {text}").format(
            place=place, item=f" {self.item}" if self.item else "", text=text
        )


def sorted_issues(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return the issues by file and line, each once."""
    return tuple(sorted(dict.fromkeys(issues), key=lambda issue: (issue.file, issue.line)))


def load_error_text(issues: Iterable[Issue]) -> Text:
    """Return what to tell a person whose checklist cannot be loaded: how many problems, and each on its line."""
    found = list(issues)
    problems = same("1 problem") if len(found) == 1 else same(f"{len(found)} problems")
    head = Text("评估表有 {count} 处问题，无法使用：", "The checklist cannot be used, it has {problems}:").format(
        count=len(found), problems=problems
    )
    return joined([head, *(issue.sentence for issue in found)], zh="\n", en="\n")
