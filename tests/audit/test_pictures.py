"""Thumbnails and the time a picture was taken; whatever the bytes are, looking at them never fails."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image  # noqa: TID253 - the tests look into pictures themselves

from audit.evidence_files import media_of
from audit.pictures import DAMAGED, SIDE, THUMBNAIL_BYTES, look_at, taken_at
from tests.photos import photo

if TYPE_CHECKING:
    from pathlib import Path


def seen(body: bytes, media: str = "image/jpeg") -> Image.Image:
    thumbnail = look_at(body, media).thumbnail
    assert thumbnail is not None
    return Image.open(io.BytesIO(thumbnail))


def test_a_thumbnail_is_small_and_bounded_even_for_noise(tmp_path: Path) -> None:
    body = photo(tmp_path / "a.jpg", size=(2000, 1500)).read_bytes()
    looked = look_at(body, "image/jpeg")
    assert looked.remark is None
    assert looked.thumbnail is not None
    assert len(looked.thumbnail) <= THUMBNAIL_BYTES
    assert max(seen(body).size) <= SIDE


def test_a_thumbnail_stands_upright(tmp_path: Path) -> None:
    lying = seen(photo(tmp_path / "a.jpg", size=(400, 300), orientation=6).read_bytes())
    assert lying.size == (240, 320)
    red, green, blue = lying.convert("RGB").getpixel((120, 40))  # type: ignore[misc]
    assert red > 200
    assert green < 60
    assert blue < 60


def test_a_thumbnail_carries_nothing_of_the_phone(tmp_path: Path) -> None:
    body = photo(tmp_path / "a.jpg", "2026:05:12 10:00:00").read_bytes()
    assert not seen(body).getexif()


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "CMYK", "I;16", "1"])
def test_every_kind_of_picture_gets_one(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (500, 10)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert seen(out.getvalue(), "image/png").size == (320, 6)


def test_what_was_clear_turns_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    assert seen(out.getvalue(), "image/png").convert("L").getextrema() == (255, 255)


def test_a_picture_cut_short_is_damaged(tmp_path: Path) -> None:
    body = photo(tmp_path / "a.jpg", size=(300, 200)).read_bytes()
    for broken in (body[: len(body) // 2], b"\xff\xd8\xff" + b"x" * 100, b"\xff\xd8\xff"):
        assert look_at(broken, "image/jpeg") == look_at(b"no picture", "image/jpeg")
        assert look_at(broken, "image/jpeg").remark == DAMAGED


def test_without_a_decoder_it_says_so() -> None:
    body = b"\0\0\0\x18ftypheic" + b"\0" * 100
    assert media_of("IMG_1.HEIC", body) == "image/heic"
    remark = look_at(body, "image/heic").remark
    assert remark is not None
    assert "no decoder" in remark.en
    assert taken_at(body) is None


def test_a_phones_heic_tells_its_time_all_the_same() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: "2026:05:12 10:00:05", 0x9011: "+08:00"})
    heic = b"\0\0\0\x18ftypheic" + b"\0" * 500 + exif.tobytes() + bytes(range(256)) * 10
    assert taken_at(heic) == "2026-05-12T10:00:05+08:00"
    assert taken_at(heic[:560]) is None


def test_a_decompression_bomb_is_not_opened() -> None:
    """A PNG of a few bytes that claims 20 000 x 20 000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    for side in (12_000, 20_000):
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        body = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
        looked = look_at(body, "image/png")
        assert looked.thumbnail is None
        assert looked.remark is not None
        assert "120 million" in looked.remark.en


@pytest.mark.parametrize(
    ("stated", "offset", "read"),
    [
        ("2026:05:12 10:00:05", "", "2026-05-12T10:00:05"),
        ("2026:05:12 10:00:05", "+08:00", "2026-05-12T10:00:05+08:00"),
        ("2026:05:12 10:00:05", "nonsense", "2026-05-12T10:00:05"),
        ("0000:00:00 00:00:00", "", None),
        ("2026:13:40 10:00:05", "", None),
        ("yesterday", "", None),
        ("", "", None),
    ],
)
def test_when_it_was_taken(stated: str, offset: str, read: str | None, tmp_path: Path) -> None:
    assert taken_at(photo(tmp_path / "a.jpg", stated, offset=offset).read_bytes()) == read


@pytest.mark.parametrize(
    ("name", "body", "media"),
    [
        ("a.txt", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.jpg", b"%PDF-1.7", "application/pdf"),
        ("a.PDF", b"?", "application/pdf"),
        ("a.mp4", b"?", "video/mp4"),
        ("a", b"?", "application/octet-stream"),
        ("a.xyzzy", b"?", "application/octet-stream"),
        ("a.webp", b"RIFF\0\0\0\0WEBP", "image/webp"),
    ],
)
def test_the_first_bytes_say_more_than_the_name(name: str, body: bytes, media: str) -> None:
    assert media_of(name, body) == media
