"""Loading the sample into the store, with a bar, and a key to stop."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.widgets import ProgressBar, Static

from checklists.text import Text, UserError
from tui.keys import key
from tui.screens.page import Dialog

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

    from checklists.text import Lang
    from tui.demo_steps import Thing
    from tui.desk import Books

_TITLE = Text("正在载入样例", "Loading the sample")
_BEGINNING = Text("准备中", "getting ready")
_STOPPED = Text("样例停在中途；再按 d 接着载入", "The sample stopped halfway; press d again to go on")


class SampleStopped(UserError):
    """The person had enough."""


class SamplePlaying(Dialog[str | None]):
    """Plays the sample; gives back the reference of its audit, or nothing where it was stopped."""

    CSS_PATH = "sample.tcss"
    ABOUT = Text(
        "把样例经销商的一次完整评估写入当前数据库：评分、抽样记录、指标、访谈、照片，直到签字。",
        "Writes a whole audit of a sample dealership into this store: answers, sampled records, KPIs, interviews, "
        "photos, up to the signatures.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "stop", "停止", "Stop", show=True)]

    @dataclass
    class Progress(Message):
        """How far one step of it is."""

        label: Text
        done: int
        total: int

        def can_replace(self, message: Message) -> bool:
            """Let the newest stand for those that have not been shown yet."""
            return isinstance(message, SamplePlaying.Progress)

    def __init__(self) -> None:
        super().__init__()
        self._stop = Event()
        self._label = _BEGINNING

    def body(self) -> Iterable[Widget]:
        """What is being done and how far it is."""
        yield Static(id="what")
        yield ProgressBar(id="bar", show_eta=False)

    def relabel(self) -> None:
        """Say what is being done."""
        self.put("#title", _TITLE)
        self.put("#what", self._label)

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._play())

    async def _play(self) -> None:
        lang = self.lang
        self.dismiss(await self.try_do(lambda books: play(books, OnScreen(lang, self, self._stop))))

    def on_sample_playing_progress(self, event: Progress) -> None:
        """Show how far it is."""
        self._label = event.label
        self.put("#what", event.label)
        self.query_one("#bar", ProgressBar).update(total=event.total, progress=event.done)

    def action_stop(self) -> None:
        """Stop after what is being written now."""
        self._stop.set()


class OnScreen:
    """The sample's stage: called in the desk's thread, tells the dialog by messages."""

    def __init__(self, lang: Lang, dialog: SamplePlaying, stop: Event) -> None:
        self.lang = lang
        self._dialog = dialog
        self._stop = stop

    def say(self, text: Text) -> None:
        """Say nothing: the bar says it."""

    def over(self, things: Sequence[Thing], label: Text) -> Iterable[Thing]:
        """Show how far one is.

        Raises:
            SampleStopped: once the person asked for it.
        """
        return self._over(things, label)

    def _over(self, things: Sequence[Thing], label: Text) -> Iterator[Thing]:
        for done, thing in enumerate(things):
            if self._stop.is_set():
                raise SampleStopped(_STOPPED)
            self._dialog.post_message(SamplePlaying.Progress(label, done, len(things)))
            yield thing


def play(books: Books, stage: OnScreen) -> str:
    """Play the sample, or go on with it; returns its reference."""
    from tui.demo import sample_audit, to_the_end

    session = sample_audit(books.store, books.author, stage.lang)
    to_the_end(session, stage)
    return session.ref
