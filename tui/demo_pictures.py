"""The sample's photos: drawn from sample/photos.json and late-photos.json, so that the sample brings no pictures along.

A photo is a wall, a floor and a few shapes, blurred a little; it says when it was taken, as a phone's photos do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PIL.ImageDraw import ImageDraw

SIZE = (1200, 900)
HORIZON = 0.72
"""Where the floor begins, as a share of the height."""
BLUR = 1.2
QUALITY = 82
_DATE_TIME, _EXIF, _ORIGINAL = 0x0132, 0x8769, 0x9003


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo of the sample."""

    name: str
    items: tuple[str, ...]
    """The items it is evidence for."""
    taken: str
    """ISO 8601, by the camera's clock."""
    wall: str
    floor: str
    shapes: tuple[tuple[Any, ...], ...]
    """A word for the shape, then its places, colour and size."""


def sample_photos(name: str = "photos.json") -> Iterator[Photo]:
    """Return the sample's photos in the order in which they were taken; those handed in late have their own file."""
    for row in json.loads((files("tui") / "sample" / name).read_text("utf-8")):
        yield Photo(**{**row, "items": tuple(row["items"]), "shapes": tuple(map(tuple, row["shapes"]))})


def draw(photo: Photo, folder: Path) -> Path:
    """Draw a photo into a folder; the same photo always has the same bytes."""
    from PIL import Image, ImageDraw, ImageFilter

    image = Image.new("RGB", SIZE, photo.wall)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, SIZE[1] * HORIZON, *SIZE), fill=photo.floor)
    for word, *rest in photo.shapes:
        _SHAPES[word](pen, *rest)
    exif = Image.Exif()
    when = photo.taken.replace("-", ":").replace("T", " ")
    exif[_DATE_TIME] = when
    exif.get_ifd(_EXIF)[_ORIGINAL] = when
    path = folder / photo.name
    image.filter(ImageFilter.GaussianBlur(BLUR)).save(path, quality=QUALITY, exif=exif)
    return path


def _rect(pen: ImageDraw, left: int, top: int, right: int, bottom: int, colour: str) -> None:
    pen.rectangle((left, top, right, bottom), fill=colour)


def _oval(pen: ImageDraw, left: int, top: int, right: int, bottom: int, colour: str) -> None:
    pen.ellipse((left, top, right, bottom), fill=colour)


def _line(pen: ImageDraw, left: int, top: int, right: int, bottom: int, colour: str, width: int) -> None:
    pen.line((left, top, right, bottom), fill=colour, width=width)


def _arc(pen: ImageDraw, *rest: Any) -> None:
    left, top, right, bottom, start, end, colour, width = rest
    pen.arc((left, top, right, bottom), start, end, fill=colour, width=width)


def _text(pen: ImageDraw, left: int, top: int, words: str, colour: str, size: int) -> None:
    pen.text((left, top), words, fill=colour, font_size=size)


_SHAPES: dict[str, Callable[..., None]] = {"rect": _rect, "oval": _oval, "line": _line, "arc": _arc, "text": _text}
