"""The drop-downs and colours of the improvement plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from audit.plan import FIELD_NAMES, STATUS_NAMES, Field, Status
from audit.plan_fields import DATES, shown_value
from checklists.text import Text
from reports.safe_text import safe

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.page import Page

Columns = Mapping[Field | None, int]
"""Where each field stands; None: the points, which are computed."""
_LISTS = Text("选项", "Choices")
_OVERDUE, _SOON = Text("逾期", "overdue"), Text("即将到期", "due soon")
_AFTER_AUDIT = Text("请输入评估之后的日期。", "Type a date after the audit.")


class _Choices:
    """The hidden sheet that drop-downs take their words from; their own list holds 255 characters at most."""

    def __init__(self, workbook: Workbook, lang: ReportLang) -> None:
        self.lang = lang
        self.name = _LISTS.of("en" if lang == "en" else "zh")
        self.sheet = workbook.add_worksheet(self.name)
        self.sheet.hide()
        self.columns = 0

    def of(self, words: list[str]) -> str:
        """Write a list and return where it stands."""
        column = self.columns
        self.columns += 1
        for row, word in enumerate(words):
            self.sheet.write_string(row, column, safe(word, self.lang))
        letter = chr(ord("A") + column)
        return f"='{self.name}'!${letter}$1:${letter}${max(1, len(words))}"


def offer(page: Page, summary: AuditSummary, columns: Columns, rows: tuple[int, int]) -> None:
    """Give cells their drop-downs: closed where the words are fixed, open where a new name may be typed."""
    checklist, lang = summary.checklist, page.lang
    choices = _Choices(page.workbook, lang)
    closed: dict[Field, list[str]] = {
        Field.STATUS: [shown_value(checklist, Field.STATUS, {"value": status.value}, lang) for status in Status],
        Field.OWNER_ROLE: [shown_value(checklist, Field.OWNER_ROLE, {"value": role}, lang) for role in checklist.roles],
        Field.DIRECTION: [shown_value(checklist, Field.DIRECTION, {"value": d}, lang) for d in checklist.directions],
        Field.DEPARTMENT: [
            shown_value(checklist, Field.DEPARTMENT, {"value": d.id}, lang) for d in checklist.departments
        ],
    }
    named = [action.owner for action in summary.plan.actions] + [*summary.participants]
    verifiers = [action.verifier for action in summary.plan.actions] + [*summary.auditors]
    open_lists = {Field.OWNER: named, Field.VERIFIER: verifiers}
    for name, words in (*closed.items(), *open_lists.items()):
        kept = list(dict.fromkeys(word for word in words if word))
        if kept:
            rule = {"validate": "list", "source": choices.of(kept), "show_error": name in closed}
            page.sheet.data_validation(rows[0], columns[name], rows[1], columns[name], rule)
    for name in sorted(DATES):
        rule = {
            "validate": "date",
            "criteria": ">=",
            "value": date.fromisoformat(summary.date),
            "error_type": "warning",
            "error_title": FIELD_NAMES[name].of("en" if lang == "en" else "zh"),
            "error_message": page.words(_AFTER_AUDIT),
        }
        page.sheet.data_validation(rows[0], columns[name], rows[1], columns[name], rule)


def colour(page: Page, columns: Columns, rows: tuple[int, int]) -> None:
    """Mark what is overdue, nearly due and verified, in colour and in words, following the cells and today's date."""
    due, status = (chr(ord("A") + columns[name]) for name in (Field.DUE, Field.STATUS))
    first = rows[0] + 1
    words = {s: " ".join(name.of(page.lang).split()) for s, name in STATUS_NAMES.items()}
    waiting = f'OR(${status}{first}="{words[Status.OPEN]}",${status}{first}="{words[Status.IN_PROGRESS]}")'
    dated = f"ISNUMBER(${due}{first}),{waiting}"
    rules = (
        (f"=AND({dated},${due}{first}<TODAY())", "failed", _OVERDUE),
        (f"=AND({dated},${due}{first}<=TODAY()+7)", "notice", _SOON),
        (f'=${status}{first}="{words[Status.VERIFIED]}"', "passed", None),
    )
    for formula, trait, word in rules:
        rule = {"type": "formula", "criteria": formula, "stop_if_true": True}
        if word is not None:
            # Said by the cell's format: what stands in the cell, and is read back, stays the status.
            between = ", " if page.lang == "en" else " "
            said = page.styles.shade(trait, f'@"{between}{" ".join(word.of(page.lang).split())}"')
            at = columns[Field.STATUS]
            page.sheet.conditional_format(rows[0], at, rows[1], at, {**rule, "format": said})
        shade = page.styles.shade(trait)
        page.sheet.conditional_format(rows[0], 0, rows[1], columns[Field.DUE], {**rule, "format": shade})
