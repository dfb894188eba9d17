"""What `checklist check` found, for the terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, joined

if TYPE_CHECKING:
    from checklists.checking import Checked
    from checklists.text import Lang
    from tui.console import Terminal

_SOUND = Text(
    "{id} {version}：没有问题，{items} 项，{total} 分", "{id} {version}: sound, {items} items, {total} points"
)
_PART = Text(
    "已按 {main} 检查整个评估表，这里只列出本文件的问题；其他文件另有 {count} 处",
    "The whole checklist of {main} was checked; only this file's findings are listed, the other files have {count}",
)
_PART_SOUND = Text("本文件没有问题", "This file is sound")
_ONE_ERROR, _ERRORS = Text("共 1 处问题", "1 problem found"), Text("共 {count} 处问题", "{count} problems found")
_ONE_WARNING, _WARNINGS = Text("1 处提示", "1 warning"), Text("{count} 处提示", "{count} warnings")


def show_check(out: Terminal, checked: Checked) -> None:
    """Write every finding on its line, and how many there are."""
    for issue in checked.findings:
        out.line(issue.sentence)
    checklist = checked.checklist
    if checked.part_of is not None:
        if not checked.findings:
            out.line(_PART_SOUND)
        out.say(_PART.format(main=checked.part_of, count=checked.elsewhere))
    elif checklist is not None:
        out.line(
            _SOUND.format(id=checklist.id, version=checklist.version, items=len(checklist.items), total=checklist.total)
        )
    counts = [
        (one if count == 1 else many).format(count=count)
        for count, one, many in (
            (checked.errors, _ONE_ERROR, _ERRORS),
            (checked.warnings, _ONE_WARNING, _WARNINGS),
        )
        if count
    ]
    if counts:
        out.say(joined(counts, zh="，"))


def check_shape(checked: Checked, lang: Lang, *, ok: bool) -> dict[str, object]:
    """Return `checklist check --json`; `ok` says what the exit code says."""
    found = checked.checklist
    return {
        "ok": ok,
        "checklist": None if found is None else {"id": found.id, "version": found.version, "hash": found.hash},
        "part_of": checked.part_of,
        "errors": checked.errors,
        "warnings": checked.warnings,
        "elsewhere": checked.elsewhere,
        "issues": [
            {
                "code": issue.code.value,
                "severity": issue.severity.value,
                "file": issue.file,
                "line": issue.line,
                "item": issue.item,
                "text": issue.text.of(lang),
            }
            for issue in checked.findings
        ],
    }
