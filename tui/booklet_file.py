"""Where a checklist's booklet is written, in which form, and in what order its items stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from checklists.text import Text
from checklists.words import did_you_mean
from tui.problems import WrongUsage
from tui.report_file import NotOurFile, begins_with, is_report

if TYPE_CHECKING:
    from checklists.model import Checklist, Department
    from checklists.text import Lang
    from reports.booklet.content import Order
    from reports.booklet.model import Booklet

Form = Literal["xlsx", "md", "html"]
FORMS: tuple[Form, ...] = get_args(Form)
"""What a booklet can be, each also the ending of its file."""

_NOT_OURS = Text(
    "“{path}”已存在，而且不是评分手册；请移走它，或换一个文件名",
    '"{path}" exists and is no scoring booklet; move it away or choose another name',
)
_NO_FORM = Text(
    "没有格式“{form}”。{hint}可用：xlsx、md、html", 'There is no format "{form}". {hint}It is one of xlsx, md, html'
)
_NO_ENDING = Text(
    "请用 --format 指定格式，或让文件名以 .xlsx、.md 或 .html 结尾：{path}",
    "Say which format with --format, or name the file with .xlsx, .md or .html at its end: {path}",
)
_OTHER_ENDING = Text(
    "文件名的结尾与 --format {form} 不符：{path}", "The file's ending does not go with --format {form}: {path}"
)
_NO_FILE = Text("{option} 用于写评分手册，请用 -o 指定文件", "{option} is for a booklet; name its file with -o")
_NOT_WITH = Text("-o 写的是整本评分手册，不能与 {option} 同用", "-o writes a booklet and does not go with {option}")
_NO_ORDER = Text(
    "不能按“{order}”排列。{hint}可用：department、place、method",
    'Items cannot be put in the order of "{order}". {hint}It is one of department, place, method',
)


def form_of(output: str, form: str | None) -> Form:
    """Return the form asked for, or that of the file's ending.

    Raises:
        WrongUsage: when there is no such form, none is to be found, or the ending says another one.
    """
    ending = Path(output).suffix.lower().removeprefix(".")
    if form is None:
        if ending not in FORMS:
            raise WrongUsage(_NO_ENDING.format(path=output))
        return ending
    word = form.strip().lower()
    if word not in FORMS:
        raise WrongUsage(_NO_FORM.format(form=form, hint=did_you_mean(word, FORMS)))
    if ending in FORMS and ending != word:
        raise WrongUsage(_OTHER_ENDING.format(form=word, path=output))
    return word


def order_of(by: str | None) -> Order:
    """Return the order asked for; by department where none is.

    Raises:
        WrongUsage: when there is no such order.
    """
    from reports.booklet.content import ORDERS

    word = (by or "department").strip().lower()
    if word not in ORDERS:
        raise WrongUsage(_NO_ORDER.format(order=by, hint=did_you_mean(word, ORDERS)))
    return word


def check_options(output: str | None, given: dict[str, bool], alone: dict[str, bool]) -> None:
    """Make sure that options go together.

    Args:
        output: the booklet's file.
        given: options that only a booklet has, and whether they were given.
        alone: options that no booklet goes with, and whether they were given.

    Raises:
        WrongUsage: for the first that is out of place.
    """
    for option, there in (given if output is None else alone).items():
        if there:
            raise WrongUsage((_NO_FILE if output is None else _NOT_WITH).format(option=option))


def write_booklet(
    checklist: Checklist, departments: list[Department], order: Order, form: Form, output: str, lang: Lang
) -> Path:
    """Write the booklet; an earlier booklet is replaced.

    Args:
        checklist: the checklist.
        departments: those the booklet is for.
        order: by what its items are put together.
        form: what is written.
        output: the file, with its ending or without, or a folder.
        lang: language of the booklet.

    Raises:
        NotOurFile: when another file is there.
        UserError: when the place cannot be written.
    """
    from reports.booklet.content import booklet_of
    from reports.workbook import put_in_place

    path = Path(output).expanduser()
    if path.is_dir():
        path /= f"{checklist.id}-{lang}.{form}"
    elif path.suffix.lower() != f".{form}":
        path = path.with_name(f"{path.name}.{form}")
    if path.is_file() and not _is_booklet(path, form):
        raise NotOurFile(_NOT_OURS.format(path=path))
    put_in_place(_body(booklet_of(checklist, departments, order), form, lang), path)
    return path


def _body(booklet: Booklet, form: Form, lang: Lang) -> bytes:
    match form:
        case "xlsx":
            from reports.booklet.sheets import booklet_bytes

            return booklet_bytes(booklet, lang)
        case "md":
            from reports.booklet.markdown import booklet_markdown

            return booklet_markdown(booklet, lang).encode(errors="replace")
        case "html":
            from reports.booklet.html import booklet_html

            return booklet_html(booklet, lang).encode(errors="replace")


def _is_booklet(path: Path, form: Form) -> bool:
    match form:
        case "xlsx":
            from reports.booklet.sheets import MARK

            return is_report(path, MARK.encode())
        case "md":
            from reports.booklet.markdown import MARK

            return begins_with(path, MARK.encode())
        case "html":
            from reports.booklet.html import MARK

            return begins_with(path, MARK.encode())
