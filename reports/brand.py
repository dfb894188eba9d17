"""The look of whoever sends the report: logo, colours and footer out of one small YAML file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checklists.text import Text, UserError
from reports.style import Palette

if TYPE_CHECKING:
    from checklists.sources.yaml_source import YamlFile

MOST_BYTES = 1_000_000
"""The largest logo: it stands in every report that is mailed."""
LONGEST_FOOTER = 60
"""Characters of the footer; it shares its line with the page number."""
_LEAST_CONTRAST = 4.5
"""White letters on the main colour (WCAG 2, AA)."""
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_EXAMPLE = "logo: logo.png, main: '#1F3A5F', band: '#DCE6F1', bars: '#2F6DB5', footer: ..."


class BadBrand(UserError):
    """The brand file, or the logo it names, cannot be used."""


@dataclass(frozen=True, slots=True)
class Brand:
    """Logo, colours ("#RRGGBB") and footer of a report."""

    logo: bytes | None = None
    """PNG or JPEG."""
    size: tuple[int, int] = (0, 0)
    """Of the logo, in pixels."""
    main: str = Palette.NAVY.value
    """Of titles and heads; white letters stand on it."""
    band: str = Palette.BAND.value
    """Behind headings; dark letters stand on it."""
    bars: str = Palette.EARNED_BAR.value
    """Of what was earned, in charts."""
    footer: str = ""
    """In the middle of the foot of every page; empty: the sheet's name."""

    def colour(self, colour: Palette) -> str:
        """Return a colour of the palette as this brand has it."""
        own = {Palette.NAVY: self.main, Palette.BAND: self.band, Palette.EARNED_BAR: self.bars}
        return own.get(colour, colour.value)


DEFAULT_BRAND = Brand()

_KEYS = ("logo", "main", "band", "bars", "footer")
_UNREADABLE = Text("样式文件 {file} 无法读取：{why}", "The brand file {file} cannot be read: {why}")
_MISSING = Text("没有这个文件", "there is no such file")
_EMPTY = Text("应写成“{example}”", "it should look like “{example}”")
_UNKNOWN = Text("不认识“{key}”，可用：{keys}", "“{key}” is unknown; there are: {keys}")
_NO_COLOUR = Text("{key}“{value}”不是颜色，请写成 '#1F3A5F'", "{key}: “{value}” is no colour; write it as '#1F3A5F'")
_PALE = Text(
    "{key} {value} 太浅，白字看不清（对比度 {ratio}，至少 4.5），请换深一些的颜色",
    "{key}: white letters cannot be read on {value} (contrast {ratio}, at least 4.5); choose a darker colour",
)
_DARK = Text(
    "{key} {value} 太深，深色字看不清（对比度 {ratio}，至少 4.5），请换浅一些的颜色",
    "{key}: dark letters cannot be read on {value} (contrast {ratio}, at least 4.5); choose a lighter colour",
)
_LONG = Text("footer 有 {length} 个字符，最多 {most} 个", "The footer has {length} characters, at most {most} fit")
_LOGO_GONE = Text("找不到标志文件 {logo}", "There is no logo {logo}")
_LOGO_BIG = Text("标志文件 {logo} 超过 1 MB，请缩小", "The logo {logo} is larger than 1 MB; make it smaller")
_LOGO_BAD = Text("标志文件 {logo} 不是 PNG 或 JPEG 图片", "The logo {logo} is no PNG or JPEG picture")


def read_brand(path: Path) -> Brand:
    """Read a brand file; the logo's path counts from the file's folder.

    Raises:
        BadBrand: when the file or the logo cannot be used; the sentence says what to change.
    """
    from checklists.sources.yaml_source import read_yaml

    if not path.is_file():
        raise _bad(path, _MISSING)
    file, issues = read_yaml(path)
    if file is None or issues:
        raise _bad(path, issues[0].sentence if issues else _EMPTY.format(example=_EXAMPLE))
    values = _values(path, file)
    for key, light in (("main", False), ("band", True), ("bars", None)):
        if key in values:
            _check_colour(path, key, values[key], light=light)
    if len(values.get("footer", "")) > LONGEST_FOOTER:
        raise _bad(path, _LONG.format(length=len(values["footer"]), most=LONGEST_FOOTER))
    logo, size = _logo(path, values.pop("logo")) if values.get("logo") else (None, (0, 0))
    values.pop("logo", None)
    return Brand(logo=logo, size=size, **values)


def _values(path: Path, file: YamlFile) -> dict[str, str]:
    if not isinstance(file.data, dict):
        raise _bad(path, _EMPTY.format(example=_EXAMPLE))
    values = {}
    for key, value in file.data.items():
        if key not in _KEYS or not isinstance(value, str):
            raise _bad(path, _UNKNOWN.format(key=key, keys=", ".join(_KEYS)))
        values[key] = " ".join(value.split())
    return values


def _check_colour(path: Path, key: str, value: str, *, light: bool | None) -> None:
    """Refuse what is no colour, and one on which the letters cannot be read."""
    if not _COLOUR.fullmatch(value):
        raise _bad(path, _NO_COLOUR.format(key=key, value=value))
    if light is None:
        return
    letters = Palette.INK.value if light else Palette.WHITE.value
    ratio = _contrast(value, letters)
    if ratio < _LEAST_CONTRAST:
        words = _DARK if light else _PALE
        raise _bad(path, words.format(key=key, value=value, ratio=f"{ratio:.1f}"))


def _logo(path: Path, name: str) -> tuple[bytes, tuple[int, int]]:
    from io import BytesIO

    from PIL import Image

    logo = path.parent / Path(name).expanduser()
    try:
        if logo.stat().st_size > MOST_BYTES:
            raise _bad(path, _LOGO_BIG.format(logo=logo))
        body = logo.read_bytes()
    except OSError as error:
        raise _bad(path, _LOGO_GONE.format(logo=logo)) from error
    try:
        with Image.open(BytesIO(body), formats=("PNG", "JPEG")) as image:
            image.load()
            return body, image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _bad(path, _LOGO_BAD.format(logo=logo)) from error


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _bad(path: Path, why: Text) -> BadBrand:
    return BadBrand(_UNREADABLE.format(file=path, why=why))
