"""The files behind the answers: small pictures with their item, time and proof."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from audit.evidence import TAKEN_FROM
from checklists.text import Text, same
from reports.late_evidence import all_evidence
from reports.page import Page
from reports.style import Palette
from reports.thumbnails import put_picture, with_room
from reports.words import EVIDENCE_SHEET

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from audit.evidence import Evidence
    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.style import Styles


class Column(IntEnum):
    """The columns, from the left."""

    ITEM = 0
    STATEMENT = 1
    PICTURE = 2
    NAME = 3
    TAKEN = 4
    ADDED = 5
    SIZE = 6
    HASH = 7


_HEADS: dict[Column, tuple[Text, float]] = {
    Column.ITEM: (Text("编号", "Item"), 12),
    Column.STATEMENT: (Text("检查项", "What is checked"), 40),
    Column.PICTURE: (Text("缩略图", "Picture"), 24),
    Column.NAME: (Text("文件名", "File"), 28),
    Column.TAKEN: (Text("时间", "Time"), 18),
    Column.ADDED: (Text("添加人", "Added by"), 14),
    Column.SIZE: (Text("大小（KB）", "Size (KB)"), 11),
    Column.HASH: (Text("校验码", "SHA-256"), 18),
}
_TITLE = Text("{name}：佐证", "{name}: evidence")
_LEGEND = Text(
    "原文件保存在评估数据库中，可用 dealer-audit evidence export 导出；校验码为 SHA-256 的前 16 位。",
    "The original files are kept in the audit's store (dealer-audit evidence export writes them out); "
    "of the SHA-256 the first 16 digits are shown.",
)
_MASKED = Text(
    "本份报告不含照片，文件名已替换：照片和文件名中的人员、车牌无法遮盖。原文件在经销商一份的评估数据库中，可按校验码索取。",
    "This copy holds no pictures and no file names, as people and plates in them cannot be covered. The files are in "
    "the dealership's own store; ask for them by their SHA-256.",
)
_NO_ROOM = Text("（报告中放不下更多图片）", "(no more room for pictures in this report)")
_NO_PICTURE = Text("（无缩略图）", "(no picture)")
TIME = Text("{time}\n（{source}）", "{time}\n({source})")
_TITLE_ROW, _LEGEND_ROW, _HEAD_ROW, FIRST_ROW = 0, 1, 2, 3
_PIXELS = (165, 120)
"""Room for a picture, in pixels of the sheet."""
_ROW_HEIGHT = 96.0
"""Points: 128 pixels."""
_PLAIN_HEIGHT = 34.0


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet; an audit without evidence has none."""
    pieces = all_evidence(summary)
    if not pieces:
        return
    page = Page(workbook, EVIDENCE_SHEET, styles, lang, [width for _, width in _HEADS.values()])
    _write_head(page, summary)
    shown = with_room([piece for piece, _ in pieces], summary.thumbnails)
    for row, (piece, at) in enumerate(pieces, start=FIRST_ROW):
        _write_piece(page, row, summary, piece, at)
        if piece.file in shown:
            picture = summary.thumbnails[piece.file]
            put_picture(page, (row, Column.PICTURE), picture, f"{piece.item} {piece.name}", (*_PIXELS, 0))
            page.text(row, Column.PICTURE, "", "cell")
        else:
            why = _NO_ROOM if piece.file in summary.thumbnails else _NO_PICTURE
            if why is _NO_ROOM:
                styles.shortened.pictures += 1
            page.text(row, Column.PICTURE, why, "cell", "wrap", "center", "muted")
        _set_height(page, row, summary, piece, pictured=piece.file in shown)
    last = FIRST_ROW + len(pieces) - 1
    page.sheet.autofilter(_HEAD_ROW, 0, last, Column.HASH)
    page.sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW + 1}:H{last + 1}"})


def _write_head(page: Page, summary: AuditSummary) -> None:
    page.title(_TITLE.format(name=summary.dealer), Column.HASH, _TITLE_ROW)
    page.legend(_LEGEND_ROW, _MASKED if summary.masked else _LEGEND, Column.HASH)
    page.heads(_HEAD_ROW, {column: head for column, (head, _) in _HEADS.items()})
    page.sheet.freeze_panes(FIRST_ROW, 1)
    page.sheet.repeat_rows(_HEAD_ROW)
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.tab(Palette.MUTED)


def _write_piece(page: Page, row: int, summary: AuditSummary, piece: Evidence, at: Text) -> None:
    time = TIME.format(time=piece.taken_shown, source=TAKEN_FROM[piece.taken_from])
    texts: dict[Column, tuple[str | Text, str]] = {
        Column.ITEM: (f"{piece.item}\n{page.words(at)}".strip(), "left"),
        Column.STATEMENT: (_statement(summary, piece), "left"),
        Column.NAME: (piece.name, "left"),
        Column.TAKEN: (time, "center"),
        Column.ADDED: (piece.person, "left"),
        Column.HASH: (piece.file[:16], "center"),
    }
    for column, (text, side) in texts.items():
        page.text(row, column, text, "cell", "wrap", side)
    page.number(row, Column.SIZE, -(-piece.size // 1024), "#,##0", "cell")


def _set_height(page: Page, row: int, summary: AuditSummary, piece: Evidence, *, pictured: bool) -> None:
    cells = [
        (_statement(summary, piece).of(page.lang), _HEADS[Column.STATEMENT][1]),
        (piece.name, _HEADS[Column.NAME][1]),
        (page.words(_NO_ROOM if not pictured and summary.thumbnails else ""), _HEADS[Column.PICTURE][1]),
    ]
    needed = page.row(row, cells)
    page.sheet.set_row(row, max(needed, _ROW_HEIGHT if pictured else _PLAIN_HEIGHT))


def _statement(summary: AuditSummary, piece: Evidence) -> Text:
    item = summary.checklist.items.get(piece.item)
    return item.statement if item else same("")
