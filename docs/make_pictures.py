"""Makes the pictures in this folder from the sample audit: run `uv run python docs/make_pictures.py`.

Needs LibreOffice, pdftoppm, rsvg-convert, Chromium and a Chinese font (Debian: libreoffice-calc poppler-utils
librsvg2-bin chromium fonts-noto-cjk).
"""

from __future__ import annotations

import asyncio
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from checklists.text import Lang
    from tui.demo_steps import Thing

DOCS = Path(__file__).parent
TOOL = [sys.executable, "-m", "tui.main"]
PAGE = (120, 36)
CELL = 12.2
"""Width of a cell in Rich's drawings."""
PAGES = {
    "score": ("half", ("tab",) * 6 + ("1", "2")),
    "records": ("visited", ("enter",)),
    "review": ("visited", ()),
    "closing": ("demo", ()),
}
"""The pages drawn, the store that each is drawn from, and the keys pressed there before."""
FONT = '"DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace'
COLUMNS = 78
LINES = 28
SVG = """<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 {terminal_width} {terminal_height}">
<style>{styles}
text {{ font-family: "Noto Sans Mono CJK SC", monospace; font-size: {char_height}px; white-space: pre; }}
</style><rect width="100%" height="100%" fill="#1b1f27" rx="8"/>
<g transform="translate(10, 2)">{backgrounds}{matrix}</g></svg>"""


def run(*command: str | Path) -> str:
    """Run a command in a terminal of so many columns and return what it prints."""
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=True, env=environment)  # noqa: S603
    return done.stdout


def screen(store: Path, ref: str, lang: str) -> None:
    """Draw what `dealer-audit score` prints: its head and the front desk, as far as a screen goes."""
    shown = run(*TOOL, "score", ref, "--store", store, "--lang", lang)
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w"), force_terminal=True)  # noqa: SIM115, PTH123
    console.print(Text.from_ansi("\n".join(shown.splitlines()[:LINES])))
    picture = DOCS / f"score-{lang}.svg"
    picture.write_text(console.export_svg(title="", code_format=SVG, font_aspect_ratio=0.5), encoding="utf-8")
    run("rsvg-convert", "-w", "900", picture, "-o", picture.with_suffix(".png"))
    picture.unlink()


def _placed(found: re.Match[str]) -> str:
    """Give every character its cell; Rich counts characters, and Chinese takes two cells."""
    before, begin, after, text = found.groups()
    places, at = [], float(begin)
    for character in unescape(text):
        places.append(f"{at:.1f}")
        at += CELL * cell_len(character)
    return f'<text{before} x="{" ".join(places)}"{after}>{text}</text>'


class _Quietly:
    """The sample's visit, as far as a share of each of its parts."""

    def __init__(self, lang: Lang, share: float) -> None:
        self.lang, self._share = lang, share

    def say(self, _text: object) -> None:
        """Say nothing."""

    def over(self, things: Sequence[Thing], _label: object) -> Iterable[Thing]:
        """Do the first of them."""
        return things[: math.ceil(len(things) * self._share)]


def visited(place: Path, lang: Lang, share: float) -> None:
    """Play the sample's visit into a store and leave the audit open."""
    from audit.store.store import Store
    from tui.demo import AUDITORS, sample_audit
    from tui.demo_steps import visit
    from tui.opening import writer

    with Store.open(str(place), create=True) as store:
        visit(_Quietly(lang, share), sample_audit(store, writer(AUDITORS[0].of(lang)), lang))


async def pages(folder: Path, ref: str, lang: Lang) -> dict[str, str]:
    """Return drawings of the main pages as they stand in a terminal of 120 x 36, by the names of their pictures."""
    from tui.app import AuditApp

    drawings = {}
    for mode, (store, keys) in PAGES.items():
        app = AuditApp(lang, store=str(folder / f"{store}.db"), ref=ref)
        async with app.run_test(size=PAGE) as pilot:
            await pilot.pause(2)
            await app.action_page(mode)
            await pilot.pause(1)
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.5)
            drawn = app.export_screenshot(title="", simplify=True)
        drawn = re.sub(r'<text([^>]*?) x="([^"]+)"([^>]*)>([^<]*)</text>', _placed, drawn)
        drawn = re.sub(r' textLength="[^"]+"', "", drawn)
        drawings[f"page-{mode}-{lang}.png"] = re.sub(r"font-family:[^;]+;", f"font-family: {FONT};", drawn)
    return drawings


def photograph(drawings: dict[str, str]) -> None:
    """Let Chromium draw them: it alone keeps to the length a text is given, so that columns of Chinese stand."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1240, "height": 800})
        for name, drawing in drawings.items():
            page.set_content(f'<body style="margin: 0; width: 1240px">{drawing}</body>')
            page.locator("svg").screenshot(path=DOCS / name, omit_background=True)
        browser.close()


def report(workbook: Path, lang: str, folder: Path) -> None:
    """Draw the first page of the report."""
    run("soffice", "--headless", f"-env:UserInstallation={folder.as_uri()}/office", "--convert-to", "pdf", "--outdir", folder, workbook)  # fmt: skip  # noqa: E501
    run("pdftoppm", "-r", "90", "-png", "-singlefile", folder / f"{workbook.stem}.pdf", DOCS / f"report-{lang}")


def main() -> None:
    """Make them all."""
    missing = [name for name in ("soffice", "pdftoppm", "rsvg-convert", "chromium") if shutil.which(name) is None]
    if missing:
        sys.exit("Not here: " + ", ".join(missing))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["COLORTERM"] = "truecolor"
        langs: tuple[Lang, ...] = ("zh", "en")
        for lang in langs:
            place = folder / lang
            run(*TOOL, "demo", "--to", place, "--lang", lang)
            workbook = next(place.glob(f"*-{lang}.xlsx"))
            ref = workbook.stem.removesuffix(f"-{lang}")
            visited(place / "half.db", lang, 0.6)
            visited(place / "visited.db", lang, 1)
            screen(place / "demo.db", ref, lang)
            report(workbook, lang, folder)
            photograph(asyncio.run(pages(place, ref, lang)))


if __name__ == "__main__":
    main()
