"""The letter as Markdown: plain text a mail program takes, with nothing anybody typed read as a sign of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checklists.text import Text
from reports.visit import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from checklists.text import Lang
    from reports.visit.content import Letter

    Row = Sequence[Text | str]

MARK = "<!-- dealer-audit: visit letter -->"
"""First line of every letter, by which an earlier one is known."""
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
_AT_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def letter_markdown(letter: Letter, lang: Lang) -> str:
    """Return the letter as Markdown."""
    plan = letter.preparation
    lines = [
        MARK,
        "",
        f"# {plain(letter.title.of(lang))}",
        "",
        plain(f"{letter.dealer.of(lang)}  {letter.ref}"),
        "",
    ]
    for paragraph in letter.paragraphs:
        lines += [plain(paragraph.of(lang)), ""]
    lines += _agenda(letter, lang)
    people: list[Row] = [[ready.role, ready.departments, ready.times] for ready in plan.people]
    lines += _part(words.PEOPLE, words.PEOPLE_NOTE, words.PEOPLE_HEADS, people, lang)
    lists: list[Row] = [[one.name, one.period, one.drawn, str(one.size), one.role] for one in plan.lists]
    lines += _part(words.LISTS, words.LISTS_NOTE, words.LIST_HEADS, lists, lang)
    papers: list[Row] = [[role, paper.item, paper.text] for role, of_role in plan.papers for paper in of_role]
    lines += _part(words.PAPERS, words.PAPERS_NOTE, words.PAPER_HEADS, papers, lang)
    kpis: list[Row] = [
        [kpi.id, kpi.name, series.name, series.unit, str(series.months), series.period]
        for kpi in plan.kpis
        for series in kpi.series
    ]
    note = words.KPIS_NOTE.format(points=sum(kpi.points for kpi in plan.kpis), kpis=len(plan.kpis))
    lines += _part(words.KPIS, note, words.KPI_HEADS, kpis, lang)
    attendants: list[Row] = [[one.name, one.role, "", ""] for one in letter.attendants]
    lines += _part(words.ATTENDANCE, words.ATTENDANCE_NOTE, words.ATTENDANCE_HEADS, attendants, lang)
    return "\n".join(lines).rstrip("\n") + "\n"


def plain(text: str) -> str:
    """Return a text of which Markdown reads nothing as its own, on one line."""
    one_line = _CONTROL.sub(" ", text).strip()
    return _AT_START.sub(r"\1\\", _SIGNS.sub(r"\\\1", one_line))


def _agenda(letter: Letter, lang: Lang) -> list[str]:
    heads = [words.HOUR.of(lang), *(name.of(lang) for name in letter.agenda.auditors)]
    lines = []
    for title, day in words.titled_days(letter.agenda.days):
        rows = [
            [plain(hour), *("<br>".join(plain(line.of(lang)) for line in cell) for cell in cells)]
            for hour, cells in day.hours()
        ]
        lines += [f"## {title.of(lang)}", "", *_table([plain(head) for head in heads], rows), ""]
    return lines


def _part(title: Text, note: Text, heads: Sequence[Text], rows: Iterable[Row], lang: Lang) -> list[str]:
    """Return a part with its table; nothing when it has no rows."""
    cells = [[plain(cell.of(lang) if isinstance(cell, Text) else cell) for cell in row] for row in rows]
    if not cells:
        return []
    table = _table([plain(head.of(lang)) for head in heads], cells)
    return [f"## {title.of(lang)}", "", plain(note.of(lang)), "", *table, ""]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [_line(heads), _line(["---"] * len(heads)), *(_line(row) for row in rows)]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
