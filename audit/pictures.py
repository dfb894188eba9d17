"""Pictures: small ones for screens and reports, and when they were taken.  Pillow loads here and only when needed."""

from __future__ import annotations

import io
import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Exif, Image

SIDE = 320
"""Pixels of a thumbnail's longer side."""
THUMBNAIL_BYTES = 20_000
"""Most bytes of a thumbnail: 300 of them stay under 6 MB, whatever the pictures show."""
MOST_PIXELS = 120_000_000
"""Pixels of the largest picture that is opened: above any phone's, below what would fill the memory."""

NO_DECODER = Text(
    "已原样保存；本机不能显示 {media}，没有缩略图", "kept as it is, without a thumbnail: no decoder here for {media}"
)
DAMAGED = Text(
    "图片已损坏：文件已原样保存，没有缩略图", "the picture is damaged: the file is kept as it is, without a thumbnail"
)
TOO_LARGE = Text(
    "图片超过 {most} 百万像素：文件已原样保存，没有缩略图",
    "the picture has more than {most} million pixels: the file is kept as it is, without a thumbnail",
)

_UNDRAWN = {"image/heic", "image/heif", "image/avif", "image/svg+xml", "image/x-adobe-dng", "image/vnd.adobe.photoshop"}
_WHEN = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_EXIF_BYTES = 65_536
"""An EXIF block has at most so many bytes."""
_EXIF, _DATE_TIME, _ORIGINAL, _OFFSET, _ORIGINAL_OFFSET = 0x8769, 0x0132, 0x9003, 0x9010, 0x9011


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a picture gave."""

    thumbnail: bytes | None
    """A JPEG, upright, at most `SIDE` pixels long and `THUMBNAIL_BYTES` large; None where none could be made."""
    remark: Text | None
    """Why there is none."""


def look_at(body: bytes, media: str) -> Looked:
    """Make a thumbnail of a file that claims to be a picture; never fails."""
    try:
        with _opened(body) as image:
            return Looked(_small(image), None)
    except _TooLarge:
        return Looked(None, TOO_LARGE.format(most=MOST_PIXELS // 1_000_000))
    except Exception:  # whatever a decoder raises on bytes it did not expect
        return Looked(None, NO_DECODER.format(media=media) if media in _UNDRAWN else DAMAGED)


def is_whole(body: bytes) -> bool:
    """Say whether a picture can be drawn to its end; one with too many pixels to be opened counts as whole."""
    try:
        with _opened(body) as image:
            image.load()
    except _TooLarge:
        return True
    except Exception:  # as above
        return False
    return True


def taken_at(body: bytes) -> str | None:
    """Return when a picture was taken, by its camera's clock, in ISO 8601; None where it does not say.

    The distance from UTC is there when the camera wrote it.
    """
    try:
        with _opened(body) as image:
            return _stated(image.getexif())
    except Exception:  # as above
        return _stated_inside(body)


def _stated(exif: Exif) -> str | None:
    inner = exif.get_ifd(_EXIF)
    stated = ((inner.get(_ORIGINAL), inner.get(_ORIGINAL_OFFSET)), (exif.get(_DATE_TIME), inner.get(_OFFSET)))
    return next((time for when, offset in stated if (time := _time(when, offset))), None)


def _stated_inside(body: bytes) -> str | None:
    """Return the time from the EXIF block somewhere in a picture that cannot be opened, such as a HEIC."""
    from PIL.Image import Exif

    for place in (body.find(b"Exif\0\0" + order) for order in (b"II*\0", b"MM\0*")):
        if place >= 0:
            exif = Exif()
            try:
                exif.load(body[place : place + _EXIF_BYTES])
                return _stated(exif)
            except Exception:  # as above
                return None
    return None


class _TooLarge(Exception):
    """More pixels than are opened."""


@contextmanager
def _opened(body: bytes) -> Iterator[Image]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of doubtful metadata
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(body))
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise _TooLarge from error
        with image:
            yield image


def _small(image: Image) -> bytes:
    from PIL import Image, ImageOps

    image.thumbnail((SIDE, SIDE))
    upright = ImageOps.exif_transpose(image)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        upright = Image.new("RGB", clear.size, "white")
        upright.paste(clear, mask=clear.getchannel("A"))
    upright = upright.convert("RGB")
    quality = 75
    while len(body := _jpeg(upright, quality)) > THUMBNAIL_BYTES:
        if quality > 35:
            quality -= 10
        else:
            upright = upright.resize((max(1, upright.width * 3 // 4), max(1, upright.height * 3 // 4)))
    return body


def _jpeg(image: Image, quality: int) -> bytes:
    out = io.BytesIO()
    # Without the picture's own metadata: a report must not carry the place where somebody's phone was.
    image.save(out, "JPEG", quality=quality, optimize=True, dpi=(96, 96), exif=b"", icc_profile=None)
    return out.getvalue()


def _time(when: object, offset: object) -> str | None:
    found = _WHEN.match(str(when or "").strip("\0 "))
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups())
    plain = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    distance = str(offset or "").strip("\0 ")
    for text in (plain + distance, plain):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            continue
        return text
    return None
