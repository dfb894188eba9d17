"""What the first page says in a few lines: the verdict in a sentence, the best sections, the heaviest weak items ..."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.answers import STATE_NAMES
from audit.closing import Decision
from audit.findings import WeakKind
from audit.objecting import DECISION_NAMES
from audit.scorecard import Result
from audit.state import ItemState
from checklists.points import ZERO, percent, printed
from checklists.text import Text, joined
from reports.words import verdict_words

if TYPE_CHECKING:
    from audit.summary import AuditSummary

_SECTIONS, _WEAK_ITEMS = 3, 5
STRONG = Text("最强的项目", "Strongest sections")
WEAK = Text("失分最多的弱项", "Heaviest weak items")
COVERAGE = Text("评估覆盖", "Coverage")
OBJECTIONS = Text("异议", "Objections")
EARLIER = Text("上次评估", "Last audit")
MASKED = Text(
    "总部留存：人员以岗位代替，车牌、VIN 和电话已遮盖，不含照片。",
    "Headquarters copy: roles stand for names, plates, VIN and phones are covered, there are no pictures.",
)
_SENTENCE = Text("{word}：{reasons}。", "{word}: {reasons}.")
_BESIDE = Text("{told}另外（不影响总评）：{reasons}。", "{told} Beside this, without deciding the verdict: {reasons}.")
_MOST_REASONS = 12
_MORE_REASONS = Text("等共 {count} 条", "{count} in all")
_MARKED = frozenset({Result.PASSED, Result.FAILED})
"""Results whose words have a mark in front."""
_AS_SIGNED = Text("签字时：{word} {points}", "As signed: {word} {points}")
_BY_OBJECTIONS = Text("{told}（{points} 分）", "{told} ({points} points)")
_AMENDED = Text("其他修正 {count} 项（{points} 分）", "other answers amended: {count} ({points} points)")
_OBJECTED = Text("共 {count} 条：{states}", "{count}: {states}")
_EARLIER_LINE = Text("{date}，{ref}：{points}", "{date}, {ref}: {points}")
_EARLIER_POINTS = Text("{earned} / {possible} 分（{rate}）", "{earned} of {possible} points ({rate})")
_SECTION = Text(
    "{section}（{department}）：{rate}，{earned} / {possible} 分",
    "{section} ({department}): {rate}, {earned} of {possible} points",
)
_WEAK = Text("{number}  −{points} 分  {statement}", "{number}  −{points}  {statement}")
_CRITICAL = Text("【关键项】", "[critical] ")
_COVERAGE = Text(
    "已评估的分值占 {share}；共 {items} 项：{states}", "{share} of the points assessed; {items} items: {states}"
)
_COUNT = Text("{state} {count}", "{count} {state}")
_COUNTS = {
    ItemState.ANSWERED: "answered",
    ItemState.NO_DATA: "no_data",
    ItemState.NOT_APPLICABLE: "not_applicable",
    ItemState.NO_CASE: "no_case",
    ItemState.NOT_ASSESSED: "not_assessed",
    ItemState.OPEN: "open",
}


def strongest(summary: AuditSummary) -> list[Text]:
    """Return the sections with the highest rates; where rates are equal, those with more points."""
    found = [
        (score.department.name, section)
        for score in summary.scorecard.departments
        for section in score.sections
        if section.possible and section.earned and not section.counts.open
    ]
    found.sort(key=lambda pair: (-pair[1].earned / pair[1].possible, -pair[1].possible))
    return [
        _SECTION.format(
            section=section.section.name,
            department=department,
            rate=percent(section.earned, section.possible),
            earned=printed(section.earned),
            possible=printed(section.possible),
        )
        for department, section in found[:_SECTIONS]
    ]


def heaviest(summary: AuditSummary) -> list[Text]:
    """Return the weak items that cost most; failed critical items among them say so."""
    lost = [weak for weak in summary.weak_items if weak.points_lost][:_WEAK_ITEMS]
    return [
        _WEAK.format(
            number=weak.number,
            points=printed(weak.points_lost),
            statement=joined([*([_CRITICAL] if weak.kind is WeakKind.CRITICAL else []), weak.statement], "", ""),
        )
        for weak in lost
    ]


def coverage_of(summary: AuditSummary) -> list[Text]:
    """Return which share of the points was assessed, and how many items are in which state."""
    total = summary.scorecard.total
    assessed = percent(Decimal(total.assessed.numerator), Decimal(total.assessed.denominator))
    states = [
        _COUNT.format(state=STATE_NAMES[state], count=count)
        for state, name in _COUNTS.items()
        if (count := getattr(total.counts, name))
    ]
    return [_COVERAGE.format(share=assessed, items=total.counts.items, states=joined(states))]


def verdict_sentence(summary: AuditSummary) -> Text:
    """Return the verdict with every reason, in one sentence."""
    word, _ = verdict_words(summary)
    reasons = summary.scorecard.verdict.reasons
    decisive = _in_a_row([reason.text for reason in reasons if reason.decides])
    beside = _in_a_row([reason.text for reason in reasons if not reason.decides])
    named = _unmarked(word) if summary.scorecard.verdict.result in _MARKED else word
    told = _SENTENCE.format(word=named, reasons=decisive) if decisive.en else named
    return _BESIDE.format(told=told, reasons=beside) if beside.en else told


def as_signed(summary: AuditSummary) -> Text | None:
    """Return the verdict and the total that both sides signed; None where they are what they were."""
    signed = summary.on_site
    if signed is None:
        return None
    then, now = verdict_words(replace(summary, scorecard=signed))[0], verdict_words(summary)[0]
    if (then, signed.total.earned) == (now, summary.scorecard.total.earned):
        return None
    word = _unmarked(then) if signed.verdict.result in _MARKED else then
    return _AS_SIGNED.format(word=word, points=printed(signed.total.earned))


def _unmarked(word: Text) -> Text:
    return Text(word.zh.partition(" ")[2] or word.zh, word.en.partition(" ")[2] or word.en)


def _in_a_row(reasons: list[Text]) -> Text:
    more = [_MORE_REASONS.format(count=len(reasons))] if len(reasons) > _MOST_REASONS else []
    ends = [Text(r.zh.rstrip("。"), r.en.rstrip(".")) for r in reasons[:_MOST_REASONS]]
    return joined([*ends, *more], "；", "; ")


def objected(summary: AuditSummary, totals: Text) -> list[Text]:
    """Return what became of objections, what else was amended, with the points of either, and of the total."""
    found = summary.objections
    if not found and summary.on_site is None:
        return []
    granted, others = _gains(summary)
    counts = {decision: sum(1 for objection in found if objection.decision is decision) for decision in Decision}
    states = [_COUNT.format(state=DECISION_NAMES[d], count=n) for d, n in counts.items() if n]
    lines = [_OBJECTED.format(count=len(found), states=joined(states, "；", "; "))] if found else []
    if granted:
        lines = [_BY_OBJECTIONS.format(told=told, points=f"{sum(granted, ZERO):+}") for told in lines]
    if others:
        lines.append(_AMENDED.format(count=len(others), points=f"{sum(others, ZERO):+}"))
    lines = [joined(lines, "；", "; ")] if lines else []
    return [*lines, *([totals] if summary.on_site is not None else [])]


def _gains(summary: AuditSummary) -> tuple[list[Decimal], list[Decimal]]:
    """Return what each answer that was changed gained since it was signed: by objections, and otherwise."""
    granted, others = list[Decimal](), list[Decimal]()
    signed: dict[str, Decimal] = {}
    for amendment in summary.amendments:  # an item's oldest comes first
        signed.setdefault(amendment.item, amendment.points_before or ZERO)
        if amendment.stands:
            gained = (amendment.points_after or ZERO) - signed[amendment.item]
            (granted if amendment.objection else others).append(gained)
    return granted, others


def earlier_line(summary: AuditSummary) -> list[Text]:
    """Return the last audit's total, where there was one."""
    earlier = summary.earlier
    if earlier is None:
        return []
    figures = {"earned": earlier.earned, "possible": earlier.possible}
    points = _EARLIER_POINTS.format(**figures, rate=percent(earlier.earned, earlier.possible))
    return [_EARLIER_LINE.format(date=earlier.date, ref=earlier.ref, points=points)]
