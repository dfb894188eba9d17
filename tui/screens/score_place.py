"""The Score page as far as it only looks: the list, the item in view, the lines above and below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.containers import Horizontal, Vertical
from textual.reactive import Reactive
from textual.widgets import Static

from checklists.text import Text, same
from tui.plain import plain
from tui.screens import score_text
from tui.screens.page import Page
from tui.screens.score_answer_text import answer_text
from tui.screens.score_groups import BONUS, GROUPING_NAMES, GROUPINGS, groups_of
from tui.screens.score_marks import OPEN, bonus_mark, mark_of
from tui.screens.score_text import View, laid_out
from tui.widgets.ask_box import AskBox
from tui.widgets.key_line import KeyLine
from tui.widgets.line_list import Line, LineList
from tui.widgets.words import TextPane, Words
from tui.wrapping import cut, ends, naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.content import Content
    from textual.widget import Widget

    from audit.reaudit import Earlier
    from audit.scorecard import ItemScore
    from checklists.model import BonusItem, Item
    from tui.screens.score_groups import Group

_HEADS = (
    Text("{dealer}  {date} {kind}  [{grouping}] {group}", "{dealer}  {date} {kind}  [{grouping}] {group}"),
    Text("{dealer}  {date} {kind}  [{grouping}]", "{dealer}  {date} {kind}  [{grouping}]"),
    Text("{dealer}  {date}  [{grouping}]", "{dealer}  {date}  [{grouping}]"),
)
"""The first that has room; the group, which stands above the item as well, is cut to what is left."""
_GROUP = 12
"""Cells below which a group that is cut says nothing."""
_COUNTS = Text("未评 {open}/{all}  *{flags}  !{conflicts}", "open {open}/{all}  *{flags}  !{conflicts}")
_SAVED = Text("{time} 已保存", "{time} saved")
_SIGNED = Text("已签字封存，不能修改", "Signed: cannot be changed")
_HIDDEN, _HIDDEN_KEY = Text("总分 ····", "Total ····"), Text("总分 ····（p 显示）", "Total ···· (p shows it)")
_TOTAL = Text(
    "已得 {worst}  最多 {best}  及格 {needed}  失分 {lost}", "now {worst}  best {best}  pass {needed}  lost {lost}"
)
_NO_PASS = Text("已得 {worst}  最多 {best}  失分 {lost}", "now {worst}  best {best}  lost {lost}")


class ItemPage(Page):
    """Shows an audit item by item; `place` is the one in view."""

    ABOUT: ClassVar[Text]
    FITTED = ("#item", "#answer", "#anchors")
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as the application's
        (0, "-slim"),
        (64, "-narrow"),
        (120, "-wide"),
        (160, "-huge"),
    ]
    """Three panes only where the one in the middle stays wide enough to read; below 64 cells the list shows ids."""
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Textual's own would paint the whole screen whenever a question opens or closes."""

    def __init__(self) -> None:
        super().__init__()
        self.grouping = GROUPINGS[0]
        self.groups: tuple[Group, ...] = ()
        self.place = ""
        self.points = False
        """Whether points are shown."""
        self.said: Text | None = None
        """What was said in the line of state and not yet answered by another key."""
        self.collected: dict[str, str] = {}
        """Levels pressed so far, by item, where several observations are asked for."""
        self.earlier: Mapping[str, Earlier] = {}
        self._ref = ""
        self._scores: dict[str, ItemScore] = {}
        self._scored: object = None
        self._group_of: dict[str, int] = {}
        self._shown: dict[str, Content] = {}
        self._shown_place = ""

    def body(self) -> Iterable[Widget]:
        """The list; the item with its answer and what is asked; the anchors where there is room."""
        with Horizontal():
            yield LineList(id="items")
            with Vertical(id="middle"):
                yield TextPane(id="item")
                yield Words(id="answer")
                yield AskBox(id="ask")
            yield TextPane(id="anchors")

    def keys(self) -> Widget:
        """Return a line that costs nothing when the focus moves."""
        return KeyLine()

    # -- where one is ------------------------------------------------------------------------------------------------

    @property
    def is_ready(self) -> bool:
        """Whether the item in view belongs to the audit that is open."""
        seen = self.desk_app.desk.seen
        return self.is_mounted and bool(self.place) and seen is not None and self._ref == seen.ref

    @property
    def saved(self) -> str:
        """When something was last saved in the audit, as the clock showed."""
        return self.desk_app.desk.saved

    @property
    def order(self) -> list[str]:
        """Ids of all items asked, in the order in which one walks."""
        return [item.id for group in self.groups for item in group.items]

    @property
    def item(self) -> Item | BonusItem:
        """The item in view."""
        group = self.groups[self._group_of[self.place]]
        return next(item for item in group.items if item.id == self.place)

    @property
    def view(self) -> View:
        """The item in view, with all that is shown of it."""
        earlier = self.earlier.get(self.place)
        return View(self.seen, self.item, self.scores.get(self.place), self.lang, self.points, earlier)

    @property
    def scores(self) -> Mapping[str, ItemScore]:
        """Every item's score as last seen; bonus items have none."""
        scorecard = self.seen.scorecard
        if self._scored is not scorecard:
            self._scored = scorecard
            self._scores = {score.item.id: score for score in scorecard.items}
        return self._scores

    def is_open(self, item_id: str) -> bool:
        """Say whether an item still needs an answer; bonus items never do."""
        score = self.scores.get(item_id)
        return score is not None and score.answer.state == "open"

    def group(self, grouping: str, place: str | None = None) -> None:
        """Group the items anew and stand on one of them."""
        self.grouping = grouping
        self.groups = groups_of(self.seen.checklist, self.seen.state.departments, grouping)
        self._group_of = {item.id: n for n, group in enumerate(self.groups) for item in group.items}
        wanted = place or self.place
        self.place = wanted if wanted in self._group_of else next(iter(self._group_of), "")

    def after(self, item_id: str, by: int = 1) -> str | None:
        """Return the item so many rows further; None beyond the ends."""
        order = self.order
        at = order.index(item_id) + by
        return order[at] if 0 <= at < len(order) else None

    def open_after(self, item_id: str, by: int = 1) -> str | None:
        """Return the next open item, beginning again at the top; None where none is open."""
        order = self.order[::by]
        at = order.index(item_id)
        return next((each for each in (*order[at + 1 :], *order[:at]) if self.is_open(each)), None)

    def beside(self, by: int) -> str | None:
        """Return the first open item of the group so many further, or its first; None beyond the ends."""
        at = self._group_of[self.place] + by
        if not 0 <= at < len(self.groups):
            return None
        items = self.groups[at].items
        return next((item.id for item in items if self.is_open(item.id)), items[0].id)

    # -- painting ----------------------------------------------------------------------------------------------------

    def repaint(self) -> None:
        """Show the audit as it is; what has not changed is not painted again."""
        if not self.is_ready:
            return
        self.query_one("#items", LineList).show(self._lines(), self.place)
        self._paint_item()
        self._paint_edges()
        self.paint_touch()
        # Last, as it wakes the screen: what asks for a layout or a painting after that, gets one of its own.
        self.set_focus(self.query_one("#ask", AskBox).line or self.query_one("#items"), scroll_visible=False)

    def _lines(self) -> list[Line]:
        here = self._group_of[self.place]
        lines = []
        for n, group in enumerate(self.groups):
            lines.append(self._heading(group, n))
            if n == here:
                lines += [self._line(item) for item in group.items]
        return lines

    def _heading(self, group: Group, number: int) -> Line:
        scores = self.scores
        tail = ""
        if group.id != BONUS:
            done = sum(scores[item.id].answer.state != "open" for item in group.items)
            tail = f"{done}/{len(group.items)}"
        return Line(f"{number}", f" {group.name.of(self.lang)}", tail=tail, heading=True)

    def _line(self, item: Item | BonusItem) -> Line:
        state = self.seen.state
        score = self.scores.get(item.id)
        if score is not None:
            sign, style = mark_of(score, state)
        else:
            bonus = next((b for b in self.seen.checklist.bonus if b.id == item.id), None)
            sign, style = OPEN if bonus is None else bonus_mark(bonus, state.answer(item.id), state)
        return Line(item.id, item.statement.of(self.lang), sign, style, item.id in state.flags, item.id)

    def _paint_item(self) -> None:
        view, wide = self.view, self.has_class("-wide") or self.has_class("-huge")
        fresh = self._shown_place != self.place
        self._shown_place = self.place
        beside = [*score_text.conflict_text(view), *score_text.main_text(view, anchors=not wide)]
        if not wide:
            beside += score_text.scoring_text(view)
        self.query_one("#item", TextPane).show(laid_out(beside, self._width("#item")))
        asked = self.query_one("#ask", AskBox).ask
        answer = answer_text(view, self.collected.get(self.place, ""), asked.purpose if asked else "")
        self._put("#answer", laid_out(answer, self._width("#answer")))
        if wide:
            anchors = [*score_text.anchor_text(view), *score_text.scoring_text(view)]
            self.query_one("#anchors", TextPane).show(laid_out(anchors, self._width("#anchors")))
        if fresh:
            for pane in ("#item", "#anchors"):
                self.query_one(pane, TextPane).scroll_home(animate=False, immediate=True)

    def _paint_edges(self) -> None:
        from audit.details import KIND_NAMES
        from audit.state import AuditKind

        state, counts = self.seen.state, self.seen.scorecard.total.counts
        named = state.details["dealership"]
        dealer = Text(named["zh"], named["en"])
        facts = {
            "dealer": dealer,
            "date": state.details["date"],
            "kind": KIND_NAMES[AuditKind(state.details["kind"])],
            "grouping": GROUPING_NAMES[self.grouping],
            "group": self.groups[self._group_of[self.place]].name,
        }
        tail = _COUNTS.format(
            all=counts.items,
            open=counts.open,
            flags=len(state.flags),
            conflicts=len(state.conflicts),
        )
        name, room = dealer.of(self.lang), self.size.width - 4 - cell_len(tail.of(self.lang))
        heads = [head.format(**facts) for head in _HEADS]
        fitting = (head for head in heads if cell_len(naming(head.of(self.lang), name, room)) <= room)
        head = next(fitting, heads[-1])
        group, left = facts["group"].of(self.lang), room - cell_len(naming(head.of(self.lang), name, 0)) - 1
        if head is not heads[0] and left >= min(_GROUP, cell_len(group)):
            head = same(f"{head.of(self.lang)} {cut(group, left)}")
        self._put("#context", self._edge(head, tail, name))
        self._paint_state()

    def tell(self, text: Text, *, error: bool = False) -> None:
        """Say a sentence in the line of state, where it hides nothing; one too long for it, in passing."""
        if cell_len(text.of(self.lang)) > self.size.width - 2:
            super().tell(text, error=error)
            return
        self.said = text
        self._paint_state(error=error)

    def key_pressed(self) -> None:
        """Take back what was said of the key before."""
        if self.said is not None and self.is_ready:
            self.said = None
            self._paint_state()

    def _paint_state(self, *, error: bool = False) -> None:
        told = _SAVED.format(time=self.saved) if self.saved else Text("", "")
        if self.said is not None:
            told = self.said
        elif self.seen.state.signature is not None:
            told = _SIGNED
        total = self._total()
        room = self.size.width - 4 - cell_len(total.of(self.lang))
        if self.said is not None and cell_len(told.of(self.lang)) > room:
            total = Text("", "")
        self.query_one("#state").set_class(error, "wrong")
        self._put("#state", self._edge(told, total))

    def _total(self) -> Text:
        if not self.points:
            return _HIDDEN if self.app.is_web else _HIDDEN_KEY
        from checklists.points import printed

        total = self.seen.scorecard.total
        words = _NO_PASS if total.pass_points is None else _TOTAL
        return words.format(
            worst=printed(total.worst),
            best=printed(total.best),
            needed=printed(total.pass_points or total.worst),
            lost=printed(total.possible - total.best),
        )

    def _edge(self, left: Text, right: Text, name: str = "") -> Content:
        """Return one line with something at both ends; what stands at the right is never cut, a name first."""
        width = max(0, self.size.width - 2)
        return plain(ends(plain(left.of(self.lang)).plain, right.of(self.lang), width, name))

    def _width(self, pane: str) -> int:
        return max(10, self.query_one(pane).scrollable_content_region.width)

    def _put(self, widget: str, content: Content) -> None:
        """Update a text if it changed; its place is laid out anew only where its height has."""
        before = self._shown.get(widget)
        if before is None or not content.is_same(before):
            self._shown[widget] = content
            as_high = before is not None and before.plain.count("\n") == content.plain.count("\n")
            self.query_one(widget, Static).update(content, layout=not as_high)
