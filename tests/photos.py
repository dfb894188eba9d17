"""Pictures as phones take them, made when a test needs one."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def photo(
    path: Path,
    taken: str = "",
    *,
    offset: str = "",
    orientation: int = 1,
    size: tuple[int, int] = (64, 48),
    seed: int | None = None,
) -> Path:
    """Write a JPEG; the same arguments give the same bytes.

    Args:
        path: where to; its name decides how it looks unless there is a seed.
        taken: "2026:05:12 10:00:00" or nothing.
        offset: "+08:00" or nothing.
        orientation: EXIF, 1 to 8.
        size: width and height; the left half is red, the right half noise.
        seed: of the noise.
    """
    from PIL import Image

    dice = random.Random(path.name if seed is None else seed)
    image = Image.new("RGB", size, "red")
    noise = Image.frombytes("RGB", (size[0] // 2, size[1]), dice.randbytes(size[0] // 2 * size[1] * 3))
    image.paste(noise, (size[0] // 2, 0))
    exif = Image.Exif()
    if orientation != 1:
        exif[0x0112] = orientation
    if taken:
        exif.get_ifd(0x8769).update({0x9003: taken, **({0x9011: offset} if offset else {})})
    image.save(path, "JPEG", quality=90, exif=exif)
    return path


def grown(path: Path, size: int) -> Path:
    """Let a file grow to so many bytes; a JPEG stays readable."""
    with path.open("ab") as file:
        file.write(os.urandom(size - path.stat().st_size))
    return path
