"""What stands beside the list: the item's own words, its anchors, what was answered and which keys answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from checklists.text import Text, same
from tui.plain import plain
from tui.screens.score_answer_text import is_long
from tui.wrapping import broken_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.journal import Data
    from audit.reaudit import Earlier
    from audit.scorecard import ItemScore
    from audit.state import Answer
    from checklists.model import BonusItem, Checklist, Item
    from checklists.text import Lang
    from tui.desk import Seen

    Paragraph = tuple[str, str, str]
    """Label, text and style of the text; the text hangs beside its label."""

_LOOK = Text("看  ", "Look  ")
_YES_NO, _RECORD = ("n  ", "y  "), ("✗  ", "✓  ")
_CRITICAL = Text("关键项  ", "Critical item  ")
_EARLIER = Text("上次  ", "Last time  ")
_EARLIER_HIDDEN = Text("评分后显示", "shown once this is answered")
_FOUND = Text("上次弱项  ", "Found then  ")
_REASON = Text("原因  ", "Reason  ")
_NOTE = Text("备注  ", "Note  ")
_NOTED = Text("{text}（{person} {time}）", "{text} ({person} {time})")
_FILES = Text("佐证  ", "Evidence  ")
_SET = Text("抽样组  ", "Sample set  ")
_SET_SIZE = Text("{name} · {size} 份", "{name} · {size} records")
_MAY_NOT = Text("可不适用  ", "May not apply  ")
_SCORING = Text("计分  ", "Scoring  ")
_POINTS = Text("{points} 分", "{points} points")
_CONFLICT = Text("有不同的评分并存：按数字选一个", "Different answers stand side by side: a digit keeps one")
_STANDS = Text("{number}  {what}  {person} {time}", "{number}  {what}  {person} {time}")


@dataclass(frozen=True, slots=True)
class View:
    """An item as the auditor looks at it."""

    seen: Seen
    item: Item | BonusItem
    score: ItemScore | None
    """None for bonus items."""
    lang: Lang
    points: bool
    """Whether points are shown."""
    earlier: Earlier | None

    @property
    def checklist(self) -> Checklist:
        """The audit's checklist."""
        return self.seen.checklist

    @property
    def asked(self) -> Item | None:
        """The item unless it is a bonus item."""
        return None if self.score is None else self.score.item

    @property
    def answer(self) -> Answer:
        """What was recorded."""
        return self.seen.state.answer(self.item.id)

    @property
    def blind(self) -> bool:
        """Whether the earlier answer is hidden for now."""
        return self.seen.state.details.get("blind") == "yes" and self.answer.state == "open"


def laid_out(paragraphs: Iterable[Paragraph], width: int) -> Content:
    """Return paragraphs broken for a width, each hanging beside its label."""
    parts: list[tuple[str, str]] = []
    for label, text, style in paragraphs:
        indent = cell_len(label)
        lines = _broken(plain(text).plain, max(8, width - indent))
        # A style is named once more for the space between words; an empty one would be refused.
        parts += [("\n", "bold")] if parts else []
        parts += [(label, "dim")] if label else []
        parts.append((f"\n{' ' * indent}".join(lines), style or "not bold"))
    return Content.assemble(*parts)


def _broken(text: str, width: int) -> list[str]:
    """Return lines of at most so many cells."""
    return "\n".join(broken_at(line, width) for line in text.split("\n")).split("\n")


def main_text(view: View, *, anchors: bool) -> list[Paragraph]:
    """Return what the middle pane says.

    Args:
        view: the item.
        anchors: whether there is no pane of their own for them.
    """
    item, lang = view.item, view.lang
    found: list[Paragraph] = [("", f"{item.id}  {_section(view)}{_worth(view)}", "dim")]
    found.append(("", item.statement.of(lang), "bold"))
    found.append(("", "", ""))
    if view.asked is not None:
        found.append((_LOOK.of(lang), view.asked.evidence.of(lang), ""))
        found += [("", "", ""), *anchor_text(view)] if anchors and view.asked.anchors else []
        found += _particulars(view, view.asked)
    return found + _beside(view)


def anchor_text(view: View) -> list[Paragraph]:
    """Return the anchors with their levels' numbers; that of the answer stands out."""
    item, lang = view.asked, view.lang
    if item is None:
        return []
    if item.rule.kind == "levels":
        labels = [f"{n}  " for n in range(len(item.anchors))]
    else:
        labels = list(_YES_NO if item.rule.kind == "yes_no" else _RECORD)
    chosen = _levels_chosen(view, item)
    worth = _anchor_points(item) if view.points else []
    lines: list[Paragraph] = []
    for n, (label, anchor) in enumerate(zip(labels, item.anchors, strict=False)):
        told = anchor.of(lang) + (f"  [{worth[n]}]" if n < len(worth) else "")
        lines.append((label, told, "bold" if n in chosen else ""))
    return lines


