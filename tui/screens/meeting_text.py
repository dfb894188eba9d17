"""What the meeting sees of one weak item: the statement large, the answer with its points, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from checklists.text import Text, joined, same
from tui.screens.score_text import clock

if TYPE_CHECKING:
    from audit.evidence import Evidence
    from audit.findings import WeakItem
    from audit.records import Grid
    from audit.review import Review
    from audit.scorecard import ItemScore
    from checklists.model import Item
    from checklists.text import Lang
    from tui.screens.score_text import Paragraph

_HEAD = Text("{number}  {department} · {section}", "{number}  {department} · {section}")
_POINTS = Text("{earned} / {possible} 分，失 {lost} 分", "{earned} of {possible} points, {lost} lost")
_FULL = Text("{possible} 分，没有失分", "{possible} points, none lost")
_OPEN_YET = Text("{possible} 分，未评", "{possible} points, open")
_LEFT = Text("不计分", "carries no points")
_CRITICAL = Text("关键项不合格", "critical item failed")
_ANSWER, _FOUND, _REASON = Text("评分  ", "Answer  "), Text("弱项  ", "Finding  "), Text("原因  ", "Reason  ")
_NO_REASON = Text("没有写原因", "no reason is written")
_RECORDS = Text("抽样  ", "Records  ")
_SET = Text("{name}，{good}/{count} 符合", "{name}, {good} of {count} conform")
_READ = Text("{name}，已看 {done}/{count}", "{name}, {done} of {count} read")
_RECORD = Text("第 {place} 份  {record}  {mark}  {remark}", "no. {place}  {record}  {mark}  {remark}")
_NOTE, _NOTED = Text("备注  ", "Note  "), Text("{text}（{person} {time}）", "{text} ({person} {time})")
_FILE = Text("佐证  ", "Evidence  ")
_PICTURE = Text("{n}  {name}  {size}  {taken}", "{n}  {name}  {size}  {taken}")
_NOT_HERE = Text("终端里不能显示图片：按 o 用系统查看器打开", "A terminal shows no pictures: o opens them outside")
_TALK, _TALKED = Text("访谈  ", "Interview  "), Text("{person}：{note}", "{person}: {note}")
_DIRECTION = Text("辅导  ", "Coaching  ")
_ATTAINABLE = Text("{name}（可达到 {points} 分）", "{name} (can reach {points} points)")
_NO_POINTS = Text("不占检查项的分", "carries no item's points")


def meeting_text(review: Review, weak: WeakItem | None, score: ItemScore | None, lang: Lang) -> list[Paragraph]:
    """Return the paragraphs; of a weak item that stands for no item, those without points and records."""
    if score is None:
        return [] if weak is None else _without_item(review, weak, lang)
    item = score.item
    department, section = review.summary.checklist.place_of[item.id]
    head = _HEAD.format(number=item.id, department=department.name, section=section.name)
    found: list[Paragraph] = [("", head.of(lang), "dim"), ("", "", "")]
    found += [("", item.statement.of(lang), "bold"), ("", "", "")]
    found += [("", _points(score).of(lang), "bold $zero" if score.points_lost else "bold $full")]
    if score.critical_failed:
        found.append(("! ", _CRITICAL.of(lang), "bold $zero"))
    found += _answer(score, lang)
    if weak is not None and score.points_lost and score.answer.state != "open":
        found.append((_FOUND.of(lang), score.weak.of(lang), ""))
    found += _records(review, item, lang)
    found += [
        (_NOTE.of(lang), _NOTED.format(text=n.text, person=n.person, time=clock(n.time)).of(lang), "")
        for n in review.summary.notes.get(item.id, ())
    ]
    found += _files(review, item.id, lang)
    found += _talks(review, weak, lang)
    return [*found, *_direction(review, item.direction, weak, lang)]


def files_of(review: Review, item_id: str) -> list[Evidence]:
    """Return an item's files."""
    return [piece for piece in review.summary.evidence if piece.item == item_id]


def _without_item(review: Review, weak: WeakItem, lang: Lang) -> list[Paragraph]:
    head = _HEAD.format(number=weak.number, department=weak.department.name, section=_NO_POINTS)
    found: list[Paragraph] = [("", head.of(lang), "dim"), ("", "", "")]
    found += [("", weak.statement.of(lang), "bold"), ("", "", "")]
    if weak.reason.zh:
        found.append((_REASON.of(lang), weak.reason.of(lang), ""))
    return [*found, *_talks(review, weak, lang), *_direction(review, weak.direction, weak, lang)]


