"""The page to sign."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.clock import shown
from checklists.points import percent, printed
from checklists.text import Text
from reports.evaluation_line import result_word
from reports.facts import facts_of
from reports.highlights import (
    COVERAGE,
    EARLIER,
    MASKED,
    OBJECTIONS,
    STRONG,
    WEAK,
    as_signed,
    coverage_of,
    earlier_line,
    heaviest,
    objected,
    strongest,
    verdict_sentence,
)
from reports.pdf.blocks import NOTHING, Column, cell, difference, points, row, table
from reports.remarks import notes_of
from reports.sheets import signatures
from reports.sheets.objections import totals_line
from reports.words import FAILED, MARKS, PASSED, verdict_words

if TYPE_CHECKING:
    from fractions import Fraction

    from audit.scorecard import Level
    from audit.summary import AuditSummary
    from reports.pdf.blocks import Block, Cell, Words

_REPORT = Text("评估报告", "Audit report")
_FIGURES = Text("{earned} / {possible} 分，及格 {needed}", "{earned} of {possible} points, {needed} to pass")
_PLAIN = Text("{earned} / {possible} 分", "{earned} of {possible} points")
_TOTAL, _NOTES = Text("合计", "Total"), Text("说明", "Notes")
_COLUMNS = (
    Column(Text("部门", "Department"), 2.3),
    Column(Text("满分", "Maximum"), 1, "r"),
    Column(Text("得分", "Earned"), 1, "r"),
    Column(Text("及格分", "Pass points"), 1, "r"),
    Column(Text("得分率", "Rate"), 1, "r"),
    Column(Text("结论", "Result"), 1.8, "c"),
    Column(Text("距及格分", "Above / below"), 1.1, "r"),
    Column(Text("上次得分率", "Last audit"), 1.1, "r"),
)


def first_page(summary: AuditSummary, words: Words) -> Block:
    """Return the page: who and when, the verdict, departments against their pass points, highlights, signatures."""
    verdict, shade = verdict_words(summary)
    signed = as_signed(summary)
    return {
        "kind": "cover",
        "title": words(summary.checklist.title),
        "subtitle": words.line(_REPORT),
        "logo": None,
        "facts": [
            [words(part) for fact in pair if fact is not None for part in (fact.label, fact.text)]
            for pair in facts_of(summary)
        ],
        "masked": words(MASKED) if summary.masked else "",
        "verdict": {
            "word": words(verdict),
            "shade": shade,
            "figures": words.line(_figures(summary)),
            "signed": words(signed) if signed else "",
            "sentence": words(verdict_sentence(summary)),
        },
        "table": _departments(summary, words),
        "lists": _lists(summary, words),
        "sign": _signatures(summary, words),
    }


def _figures(summary: AuditSummary) -> Text:
    total = summary.scorecard.total
    figures = {"earned": printed(total.earned), "possible": printed(total.possible)}
    if total.pass_points is None:
        return _PLAIN.format(**figures)
    return _FIGURES.format(**figures, needed=printed(total.pass_points))


def _departments(summary: AuditSummary, words: Words) -> Block:
    rows = []
    for score in summary.scorecard.departments:
        then = summary.earlier.departments.get(score.department.id) if summary.earlier else None
        cells = _level(score, score.department.name, score.department.pass_rate, then, words)
        rows.append(row(cells))
    total = summary.scorecard.total
    earlier = (summary.earlier.earned, summary.earlier.possible) if summary.earlier else None
    bonus = total.bonus if summary.checklist.bonus_counts else Decimal(0)
    rows.append(row(_level(total, _TOTAL, summary.checklist.pass_rate, earlier, words, bonus), "total"))
    return table(words, _COLUMNS, rows)


def _level(
    score: Level,
    name: Text,
    rate: Fraction,
    then: tuple[Decimal, Decimal] | None,
    words: Words,
    bonus: Decimal = Decimal(0),
) -> list[Cell]:
    there = bool(score.possible)
    mark = None if score.passed is None else rate
    gap = NOTHING if score.pass_points is None else difference(score.earned + bonus - score.pass_points)
    return [
        words(name),
        points(score.possible, there=there),
        points(score.earned, there=there),
        points(score.pass_points),
        percent(score.earned, score.possible, 1, mark if score.passed is False else None),
        result_cell(score, words, on_one_line=True),
        gap,
        percent(*then) if then and then[1] else NOTHING,
    ]


def result_cell(score: Level, words: Words, *, on_one_line: bool = False) -> Cell:
    """Return a level's result with its mark, so that black and white print tells it."""
    word = result_word(score)
    if word is None:
        return NOTHING
    return marked(word, words, on_one_line=on_one_line)


def marked(word: Text, words: Words, *, on_one_line: bool = False) -> Cell:
    """Return the word for a result behind its mark."""
    shade = {PASSED: "passed", FAILED: "failed"}.get(word, "")
    return cell(f"{MARKS[word]} {words.line(word) if on_one_line else words.stacked(word)}", shade)


def _lists(summary: AuditSummary, words: Words) -> list[Block]:
    lists = (
        (STRONG, strongest(summary)),
        (WEAK, heaviest(summary)),
        (COVERAGE, coverage_of(summary)),
        (OBJECTIONS, objected(summary, totals_line(summary))),
        (EARLIER, earlier_line(summary)),
        (_NOTES, notes_of(summary, weighted=bool(summary.weights))),
    )
    return [{"label": words(label), "lines": [words(line) for line in lines]} for label, lines in lists if lines]


def _signatures(summary: AuditSummary, words: Words) -> Block:
    signed = summary.signature
    chosen = signed.consent if signed else None
    options = [{"chosen": consent is chosen, "text": words.line(name)} for consent, name in signatures.CONSENTS.items()]
    sides = (signatures.auditor_side(signed), signatures.dealer_side(signed))
    date = signatures.SIGNED.format(time=shown(signed.time)) if signed else signatures.DATE
    reserved = signatures.reserved(signed) if signed and signed.reservations else None
    return {
        "label": words(signatures.CONSENT),
        "options": options,
        "reserved": words(reserved) if reserved else "",
        "parties": [f"{words.line(role)}  {words.line(name)}".strip() for role, name in sides],
        "chop": words.line(signatures.CHOP),
        "dates": [words.line(date)] * 2,
        "code": words(signatures.check_code(summary)),
    }
