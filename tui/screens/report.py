"""Writing the report: where, in which languages; with a bar, and a key that stops it without leaving half a file."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, get_args

from textual import on
from textual.widgets import Input, ProgressBar, Static

from checklists.text import LANGS, ReportLang, Text, UserError, joined, same
from tui.keys import key
from tui.screens.page import Dialog
from tui.settings import SettingsUnusable
from tui.widgets.choice import Choice
from tui.widgets.form import Form, Row
from tui.widgets.line import Line
from tui.widgets.path_input import PathInput, is_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget
    from textual.worker import Worker


_TITLE = Text("生成报告 {ref}", "Report of {ref}")
_FOLDER, _NAME, _LANGS = Text("文件夹", "Folder"), Text("文件名", "File name"), Text("语言", "Language")
_FILES = Text("文件：{names}", "writes {names}")
_CHOICES: dict[str, Text] = {
    "zh": Text("中文", "Chinese"),
    "en": Text("英文", "English"),
    "each": Text("中英文各一份", "a file in each"),
    "both": Text("中英对照一份", "both side by side"),
}
_FORM, _COPY = Text("格式", "Format"), Text("留存", "Copy")
_FORMS: dict[str, Text] = {
    "xlsx": Text("Excel 工作簿", "Excel workbook"),
    "pdf": Text("PDF（打印、邮件）", "PDF, for print and mail"),
}
_COPIES: dict[str, Text] = {
    "dealer": Text("经销商（完整）", "dealership, complete"),
    "headquarters": Text("总部（遮盖车牌、电话和姓名）", "headquarters, plates, phones and names masked"),
}
_NO_FOLDER = Text("没有这个文件夹", "There is no such folder")
_NO_NAME = Text("请填写文件名，不含 / 或 \\，不要太长", "A name is needed, not too long, without / or \\")
_LONGEST = 200
"""Bytes of a name to which the languages and the ending are added; systems take 255."""
_WRITING = Text("正在生成，Esc 停止", "Writing; Escape stops")
_STOPPED = Text("已停止，没有写入；原来的报告未动", "Stopped: nothing was written, earlier reports are as they were")
_WRITTEN = Text("报告已生成：\n{paths}", "The report is written:\n{paths}")
_DOWNLOADED = Text("报告已交给浏览器下载：{names}", "Handed to the browser as a download: {names}")
_MEDIA = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}


def usual_folder(last: str) -> Path:
    """Return where reports go: the folder of the last one, else the person's documents, else their home."""
    from platformdirs import user_documents_path

    return next((each for each in (Path(last or "?"), user_documents_path()) if each.is_dir()), Path.home())