def _points(score: ItemScore) -> Text:
    from checklists.points import printed

    if not score.possible:
        return _LEFT
    if not score.points_lost:
        return _FULL.format(possible=printed(score.possible))
    if score.answer.state == "open":
        return _OPEN_YET.format(possible=printed(score.possible))
    return _POINTS.format(
        earned=printed(score.earned), possible=printed(score.possible), lost=printed(score.points_lost)
    )


def _answer(score: ItemScore, lang: Lang) -> list[Paragraph]:
    from audit.answers import STATE_NAMES, reason_text
    from reports.words import answer_text

    value = answer_text(score)
    shown = value if value.zh else STATE_NAMES[score.answer.state]
    found: list[Paragraph] = [(_ANSWER.of(lang), shown.of(lang), "bold")]
    anchors = score.item.anchors
    if score.item.rule.kind == "levels" and score.answer.value.isdigit() and int(score.answer.value) < len(anchors):
        found.append((" " * cell_len(_ANSWER.of(lang)), anchors[int(score.answer.value)].of(lang), "dim"))
    reason = reason_text(score.answer, score.item).of(lang)
    if reason:
        found.append((_REASON.of(lang), reason, ""))
    elif score.points_lost and score.answer.entry and score.item.rule.kind != "deduct":
        found.append((_REASON.of(lang), _NO_REASON.of(lang), "$part"))
    return found


def _records(review: Review, item: Item, lang: Lang) -> list[Paragraph]:
    """Return the drawn records: how many conform, then each that does not, by its number."""
    from audit.usual_reasons import in_both

    grid = next((g for g in review.summary.records if g.id == item.set and item in g.items), None)
    if grid is None:
        return []
    marks = [(n, record, grid.mark(record, item)) for n, record in enumerate(grid.draw.records, start=1)]
    counted = [(record, mark) for _, record, mark in marks if mark is not None and mark.value != "na"]
    good = sum(not grid.fails(item, mark) for _, mark in counted)
    words = _SET if item.rule.kind != "levels" else _READ
    head = words.format(name=grid.sample.name, good=good, count=len(counted), done=len(counted))
    failing = [
        _RECORD.format(
            place=n, record=record, mark=_mark(grid, record, mark.value), remark=in_both(mark.remark, item.causes)
        )
        for n, record, mark in marks
        if mark is not None and grid.fails(item, mark)
    ]
    lines = "\n".join(line.of(lang).rstrip() for line in [head, *failing])
    return [(_RECORDS.of(lang), lines, "")]


def _mark(grid: Grid, record: str, value: str) -> Text:
    from audit.records import NOT_PRODUCED

    if record in grid.missing:
        return NOT_PRODUCED
    return same("✗" if value == "no" else value)


def _files(review: Review, item_id: str, lang: Lang) -> list[Paragraph]:
    from tui.evidence_tables import size_shown

    pieces = files_of(review, item_id)
    lines = [
        _PICTURE.format(n=n, name=piece.name, size=size_shown(piece.size), taken=piece.taken_shown).of(lang)
        for n, piece in enumerate(pieces, start=1)
    ]
    if not lines:
        return []
    return [(_FILE.of(lang), "\n".join(lines), ""), (" " * cell_len(_FILE.of(lang)), _NOT_HERE.of(lang), "dim")]


def _talks(review: Review, weak: WeakItem | None, lang: Lang) -> list[Paragraph]:
    """Return what was said in the interviews the finding follows from."""
    asked = set(weak.questions) if weak is not None else set()
    return [
        (_TALK.of(lang), _TALKED.format(person=talk.person or talk.role_name, note=talk.note).of(lang), "")
        for talk in review.summary.interviews
        if talk.guide and talk.guide in asked
    ]


def _direction(review: Review, direction: str, weak: WeakItem | None, lang: Lang) -> list[Paragraph]:
    from checklists.points import printed

    known = review.summary.checklist.directions.get(direction)
    name = same(direction) if known is None else joined([same(direction), known.name], zh=" ", en=" ")
    if weak is not None and weak.attainable is not None:
        name = _ATTAINABLE.format(name=name, points=printed(weak.attainable))
    return [("", "", ""), (_DIRECTION.of(lang), name.of(lang), "")]
