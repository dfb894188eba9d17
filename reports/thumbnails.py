"""Small pictures in cells: which have room in a report that can be mailed, and how each fits its cell."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audit.evidence import Evidence
    from reports.page import Page

ROOM = 8_000_000
"""Bytes all pictures of a report may have together: the report stays below 10 MB and can be mailed."""
_MARGIN = 4
"""Pixels between a picture and its cell."""


def with_room(pieces: Iterable[Evidence], thumbnails: Mapping[str, bytes]) -> set[str]:
    """Return the files whose pictures fit in; each counts once, however often it is shown.

    Where not all fit, every item has its first picture before any has its second.
    """
    turns: dict[str, int] = {}
    queue: list[tuple[int, int, str]] = []
    for place, piece in enumerate(pieces):
        turns[piece.item] = turns.get(piece.item, 0) + 1
        queue.append((turns[piece.item], place, piece.file))
    shown: set[str] = set()
    room = ROOM
    for _, _, file in sorted(queue):
        picture = thumbnails.get(file)
        if picture and file not in shown and len(picture) <= room:
            shown.add(file)
            room -= len(picture)
    return shown


def put_picture(
    page: Page, place: tuple[int, int], picture: bytes, description: str, box: tuple[int, int, int]
) -> None:
    """Put a picture into a cell, moving with it when rows are sorted or filtered.

    Args:
        page: the sheet.
        place: row and column.
        picture: a thumbnail.
        description: what a screen reader says.
        box: width and height it may have, and how far below the top of the cell it begins, in pixels.
    """
    width, height = size_of(picture)
    scale = min(box[0] / width, box[1] / height, 1.0)
    options = {
        "image_data": BytesIO(picture),
        "x_scale": scale,
        "y_scale": scale,
        "x_offset": _MARGIN,
        "y_offset": box[2] + _MARGIN,
        "object_position": 1,
        "description": description[:250],
    }
    page.sheet.insert_image(place[0], place[1], "thumbnail.jpg", options)


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Return width and height of a thumbnail in pixels, from its frame header."""
    place = 2
    while place + 9 < len(jpeg):
        marker, length = jpeg[place + 1], int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if 0xC0 <= marker <= 0xC2:
            height, width = (int.from_bytes(jpeg[place + n : place + n + 2], "big") for n in (5, 7))
            return max(1, width), max(1, height)
        place += 2 + length
    return 160, 120