class ReportDialog(Dialog[None]):
    """Asks, writes and says where it lies; in a browser the report is downloaded."""

    CSS_PATH = "report.tcss"
    AUTO_FOCUS = "#langs"
    ABOUT = Text(
        "把评估写成 Excel 或 PDF 报告：上下键换栏，左右键选择，回车生成。写完之前原来的报告不动；Esc 随时停止。",
        "Writes the audit as an Excel or PDF report: up and down change the field, left and right choose, Enter "
        "writes. An earlier report stays until the new one is complete; Escape stops.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "begin", "生成 / 关闭", "Write / close", show=True, priority=True),
        key("escape", "stop", "停止 / 关闭", "Stop / close", show=True),
    ]

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref
        self._work: Worker[None] | None = None
        self._said: Text | None = None
        self._done = False
        self._placing = False
        """Whether finished files are being put in their places, which takes no time and is not stopped."""

    def body(self) -> Iterable[Widget]:
        """The fields, a bar, and what came of it."""
        with Form():
            yield Row("langs", Choice(chosen=[self.lang]))
            yield Row("form", Choice())
            yield Row("copy", Choice())
            yield Row("folder", PathInput(id="folder", folders=True))
            yield Row("name", Line(self._ref))
        yield ProgressBar(id="progress", show_eta=False)
        yield Static(id="said")

    def relabel(self) -> None:
        """Say what is asked."""
        self.put("#title", _TITLE.format(ref=self._ref))
        for name, label, choices in (("langs", _LANGS, _CHOICES), ("form", _FORM, _FORMS), ("copy", _COPY, _COPIES)):
            self.query_one(f"#{name}", Choice).offer([(value, text.of(self.lang)) for value, text in choices.items()])
            self.query_one(f"#{name}-row", Row).label(label.of(self.lang))
        self.query_one("#folder-row", Row).label(_FOLDER.of(self.lang))
        self._tell_names()
        self.put("#said", self._said or "")

    def on_mount(self) -> None:
        """Begin with the folder of the last report; a browser has none."""
        self.query_one("#folder", PathInput).propose(f"{usual_folder(self.desk_app.settings.reports)}{os.sep}")
        self.query_one("#folder-row").display = not self.app.is_web
        self.query_one("#progress").display = False

    @on(Choice.Changed)
    @on(Input.Changed, "#name")
    def _tell_names(self) -> None:
        names = _FILES.format(names=", ".join(self._names().values()))
        self.query_one("#name-row", Row).label(_NAME.of(self.lang), names.of(self.lang))

    def _names(self) -> dict[ReportLang, str]:
        """Return the names of the files, by language."""
        chosen = self._chosen("langs")
        langs: Sequence[ReportLang] = (
            LANGS if chosen == "each" else [lang for lang in get_args(ReportLang) if lang == chosen]
        )
        copy = self._chosen("copy")
        tag = "" if copy == "dealer" else f"-{copy}"
        return {lang: f"{self._stem()}-{lang}{tag}{self._suffix()}" for lang in langs}

    def _stem(self) -> str:
        """Return the name as typed, without an end that says a format."""
        return self.query_one("#name", Input).value.strip().removesuffix(".xlsx").removesuffix(".pdf")

    def _suffix(self) -> str:
        return f".{self._chosen('form')}"

    def _chosen(self, name: str) -> str:
        return self.query_one(f"#{name}", Choice).value

    # -- writing -----------------------------------------------------------------------------------------------------

    def action_begin(self) -> None:
        """Begin, once folder and name can be used; when all is done, close."""
        if self._done:
            self.dismiss(None)
        elif self._work is None:
            paths = self._paths()
            if paths is not None:
                self._work = self.run_worker(self._write(paths), exit_on_error=False)

    def _paths(self) -> dict[ReportLang, Path] | None:
        """Return where the files go; what is wrong is said at its field."""
        folder = self.query_one("#folder", PathInput).path or usual_folder(self.desk_app.settings.reports)
        name = self._stem()
        bad_folder = not self.app.is_web and not is_folder(folder)
        bad_name = not name or any(stroke in name for stroke in "/\\") or len(name.encode()) > _LONGEST
        self.query_one("#folder-row", Row).blame(_NO_FOLDER.of(self.lang) if bad_folder else "")
        self.query_one("#name-row", Row).blame(_NO_NAME.of(self.lang) if bad_name else "")
        if bad_folder or bad_name:
            return None
        return {lang: folder / file for lang, file in self._names().items()}

    async def _write(self, paths: dict[ReportLang, Path]) -> None:
        """Make the reports in a process of their own, then put them in their places."""
        from tui.report_process import Wanted, make_reports, put_in_place

        self._say(_WRITING)
        bar = self.query_one("#progress", ProgressBar)
        bar.display = True
        bar.update(total=None)
        try:
            look = {"form": self._chosen("form"), "copy": self._chosen("copy")}
            wanted = Wanted(self.desk_app.desk.url, self._ref, tuple(paths), **look)
            made = await make_reports(wanted, lambda done, total: bar.update(total=total, progress=done))
            if self.app.is_web:
                self._hand_over({paths[lang].name: body for lang, body in made.items()})
                return
            self._placing = True
            bodies = [(body, paths[lang]) for lang, body in made.items()]
            await asyncio.to_thread(put_in_place, bodies)
            with suppress(SettingsUnusable):  # the next report begins elsewhere, no more
                await self.desk_app.keep_settings(reports=str(bodies[0][1].parent.absolute()))
        except UserError as error:
            bar.display = False
            self._say(error.text, wrong=True)
            self._work, self._placing = None, False
        else:
            self._finish(_WRITTEN.format(paths=joined([same(str(path)) for path in paths.values()], "\n", "\n")))

    def _hand_over(self, files: dict[str, bytes]) -> None:
        """Let the browser download the files."""
        for name, body in files.items():
            self.app.deliver_binary(BytesIO(body), save_filename=name, mime_type=_MEDIA[Path(name).suffix])
        self._finish(_DOWNLOADED.format(names=", ".join(files)))

    def _finish(self, text: Text) -> None:
        self._done = True
        self._say(text)

    def _say(self, text: Text, *, wrong: bool = False) -> None:
        self._said = text
        self.query_one("#said").set_class(wrong, "wrong")
        self.put("#said", text)

    def action_stop(self) -> None:
        """Stop what is being written; otherwise close."""
        if self._placing and not self._done:
            return
        if self._work is None or self._done:
            self.dismiss(None)
            return
        self._work.cancel()
        self._work = None
        self.query_one("#progress").display = False
        self._say(_STOPPED)
