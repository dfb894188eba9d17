"""The signatures: who signs for both sides, and the seal."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from checklists.text import Text, joined, same
from tui.keys import key
from tui.screens.page import Dialog
from tui.screens.score_text import laid_out
from tui.widgets.choice import Choice
from tui.widgets.form import Form, Row
from tui.widgets.line import Line, arrived_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from audit.review import Review

_TITLE = Text("签字封存 {ref}", "Sign and seal {ref}")
_WARN = Text("签字前请再看一眼（{count}）：", "Look at these before you sign ({count}):")
_CLEAR = Text("没有需要再看的内容", "Nothing to look at twice")
_AUDITOR = Text("评估员", "Auditor")
_REPRESENTATIVE = Text("经销商代表", "For the dealership")
_PRESENT = Text("参加人员：{names}", "present: {names}")
_MISSING = Text("请填写姓名", "A name is needed")
_FINALLY = Text("签字", "Signing")
_FINAL = Text("签字后评分不能再修改", "after this no answer can be changed")
_NOT_YET, _NOW = Text("再看看", "not yet"), Text("确认签字", "sign now")
_SEALED = Text("已签字封存 {ref}", "{ref} is signed and sealed")
_KEEP = Text(
    "请把封存码抄写或打印在双方签字的纸质记录上，由双方各自保存。日后可用它证明没有任何记录被改动或删除：",
    "Copy or print this seal onto the paper both sides sign; each side keeps one. It proves later that nothing was "
    "changed or taken away:",
)
_COMMAND = same("dealer-audit audit verify {ref} --seal …")
_IN_REPORT = Text(
    "报告首页也印有它；以后在审核页按 s 可再看。",
    "The report shows it on its first page; s on the review shows it again.",
)


class Names(NamedTuple):
    """Who signs."""

    auditor: str
    representative: str
    sign: bool = False
    """Whether they sign now."""


class SignDialog(Dialog[Names]):
    """Warns of what to look at twice and asks for both names, which it gives back whatever is decided."""

    CSS_PATH = "signing.tcss"
    AUTO_FOCUS = "#auditor"
    ABOUT = Text(
        "双方姓名填好后，选“确认签字”再按回车。签字后评分不能再修改。",
        'Fill in both names, choose "sign now" and press Enter. After that no answer can be changed.',
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "take", "下一栏 / 签字", "Next / sign", show=True, priority=True),
        key("pagedown", "read(1)", "向下看", "Read on"),
        key("pageup", "read(-1)", "向上看", "Read back"),
        key("escape", "leave", "取消", "Cancel", show=True),
    ]

    def __init__(self, review: Review, names: Names | None = None) -> None:
        """Make it; `names` were filled in before."""
        super().__init__()
        self._review = review
        self._names = names or Names("、".join(review.summary.auditors), "")

    def body(self) -> Iterable[Widget]:
        """The warnings, then the names, then the decision."""
        yield Static(id="warn", classes="label")
        with VerticalScroll(id="looks", can_focus=False):
            yield Static(id="look-text")
        with Form():
            yield Row("auditor", Line(self._names.auditor))
            yield Row("representative", Line(self._names.representative))
            yield Row("decision", Choice())

    def relabel(self) -> None:
        """Say what is asked."""
        summary, looks = self._review.summary, self._review.second_looks
        self.put("#title", _TITLE.format(ref=summary.ref))
        self.put("#warn", _WARN.format(count=len(looks)) if looks else _CLEAR)
        self.query_one("#looks").display = bool(looks)
        self.call_after_refresh(self._fold)
        present = _PRESENT.format(names=joined([same(name) for name in summary.participants]))
        self._row("auditor").label(_AUDITOR.of(self.lang))
        self._row("representative").label(
            _REPRESENTATIVE.of(self.lang), present.of(self.lang) if summary.participants else ""
        )
        self._row("decision").label(_FINALLY.of(self.lang), _FINAL.of(self.lang))
        options = [("", _NOT_YET.of(self.lang)), ("yes", _NOW.of(self.lang))]
        self.query_one("#decision", Choice).offer(options)

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self.call_after_refresh(self._fold)

    def _fold(self) -> None:
        lines = [("? ", matter.text.of(self.lang), "") for matter in self._review.second_looks]
        width = max(20, self.query_one("#looks").scrollable_content_region.width)
        self.query_one("#look-text", Static).update(laid_out(lines, width))

    async def action_take(self) -> None:
        """Go to the next field; on the decision, sign."""
        choice = self.query_one("#decision", Choice)
        if self.focused is not choice:
            self.focus_next()
            return
        await arrived_at(*self.query(Line))
        if choice.value != "yes":
            self.action_leave()
        elif self._filled("auditor") and self._filled("representative"):
            self.dismiss(self._typed()._replace(sign=True))

    def _typed(self) -> Names:
        auditor, representative = (
            self.query_one(f"#{field}", Input).value.strip() for field in ("auditor", "representative")
        )
        return Names(auditor, representative)

    def _filled(self, field: str) -> str:
        """Return a name; a missing one is asked for."""
        name = self.query_one(f"#{field}", Input).value.strip()
        self._row(field).blame("" if name else _MISSING.of(self.lang))
        if not name:
            self.query_one(f"#{field}").focus()
        return name

    def _row(self, name: str) -> Row:
        return self.query_one(f"#{name}-row", Row)

    def action_read(self, by: int) -> None:
        """Scroll the warnings."""
        pane = self.query_one("#looks")
        pane.scroll_relative(y=by * max(1, pane.size.height - 1), animate=False)

    def action_leave(self) -> None:
        """Give back the names as they are; nobody signs."""
        self.dismiss(self._typed())


class SealShown(Dialog[str]):
    """Shows the seal and says where to keep it."""

    CSS_PATH = "signing.tcss"
    AUTO_FOCUS = "#seal-scroll"
    ABOUT = Text(
        "封存码涵盖签字前的每一条记录。c 复制到剪贴板。",
        "The seal covers every entry before the signatures. c copies it to the clipboard.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("c,ctrl+c", "copy", "复制", "Copy", show=True),
        key("enter,escape,q", "leave", "关闭", "Close", show=True),
    ]

    def __init__(self, ref: str, seal: str) -> None:
        super().__init__()
        self._ref, self._seal = ref, seal

    def body(self) -> Iterable[Widget]:
        """What it is for, and the seal."""
        with VerticalScroll(id="seal-scroll"):
            yield Static(id="keep")
            yield Static(id="seal")
            yield Static(id="verify", classes="muted")

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#title", _SEALED.format(ref=self._ref))
        self.put("#keep", _KEEP)
        self.put("#seal", self._seal)
        self.put("#verify", joined([_COMMAND.format(ref=self._ref), _IN_REPORT], zh="\n", en="\n"))

    def action_copy(self) -> None:
        """Put the seal into the clipboard."""
        self.app.copy_to_clipboard(self._seal)
        self.tell(Text("已复制封存码（终端支持时）", "The seal was copied, where the terminal allows it"))

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(self._seal)
