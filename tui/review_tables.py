"""What to look at before signing, for the terminal and for scripts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from audit.clock import shown
from audit.closing import Consent
from audit.matters import CONCERN_NAMES
from checklists.points import percent
from checklists.text import Text, joined, listed, same
from tui.console import Column
from tui.score_tables import result_style, result_words
from tui.words import points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.matters import Matter, Place
    from audit.review import Loss, Review
    from checklists.text import Lang
    from tui.console import Row, Terminal

MOST_LOSSES = 10

STOPS = Text("不能签字", "What stops signing")
READY = Text("没有妨碍签字的内容", "Nothing stops signing")
LOOK_TWICE = Text("请再看一眼", "Look twice")
WEAK = Text("失分最多", "Most points lost")
STRONG = Text("做得好的", "Done well")
DIRECTIONS = Text("辅导方向", "Coaching directions")
_TITLE = Text("{title}（{count}）", "{title} ({count})")
_VERDICT = Text("评估结论：{word}", "Verdict: {word}")
_STRONG = Text("{title}：{names}", "{title}: {names}")
SECTION = Text("{department} {section} {rate}", "{department}, {section} {rate}")
SIGNED = Text("{auditor} 与 {representative} 已签字，{time}", "Signed by {auditor} and {representative}, {time}")
_YES = Text("是", "yes")
_WHY = Text("事项", "matter")
_WHAT = Text("内容", "what")


def show_review(terminal: Terminal, review: Review) -> None:
    """Write a review."""
    _head(terminal, review)
    _matters(terminal, STOPS, review.stoppers)
    _matters(terminal, LOOK_TWICE, review.second_looks)
    if review.losses:
        _losses(terminal, review.losses)
    if review.directions:
        rows: list[Row] = [[d.id, d.name, points(d.points_lost), d.weak] for d in review.directions]
        columns = [
            Column(Text("编号", "id"), whole=True),
            Column(DIRECTIONS),
            Column(Text("失分", "lost"), right=True, whole=True),
            Column(Text("弱项", "weak items"), right=True, whole=True),
        ]
        terminal.table(columns, rows)
    if review.strongest:
        terminal.line(_STRONG.format(title=STRONG, names=joined(strong_names(review), zh=" · ", en=" · ")))


def _head(terminal: Terminal, review: Review) -> None:
    summary = review.summary
    terminal.line(same(summary.ref), style="bold")
    terminal.line(_VERDICT.format(word=result_words(summary)), style=result_style(summary))
    for reason in review.reasons:
        terminal.line(Text("  {text}", "  {text}").format(text=reason.said))
    terminal.line("")
    if summary.signature is not None:
        signed = summary.signature
        people = {"auditor": listed(signed.auditor), "representative": listed(signed.dealer_representative)}
        words = SIGNED.format(**people, time=shown(signed.time))
        if signed.consent is not Consent.AGREED:
            from tui.review_view import signed_words

            words = joined([signed_words(signed), same(shown(signed.time))], zh="，", en=", ")
        terminal.line(words, style="green")
    elif review.ready:
        terminal.line(READY, style="green")
    if summary.signature is not None or review.ready:
        terminal.line("")


def _losses(terminal: Terminal, losses: Sequence[Loss]) -> None:
    most = losses[:MOST_LOSSES]
    rows: list[Row] = [
        [loss.score.item.id, points(loss.score.points_lost), _YES if loss.weak else "", _said(loss)] for loss in most
    ]
    columns = [
        Column(Text("编号", "no."), whole=True),
        Column(Text("失分", "lost"), right=True, whole=True),
        Column(Text("弱项", "weak"), whole=True),
        Column(Text("内容", "what")),
    ]
    terminal.table(columns, rows, _TITLE.format(title=WEAK, count=f"{len(most)} / {len(losses)}"))


def _said(loss: Loss) -> Text:
    return loss.score.weak if loss.weak else loss.score.item.statement


def _matters(terminal: Terminal, title: Text, matters: Sequence[Matter]) -> None:
    if matters:
        rows: list[Row] = [[CONCERN_NAMES[matter.concern], matter.text] for matter in matters]
        terminal.table([Column(_WHY, whole=True), Column(_WHAT)], rows, _TITLE.format(title=title, count=len(matters)))


def strong_names(review: Review) -> list[Text]:
    """Return the sections that were done well, with their rates."""
    names = {s.section.id: d.department.name for d in review.summary.scorecard.departments for s in d.sections}
    return [
        SECTION.format(department=names[s.section.id], section=s.section.name, rate=percent(s.earned, s.possible, 0))
        for s in review.strongest
    ]


def review_shape(review: Review, lang: Lang) -> dict[str, object]:
    """Return `audit review --json`."""
    summary = review.summary
    verdict = summary.scorecard.verdict
    return {
        "ref": summary.ref,
        "ready": review.ready,
        "status": summary.status.value,
        "stoppers": [_matter(matter, lang) for matter in review.stoppers],
        "second_looks": [_matter(matter, lang) for matter in review.second_looks],
        "verdict": None if verdict.result is None else verdict.result.value,
        "reasons": [
            {"code": r.code, "text": r.text.of(lang), "by": r.by, "decides": r.decides} for r in review.reasons
        ],
        "weak_items": [
            {"number": w.number, "points_lost": w.points_lost, "statement": w.statement.of(lang)}
            for w in summary.weak_items
        ],
        "losses": [
            {"item": loss.score.item.id, "points_lost": loss.score.points_lost, "weak": loss.weak}
            for loss in review.losses
        ],
        "strongest": [
            {"section": s.section.id, "name": s.section.name.of(lang), "earned": s.earned, "possible": s.possible}
            for s in review.strongest
        ],
        "directions": [
            {"id": d.id, "name": d.name.of(lang), "points_lost": d.points_lost, "weak_items": d.weak}
            for d in review.directions
        ],
    }


def _matter(matter: Matter, lang: Lang) -> dict[str, object]:
    return {"concern": matter.concern.value, "text": matter.text.of(lang), **_leads_to(matter.place)}


def _leads_to(place: Place) -> dict[str, str]:
    return {name: value for name, value in asdict(place).items() if value}
