"""The signatures: who signs for both sides, and the seal."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.containers import VerticalScroll
from textual.widgets import Input, Static, TextArea

from checklists.text import Text, joined, same
from tui.keys import key
from tui.new_audit import names
from tui.screens.asked import fill
from tui.screens.asking import Pick
from tui.screens.page import Dialog
from tui.screens.score_text import laid_out
from tui.widgets.choice import Choice
from tui.widgets.form import Form, Row
from tui.widgets.line import Line, arrived_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

_TITLE = Text("签字封存 {ref}", "Sign and seal {ref}")
_WARN = Text("签字前请再看一眼（{count}）：", "Look at these before you sign ({count}):")
_CLEAR = Text("没有需要再看的内容", "Nothing to look at twice")
_AUDITOR = Text("评估员", "Auditor")
_REPRESENTATIVE = Text("经销商代表", "For the dealership")
_PRESENT = Text("参加人员：{names}", "present: {names}")
_MISSING = Text("请填写姓名", "A name is needed")
_FINALLY = Text("签字", "Signing")
_FINAL = Text(
    "签字后改评分只能作为修正，并写明原因", "after this an answer only changes as an amendment, with its reason"
)
_BY = Text("{auditor}、{representative} {final}", "{auditor} and {representative}: {final}")
_BY_ONE = Text("{auditor} {final}", "{auditor} signs: {final}")
_NOT_SIGNED = Text("没有签字；填写的姓名保留", "Nobody has signed; the names are kept")
_STRANGER = Text(
    "“{name}”不在评估员名单（{auditors}）中，仍由其签字？", '"{name}" is not one of the auditors ({auditors}). Sign so?'
)
_NOT_SO, _SO = Text("再看看", "not yet"), Text("签字", "sign")
_DECISIONS = (
    ("", Text("再看看", "not yet")),
    ("agreed", Text("同意，签字", "agreed, sign now")),
    ("reservations", Text("保留意见签字", "with reservations")),
    ("refused", Text("拒绝签字", "refused")),
)
_WITNESS, _RESERVED = Text("见证人", "Witness"), Text("保留意见", "Reservations")
_WHY, _WHY_HINT = Text("拒签理由", "Reason for refusing"), Text("可以不填", "may stay empty")
_NO_WORDS = Text("请写明保留哪些意见", "Say what the reservations are")
_SEALED = Text("已签字封存 {ref}", "{ref} is signed and sealed")
_KEEP = Text(
    "请把封存码抄写或打印在纸质报告上，由双方各自保存。日后可用它证明没有任何记录被改动或删除：",
    "Copy or print this seal onto the paper report; each side keeps one. It proves later that nothing was changed or "
    "taken away:",
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
    consent: str = "agreed"
    """How the dealership signs; see `audit.closing.Consent`."""
    witness: str = ""
    """Who saw that it refused."""
    reservations: str = ""
    """What it has reservations about, or why it refuses."""


class SignDialog(Dialog[Names]):
    """Warns of what to look at twice and asks for both names, which it gives back whatever is decided."""

    CSS_PATH = "signing.tcss"
    AUTO_FOCUS = "#auditor"
    ABOUT = Text(
        "双方姓名填好后，选“同意，签字”再按回车；也可以保留意见签字（写明意见）或拒绝签字（写明见证人）。签字后改评分只能作为修正。",
        'Fill in both names, choose "agreed, sign now" and press Enter; or sign with reservations, in words, or record '
        "that the dealership refuses, with a witness. After that an answer only changes as an amendment.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "take", "下一栏 / 签字", "Next / sign", show=True, priority=True),
        key("pagedown", "read(1)", "向下看", "Read on"),
        key("pageup", "read(-1)", "向上看", "Read back"),
        key("escape", "leave", "取消", "Cancel", show=True),
    ]

    def __init__(
        self,
        ref: str,
        auditors: Sequence[str],
        participants: Sequence[str],
        looks: Sequence[Text],
        filled: Names | None = None,
    ) -> None:
        """Make it.

        Args:
            ref: the audit.
            auditors: who may sign for the auditors.
            participants: who else was there.
            looks: what to look at twice.
            filled: what was filled in before.
        """
        super().__init__()
        self._ref, self._present, self._looks = ref, list(participants), list(looks)
        self._auditors = list(auditors)
        self._names = filled

    def on_mount(self) -> None:
        """Begin at the dealership's name, as the auditors' stands there already."""
        if self._names is None:
            fill(self.query_one("#auditor"), joined([same(name) for name in self._auditors]).of(self.lang))
        self.set_focus(self.query_one("#representative" if self._typed().auditor else "#auditor"))

    def body(self) -> Iterable[Widget]:
        """The warnings, then the names, then the decision."""
        filled = self._names or Names("", "")
        yield Static(id="warn", classes="label")
        with VerticalScroll(id="looks", can_focus=False):
            yield Static(id="look-text")
        with Form():
            yield Row("auditor", Line(filled.auditor))
            yield Row("representative", Line(filled.representative))
            yield Row("decision", Choice())
            yield Row("witness", Line(filled.witness))
            yield Row("reservations", TextArea(filled.reservations, compact=True))

    def relabel(self) -> None:
        """Say what is asked."""
        looks = self._looks
        self.put("#title", _TITLE.format(ref=self._ref))
        self.put("#warn", _WARN.format(count=len(looks)) if looks else _CLEAR)
        self.query_one("#looks").display = bool(looks)
        self.call_after_refresh(self._fold)
        present = _PRESENT.format(names=joined([same(name) for name in self._present]))
        self._row("auditor").label(_AUDITOR.of(self.lang))
        self._row("representative").label(_REPRESENTATIVE.of(self.lang), present.of(self.lang) if self._present else "")
        self.query_one("#decision", Choice).offer([(value, text.of(self.lang)) for value, text in _DECISIONS])
        self._row("witness").label(_WITNESS.of(self.lang))
        self._decided()

    @on(Input.Changed)
    @on(Choice.Changed, "#decision")
    def _decided(self) -> None:
        """Ask what the way of signing needs, and name who signs."""
        typed, named = self._typed(), _FINAL
        if typed.auditor:
            named = _BY if typed.representative and typed.consent != "refused" else _BY_ONE
        told = named.format(auditor=typed.auditor, representative=typed.representative, final=_FINAL)
        self._row("decision").label(_FINALLY.of(self.lang), told.of(self.lang))
        refused, reserved = (self._decision == value for value in ("refused", "reservations"))
        self._row("witness").display = refused
        self._row("reservations").display = refused or reserved
        label, hint = (_WHY, _WHY_HINT.of(self.lang)) if refused else (_RESERVED, "")
        self._row("reservations").label(label.of(self.lang), hint)

    @property
    def _decision(self) -> str:
        return self.query_one("#decision", Choice).value

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self.call_after_refresh(self._fold)

    def _fold(self) -> None:
        lines = [("? ", text.of(self.lang), "") for text in self._looks]
        width = max(20, self.query_one("#looks").scrollable_content_region.width)
        self.query_one("#look-text", Static).update(laid_out(lines, width))

    async def action_take(self) -> None:
        """Go to the next field; on the last one, sign."""
        last = {"refused": "reservations", "reservations": "reservations"}.get(self._decision, "decision")
        if self.focused is None or self.focused.id != last:
            self.focus_next()
            return
        await arrived_at(*self.query(Line), *self.query(TextArea))
        if not self._decision:
            self.tell(_NOT_SIGNED)
            self.action_leave()
            return
        missing = [field for field, text in reversed(self._needed().items()) if not self._filled(field, text)]
        if not missing:
            self._sign()

    def _sign(self) -> None:
        """Sign; where a name is none of the auditors', ask first."""
        typed = self._typed()
        strangers = [name for name in names(typed.auditor) if name not in self._auditors] if self._auditors else []
        if not strangers:
            self.dismiss(typed._replace(sign=True))
            return

        def answered(sure: str | None) -> None:
            if sure:
                self.dismiss(typed._replace(sign=True))

        known, asked = (joined([same(name) for name in each]) for each in (self._auditors, strangers))
        title = _STRANGER.format(name=asked, auditors=known)
        self.app.push_screen(Pick(title, [("", _NOT_SO), ("yes", _SO)]), answered)

    def _needed(self) -> dict[str, Text]:
        """Return the fields that must be filled in, and what is said where they are not."""
        if self._decision == "refused":
            return {"auditor": _MISSING, "witness": _MISSING}
        needed = {"auditor": _MISSING, "representative": _MISSING}
        return {**needed, "reservations": _NO_WORDS} if self._decision == "reservations" else needed

    def _typed(self) -> Names:
        auditor, representative, witness = (
            self.query_one(f"#{field}", Input).value.strip() for field in ("auditor", "representative", "witness")
        )
        words = self.query_one("#reservations", TextArea).text.strip()
        return Names(auditor, representative, consent=self._decision or "agreed", witness=witness, reservations=words)

    def _filled(self, field: str, text: Text) -> bool:
        """Say whether a field is filled in; a missing one is asked for."""
        widget = self.query_one(f"#{field}")
        value = widget.text if isinstance(widget, TextArea) else self.query_one(f"#{field}", Input).value
        self._row(field).blame("" if value.strip() else text.of(self.lang))
        if not value.strip():
            widget.focus()
        return bool(value.strip())

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
        key("enter", "go_on", "继续", "Go on", show=True),
        key("escape,q", "leave", "关闭", "Close", show=True),
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

    def action_go_on(self) -> None:
        """Go on with what comes after signing: the report."""
        self.dismiss(self._seal)

    def action_leave(self) -> None:
        """Close, and do nothing else."""
        self.dismiss(None)
