"""F9: language, look, name, behaviour; where the data lies, and a backup of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.widgets import Button, Input, Static

from checklists.text import Text, UserError, same
from tui.keys import key
from tui.screens.page import Page
from tui.settings import change_settings, settings_file, system_user
from tui.themes import THEME_NAMES
from tui.widgets.choice import Choice
from tui.widgets.form import Form, Row
from tui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from checklists.text import Lang
    from tui.desk import Books

_TITLE = Text("设置", "Settings")
_LABELS = {
    "lang": (Text("语言", "Language"), None),
    "theme": (Text("颜色", "Colours"), None),
    "name": (Text("我的姓名", "My name"), Text("写在每条记录里；留空则用“{user}”", "In every entry; empty: {user}")),
    "advance": (
        Text("评完之后", "After an answer"),
        Text(
            "未得满分时，光标先停在原因上；也可以总是直接到下一项",
            "Below full marks the cursor stands in the reason first, unless it always goes on",
        ),
    ),
    "width": (
        Text("“”…的宽度", "Width of “ ” …"),
        Text("表格对不齐时改这里；下次启动时生效", "Change this when columns do not line up; from the next start"),
    ),
    "place": (Text("数据位置", "Data"), None),
    "backup": (Text("备份", "Backup"), None),
}
_LANGS = (("zh", "中文"), ("en", "English"))
_ADVANCE = (("no", Text("失分先写原因", "reason first")), ("yes", Text("总是到下一项", "always on")))
_WIDTHS = (
    ("auto", Text("自动", "ask the terminal")),
    ("1", Text("一格", "one cell")),
    ("2", Text("两格", "two cells")),
)
_BACK_UP = Text("立即备份", "Back up now")
_BACKING_UP = Text("正在备份……", "Backing up ...")
_BACKED_UP = Text("备份在 {path}", "The backup is {path}")
_PLACES = Text("{store}\n设置：{settings}", "{store}\nsettings: {settings}")
_KEPT = Text("已保存", "Kept")


class SettingsPage(Page):
    """Everything takes effect and is kept as it is chosen."""

    CSS_PATH = "settings.tcss"
    AUTO_FOCUS = "#lang"
    ABOUT = Text(
        "上下键换栏，左右键选择；选定后立即生效并保存。",
        "Up and down go from field to field, left and right choose; what is chosen takes effect and is kept at once.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "返回", "Back", show=True),
        key("ctrl+b", "back_up", "立即备份", "Back up now", show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._written_as = self.desk_app.settings.name
        """The name that entries of the open audit bear."""

    def body(self) -> Iterable[Widget]:
        """One field below the other."""
        settings = self.desk_app.settings
        with Form():
            yield Row("lang", Choice(chosen=[self.lang]))
            yield Row("theme", Choice(chosen=[self.app.theme]))
            yield Row("name", Line(settings.name))
            yield Row("advance", Choice(chosen=["yes" if settings.advance else "no"]))
            yield Row("width", Choice(chosen=[settings.width]))
            yield Row("place", Static())
            yield Row("backup", Button(compact=True))

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#context", _TITLE)
        for name, (label, hint) in _LABELS.items():
            told = hint.format(user=system_user()).of(self.lang) if hint else ""
            self.query_one(f"#{name}-row", Row).label(label.of(self.lang), told)
        self._offer("lang", [(value, same(name)) for value, name in _LANGS])
        self._offer("theme", list(THEME_NAMES.items()))
        self._offer("advance", _ADVANCE)
        self._offer("width", _WIDTHS)
        self.query_one("#lang", Choice).choose(self.lang)
        self.put("#backup", _BACK_UP)
        self.put("#state", "")
        self.run_worker(self._say_place(), exclusive=True, group="place")

    def _offer(self, name: str, options: Iterable[tuple[str, Text]]) -> None:
        self.query_one(f"#{name}", Choice).offer([(value, text.of(self.lang)) for value, text in options])

    async def _say_place(self) -> None:
        store = await self.try_do(lambda books: books.store.place)
        if store is not None:
            self.put("#place", _PLACES.format(store=store, settings=settings_file()))

    @on(Choice.Changed)
    async def _chosen(self, event: Choice.Changed) -> None:
        value = event.choice.value
        match event.choice.id:
            case "lang":
                self.desk_app.lang = cast("Lang", value)
                await self._keep(lang=value)
            case "theme":
                self.app.theme = value
                await self._keep(theme=value)
            case "advance":
                await self._keep(advance=value == "yes")
            case _:
                await self._keep(width=value)

    @on(Input.Blurred, "#name")
    @on(Input.Submitted, "#name")
    async def _named(self) -> None:
        self.keep_typed()
        await self._rename()

    def on_screen_resume(self) -> None:
        """Show the name that is kept: it may have been asked for meanwhile."""
        if self.is_mounted:
            self.query_one("#name", Input).value = self.desk_app.settings.name

    async def on_screen_suspend(self) -> None:
        """Keep the name typed, whatever key led away from its line."""
        await self._named()

    def keep_typed(self) -> None:
        """Keep the name: here and now, as the program may be about to end."""
        name = self.query_one("#name", Input).value.strip()
        if name == self.desk_app.settings.name:
            return
        try:
            self.desk_app.settings = change_settings(name=name)
        except UserError as error:
            self.tell(error.text, error=True)
            return
        self.put("#state", _KEPT)

    async def _rename(self) -> None:
        """Have entries of the audit that is open bear the new name from now on."""
        seen, name = self.desk_app.desk.seen, self.desk_app.settings.name
        if seen is None or name == self._written_as:
            return
        self._written_as = name
        await self.try_do(lambda books: books.open(seen.ref))

    async def _keep(self, **changes: object) -> None:
        try:
            await self.desk_app.keep_settings(**changes)
        except UserError as error:
            self.tell(error.text, error=True)
            return
        self.put("#state", _KEPT)

    @on(Button.Pressed, "#backup")
    def action_back_up(self) -> None:
        """Copy the store; says where."""
        self.put("#state", _BACKING_UP)
        self.run_worker(self._back_up(), exclusive=True, group="backup")

    async def _back_up(self) -> None:
        made = await self.try_do(_copy)
        self.put("#state", "" if made is None else _BACKED_UP.format(path=made))
        if made is not None:
            self.query_one("#backup-row", Row).label(
                _LABELS["backup"][0].of(self.lang), _BACKED_UP.format(path=made).of(self.lang)
            )

    async def action_leave(self) -> None:
        """Go back to where one was."""
        await self.desk_app.action_page(self.desk_app.before_settings)


def _copy(books: Books) -> str:
    return str(books.store.back_up())
