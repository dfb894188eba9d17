"""The command palette: every key of the screen in front, found by its name in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets.option_list import Option

from checklists.text import Text
from tui.keys import in_language
from tui.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import ActiveBinding, Binding
    from textual.dom import DOMNode

    from checklists.text import Lang

_SEARCH = Text("查找命令……", "Search for commands ...")
_NO_MATCH = Text("没有符合的命令", "No command matches")


_PRESSED = "digit("
"""Actions of keys that only mean something when they are pressed: no command."""


class Commands(Provider):
    """What can be done on the screen the palette was opened from."""

    def _known(self) -> Iterator[tuple[str, Binding, DOMNode]]:
        seen = set()
        for active in sorted(self.screen.active_bindings.values(), key=self._rank):
            binding = active.binding
            known = (binding.action, binding.description)
            if binding.system or not binding.description or not active.enabled or known in seen:
                continue
            if binding.action.startswith(_PRESSED):
                continue
            seen.add(known)
            shown = self.app.get_key_display(binding)
            yield f"{binding.description}  ({shown})", binding, active.node

    def _rank(self, active: ActiveBinding) -> int:
        """The page's keys come first, then those that lead to other pages (for fingers the other way round)."""
        if active.node is self.app:
            return -1 if self.app.is_web else 1
        return 0 if active.node is self.screen else 2

    def _run(self, binding: Binding, node: DOMNode) -> object:
        async def run() -> None:
            await self.app.run_action(binding.action, node)

        return run

    async def discover(self) -> Hits:
        """Offer everything."""
        for shown, binding, node in self._known():
            yield DiscoveryHit(shown, self._run(binding, node))  # type: ignore[arg-type]

    async def search(self, query: str) -> Hits:
        """Offer what was typed."""
        matcher = self.matcher(query)
        for shown, binding, node in self._known():
            score = matcher.match(shown)
            if score > 0:
                yield Hit(score, matcher.highlight(shown), self._run(binding, node))  # type: ignore[arg-type]


class Palette(CommandPalette):
    """Textual's palette, speaking the language spoken (8.2.8 says "No matches found" whatever happens)."""

    def __init__(self, lang: Lang) -> None:
        super().__init__([Commands], placeholder=_SEARCH.of(lang), id="--command-palette")
        self._lang: Lang = lang

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys, described in the language spoken."""
        return in_language(super().active_bindings, self._lang)

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()

        def say() -> None:
            if search_value:
                commands = self.query_one(CommandList)
                commands.add_option(Option(plain(_NO_MATCH.of(self._lang)), disabled=True, id=self._NO_MATCHES))
            self._list_visible = bool(search_value)

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, say)


def palette(lang: Lang) -> CommandPalette:
    """Return the palette, asking in the language spoken."""
    return Palette(lang)
