"""The keys in one line: what Textual's Footer says, as one text that is only painted when it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from tui.plain import plain

if TYPE_CHECKING:
    from textual.events import Click
    from textual.screen import Screen


_GAP = "  "
_NO_BREAK = "\u00a0"
_LATER = 0.05
"""Seconds."""


class KeyLine(Static):
    """A Footer mounts a widget for every key whenever the focus moves, which takes longer than saving an answer."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; padding: 0 1; background: $footer-background; color: $footer-foreground;
              text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._said = Content("")
        self._due = False

    def on_mount(self) -> None:
        """Follow what can be pressed."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self._say()

    def on_click(self, event: Click) -> None:
        """Press the key under the pointer."""
        key = event.style.meta.get("key")
        if isinstance(key, str):
            self.app.simulate_key(key)

    def _follow(self, _: Screen[object]) -> None:
        """Say it anew once the answer is painted; several changes at once are one."""
        if not self._due:
            self._due = True
            self.set_timer(_LATER, self._say)

    def _say(self) -> None:
        self._due = False
        shown: dict[str, Content] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not binding.show or not active.enabled or binding.action in shown:
                continue
            name = self.app.get_key_display(binding)
            words = binding.description.replace(" ", _NO_BREAK)
            pressed = Style.from_meta({"key": binding.key})
            label = Content.assemble((name, "bold $footer-key-foreground"), (f" {plain(words).plain}", "not bold"))
            shown[binding.action] = label.stylize(pressed)
        said = Content(_GAP).join(shown.values())
        if said != self._said or not self._said.plain:
            self._said = said
            self.update(said, layout=False)
