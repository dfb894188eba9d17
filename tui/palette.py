"""The command palette: every key of the screen in front, found by its name in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets.option_list import Option

from checklists.text import Text
from tui.keys import both, in_language, is_own
from tui.plain import plain
from tui.screens.page import Spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import ActiveBinding, Binding
    from textual.dom import DOMNode

    from checklists.text import Lang

_SEARCH = Text("查找命令……", "Search for commands ...")
_NO_MATCH = Text("没有符合的命令", "No command matches")


_PRESSED = "digit("
"""Actions of keys that only mean something when they are pressed: no command."""

_FIND, _BESIDE, _LAST = "find", frozenset({"language", "command_palette"}), frozenset({"quit", "leave"})
"""For fingers: what comes after the pages, what comes after that, and what comes last of all, as it asks nothing."""

_ALSO = {
    "page('settings')": "主题 theme 浅色 light 深色 dark 高对比度 contrast 颜色 colour 语言 language 姓名 name",
    "page('records')": "工单 抽样 sample draw 记录表 sheet",
    "page('kpis')": "KPI 数据 data 导入 import",
    "page('interviews')": "提纲 guide 提问 question",
    "page('inbox')": "图片 picture 文件夹 folder",
    "page('review')": "总分 total 结论 verdict 弱项 weak 签名 sign",
    "page('plan')": "措施 action 整改",
    "report": "导出 export 打印 print Excel PDF",
    "language": "语言 language 中文 英文 English",
}
"""Other words by which an action is looked for."""


class Commands(Provider):
    """What can be done on the screen the palette was opened from."""

    def _known(self) -> Iterator[tuple[str, str, Binding, DOMNode]]:
        """Yield what is shown, the name in the other language, and what is done."""
        from tui.app import AuditApp

        assert isinstance(self.app, AuditApp)  # noqa: S101 - there is no other
        lang: Lang = self.app.lang
        seen = set()
        bindings = self.screen.bindings_as_written if isinstance(self.screen, Spoken) else self.screen.active_bindings
        for active in sorted(bindings.values(), key=self._rank):
            binding = active.binding
            known = (binding.action, binding.description)
            if binding.system or not is_own(binding) or not active.enabled or known in seen:
                continue
            if binding.action.startswith(_PRESSED):
                continue
            seen.add(known)
            shown = self.app.get_key_display(binding)
            name = both(binding)
            other = name.en if lang == "zh" else name.zh
            yield f"{name.of(lang)}  ({shown})", other, binding, active.node

    def _rank(self, active: ActiveBinding) -> int:
        """The page's keys come first, then those that lead to other pages (for fingers the other way round)."""
        if not self.app.is_web:
            return 1 if active.node is self.app else 0 if active.node is self.screen else 2
        if active.binding.action in _LAST:
            return 5
        if active.binding.action == _FIND:
            return 1
        if active.node is self.app:
            return 2 if active.binding.action in _BESIDE else 0
        return 3 if active.node is self.screen else 4

    def _run(self, binding: Binding, node: DOMNode) -> object:
        async def run() -> None:
            await self.app.run_action(binding.action, node)

        return run

    async def discover(self) -> Hits:
        """Offer everything."""
        for shown, _, binding, node in self._known():
            yield DiscoveryHit(self._roomy(shown), self._run(binding, node), text=shown)  # type: ignore[arg-type]

    async def search(self, query: str) -> Hits:
        """Offer what was typed; what is found by its name in the other language shows that, too."""
        matcher = self.matcher(query)
        for shown, other, binding, node in self._known():
            also = next((w for w in _ALSO.get(binding.action, "").split() if matcher.match(w) > 0), "")
            score, by_other = matcher.match(shown), max(matcher.match(other), matcher.match(also))
            found = shown if score > 0 else f"{shown}  {other if matcher.match(other) > 0 else also}"
            if score > 0 or by_other > 0:
                run = self._run(binding, node)
                words = self._roomy(matcher.highlight(found))
                yield Hit(max(score, by_other), words, run, text=found)  # type: ignore[arg-type]

    def _roomy(self, words: str | Content) -> Content:
        """Return words with room for a finger, in a browser."""
        said = plain(words) if isinstance(words, str) else words
        return Content.assemble("\n", said, "\n") if self.app.is_web else said


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
