"""The command palette: every key of the screen in front, found by its name in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import Binding
    from textual.dom import DOMNode

    from checklists.text import Lang

_SEARCH = Text("查找命令……", "Search for commands ...")


class Commands(Provider):
    """What can be done on the screen the palette was opened from."""

    def _known(self) -> Iterator[tuple[str, Binding, DOMNode]]:
        seen = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            known = (binding.action, binding.description)
            if binding.system or not binding.description or not active.enabled or known in seen:
                continue
            seen.add(known)
            shown = self.app.get_key_display(binding)
            yield f"{binding.description}  ({shown})", binding, active.node

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


def palette(lang: Lang) -> CommandPalette:
    """Return the palette, asking in the language spoken."""
    return CommandPalette(placeholder=_SEARCH.of(lang), id="--command-palette")
