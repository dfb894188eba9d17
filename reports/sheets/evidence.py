"""The files behind the answers: small pictures with their item, time and proof."""

from __future__ import annotations

from enum import IntEnum
from io import BytesIO
from typing import TYPE_CHECKING

from audit.evidence import TAKEN_FROM
from checklists.text import Text, same
from reports.page import Page
from reports.style import Palette

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.workbook import Workbook

    from audit.evidence import Evidence
    from audit.summary import AuditSummary
    from checklists.text import Lang
    from reports.style import Styles

EVIDENCE_SHEET = Text("佐证", "Evidence")
ROOM = 8_000_000
"""Bytes all pictures of a report may have together: the report stays below 10 MB and can be mailed."""


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
    Column.ITEM: (Text("编号", "Item"), 8),
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
_NO_ROOM = Text("（报告中放不下更多图片）", "(no more room for pictures in this report)")
_NO_PICTURE = Text("（无缩略图）", "(no picture)")
_TIME = Text("{time}\n（{source}）", "{time}\n({source})")
_TITLE_ROW, _LEGEND_ROW, _HEAD_ROW, FIRST_ROW = 0, 1, 2, 3
_PIXELS = (165, 120)
"""Room for a picture, in pixels of the sheet."""
_ROW_HEIGHT = 96.0
"""Points: 128 pixels."""
_PLAIN_HEIGHT = 34.0


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: Lang) -> None:
    """Write the sheet; an audit without evidence has none."""
    if not summary.evidence:
        return
    page = Page(workbook, EVIDENCE_SHEET, styles, lang, [width for _, width in _HEADS.values()])
    _write_head(page, summary)
    shown = _with_room(summary.evidence, summary.thumbnails)
    for row, piece in enumerate(summary.evidence, start=FIRST_ROW):
        _write_piece(page, row, summary, piece)
        if piece.file in shown:
            _picture(page, row, summary.thumbnails[piece.file], f"{piece.item} {piece.name}")
            page.text(row, Column.PICTURE, "", "cell")
        else:
            why = _NO_ROOM if piece.file in summary.thumbnails else _NO_PICTURE
            page.text(row, Column.PICTURE, why, "cell", "wrap", "center", "muted")
        _set_height(page, row, summary, piece, pictured=piece.file in shown)
    last = FIRST_ROW + len(summary.evidence) - 1
    page.sheet.autofilter(_HEAD_ROW, 0, last, Column.HASH)
    page.sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW + 1}:H{last + 1}"})


def _with_room(pieces: tuple[Evidence, ...], thumbnails: Mapping[str, bytes]) -> set[str]:
    """Return the files whose pictures fit in; each counts once, however many items share it."""
    shown: set[str] = set()
    room = ROOM
    for piece in pieces:
        picture = thumbnails.get(piece.file)
        if picture and piece.file not in shown and len(picture) <= room:
            shown.add(piece.file)
            room -= len(picture)
    return shown


def _write_head(page: Page, summary: AuditSummary) -> None:
    page.text(_TITLE_ROW, 0, _TITLE.format(name=summary.dealer), "title")
    page.sheet.set_row(_TITLE_ROW, 28)
    page.text(_LEGEND_ROW, 0, _LEGEND, "muted", "small")
    page.sheet.set_row(_LEGEND_ROW, 18)
    for column, (head, _) in _HEADS.items():
        page.text(_HEAD_ROW, column, head, "cell", "head")
    page.sheet.set_row(_HEAD_ROW, 24)
    page.sheet.freeze_panes(FIRST_ROW, 1)
    page.sheet.repeat_rows(_HEAD_ROW)
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.tab(Palette.MUTED)


def _write_piece(page: Page, row: int, summary: AuditSummary, piece: Evidence) -> None:
    time = _TIME.format(time=piece.taken_shown, source=TAKEN_FROM[piece.taken_from])
    texts: dict[Column, tuple[str | Text, str]] = {
        Column.ITEM: (piece.item, "left"),
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
    ]
    needed = page.row(row, cells)
    page.sheet.set_row(row, max(needed, _ROW_HEIGHT if pictured else _PLAIN_HEIGHT))


def _picture(page: Page, row: int, picture: bytes, description: str) -> None:
    """Put a picture into its cell, as large as it fits, moving with it when rows are sorted or filtered."""
    width, height = _size_of(picture)
    scale = min(_PIXELS[0] / width, _PIXELS[1] / height, 1.0)
    options = {
        "image_data": BytesIO(picture),
        "x_scale": scale,
        "y_scale": scale,
        "x_offset": 4,
        "y_offset": 4,
        "object_position": 1,
        "description": description[:250],
    }
    page.sheet.insert_image(row, Column.PICTURE, "thumbnail.jpg", options)


def _size_of(jpeg: bytes) -> tuple[int, int]:
    """Return width and height of a thumbnail in pixels, from its frame header."""
    place = 2
    while place + 9 < len(jpeg):
        marker, length = jpeg[place + 1], int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if 0xC0 <= marker <= 0xC2:
            height, width = (int.from_bytes(jpeg[place + n : place + n + 2], "big") for n in (5, 7))
            return max(1, width), max(1, height)
        place += 2 + length
    return _PIXELS


def _statement(summary: AuditSummary, piece: Evidence) -> Text:
    item = summary.checklist.items.get(piece.item)
    return item.statement if item else same("")