def scoring_text(view: View) -> list[Paragraph]:
    """Return how the answer becomes points, while points are shown."""
    if view.asked is None or not view.points:
        return []
    from reports.booklet.rule_words import scoring_words

    return [("", "", ""), (_SCORING.of(view.lang), scoring_words(view.checklist, view.asked).of(view.lang), "")]


def conflict_text(view: View) -> list[Paragraph]:
    """Return the answers that stand side by side, numbered, with who gave them and when."""
    entries = view.seen.state.conflicts.get(f"item:{view.item.id}", ())
    lines: list[Paragraph] = [("! ", _CONFLICT.of(view.lang), "bold $conflict")] if entries else []
    for number, entry in enumerate(entries, start=1):
        said = _STANDS.format(
            number=number, what=_said(view, entry.data).of(view.lang), person=entry.person, time=clock(entry.time)
        )
        lines.append(("", said.of(view.lang), "$conflict"))
    return lines


def _said(view: View, data: Data) -> Text:
    from audit.answers import STATE_NAMES, reason_text, value_words
    from audit.state import Answer, ItemState

    answer = Answer(ItemState(data["state"]), data.get("value", ""), data.get("reason", ""))
    value = value_words(view.item, answer.value) if answer.value else STATE_NAMES[answer.state]
    return Text("{value} {reason}", "{value} {reason}").format(value=value, reason=reason_text(answer, view.item))


def clock(time: str) -> str:
    """Return a moment of the journal as the clock here shows it, to the minute."""
    from datetime import datetime

    return datetime.fromisoformat(time).astimezone().strftime("%m-%d %H:%M")


def _section(view: View) -> str:
    place = view.checklist.place_of.get(view.item.id)
    return place[1].name.of(view.lang) if place else ""


def _worth(view: View) -> str:
    from checklists.points import printed

    most = printed(view.item.points)
    if view.points and view.score is not None:
        most = f"{printed(view.score.earned)} / {most}"
    return "  " + _POINTS.format(points=most).of(view.lang)


def _particulars(view: View, item: Item) -> list[Paragraph]:
    lang = view.lang
    found: list[Paragraph] = []
    if item.critical is not None:
        from reports.booklet.critical_words import critical_item

        found.append((_CRITICAL.of(lang), (critical_item(item) or same("")).of(lang), "$zero"))
    if item.set is not None:
        drawn = view.checklist.sample_sets[item.set]
        found.append((_SET.of(lang), _SET_SIZE.format(name=drawn.name, size=drawn.size).of(lang), ""))
    if item.not_applicable is not None:
        found.append((_MAY_NOT.of(lang), item.not_applicable.of(lang), ""))
    return [("", "", ""), *found] if found else []


def _beside(view: View) -> list[Paragraph]:
    """Return what was said before and what lies beside the answer: last time, notes, files."""
    lang, state = view.lang, view.seen.state
    found: list[Paragraph] = []
    reason = view.answer.reason
    if is_long(reason):
        found.append((_REASON.of(lang), reason, ""))
    if view.earlier is not None:
        found += _last_time(view, view.earlier)
    for note in state.notes.get(view.item.id, ()):
        said = _NOTED.format(text=note.text, person=note.person, time=clock(note.time))
        found.append((_NOTE.of(lang), said.of(lang), ""))
    files = [
        str(data["name"])
        for data in state.of_kind("evidence:").values()
        if data.get("item") == view.item.id and "removed" not in data
    ]
    if files:
        found.append((_FILES.of(lang), "\n".join(files), ""))
    return [("", "", ""), *found] if found else []


def _last_time(view: View, earlier: Earlier) -> list[Paragraph]:
    lang = view.lang
    if view.blind:
        return [(_EARLIER.of(lang), _EARLIER_HIDDEN.of(lang), "dim")]
    from audit.answers import STATE_NAMES, reason_text, value_words

    then = earlier.answer
    value = value_words(view.item, then.value) if then.value else STATE_NAMES[then.state]
    reason = reason_text(then, view.item).of(lang)
    found = [(_EARLIER.of(lang), f"{value.of(lang)}  {reason}".rstrip(), "$accent")]
    if earlier.finding is not None:
        found.append((_FOUND.of(lang), earlier.finding.of(lang), "$accent"))
    return found


def _levels_chosen(view: View, item: Item) -> set[int]:
    if view.answer.state != "answered" or item.rule.kind not in {"levels", "yes_no"}:
        return set()
    return {{"n": 0, "y": 1}.get(word, -1) if not word.isdigit() else int(word) for word in view.answer.value.split()}


def _anchor_points(item: Item) -> list[str]:
    from checklists.points import printed
    from tui.item_shape import anchor_points

    return [printed(worth) for worth in anchor_points(item)]
