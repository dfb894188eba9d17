"""The report as a PDF: what it holds goes to typst as data, which lays it out by `report.typ`."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from checklists.text import Text, UserError
from reports.masking import Copy, masked
from reports.pdf import coaching, figures, scores, sources
from reports.pdf.blocks import Words, contents, note
from reports.pdf.first_page import first_page
from reports.pdf.pictograms import said_of
from reports.pdf.visit import visit
from reports.style import Palette
from reports.workbook import Look, put_in_place

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.brand import Brand
    from reports.pdf.blocks import Block

MARK = "dealer-audit report"
"""Stands among the keywords of every report, by which an earlier one is known."""
_FONTS = ("Noto Sans CJK SC", "Libertinus Serif", "DejaVu Sans Mono")
"""The first comes with noto-cjk-sans-otc; the others come with typst, for letters it lacks."""
_MISSING = Text(
    "生成 PDF 需要 typst 和中文字体（约 100 MB），尚未安装：请运行 pip install 'dealer-audit[pdf]'"
    "（在本仓库中为 uv sync --extra pdf）",
    "A PDF needs typst and a Chinese font (some 100 MB), which are not installed: run pip install 'dealer-audit[pdf]' "
    "(in this repository: uv sync --extra pdf)",
)
_FAILED = Text("无法生成 PDF：{why}", "The PDF could not be made: {why}")
_TITLE = Text("{title}：{name}", "{title}: {name}")
_PAGE = Text("第 {page} 页，共 {pages} 页", "Page {page} of {pages}")
_SIZE, _BOTH_SIZE = 8.2, 7.6
"""Points of the letters."""
_COVER = {"zh": (9.6, 4.6, 22.0), "en": (9.2, 4.0, 20.0), "both": (7.8, 2.8, 14.0)}
"""Of the first page: points of the letters, of the room in cells, and mm to sign in."""
_STEPS = 4


class PdfMissing(UserError):
    """What makes PDFs is not installed."""


class PdfNotMade(UserError):
    """The PDF could not be laid out."""


def write_pdf(summary: AuditSummary, path: Path, lang: ReportLang, look: Look | None = None) -> None:
    """Write the report of an audit as a PDF; until the new one is complete an older one stays.

    Raises:
        PdfMissing: when typst or the font is not installed.
        UserError: when the file cannot be written (see `reports.workbook.put_in_place`).
    """
    put_in_place(pdf_bytes(summary, lang, look=look), path)


def pdf_bytes(
    summary: AuditSummary,
    lang: ReportLang,
    tell: Callable[[int, int], None] | None = None,
    look: Look | None = None,
) -> bytes:
    """Return the report as the bytes of a PDF; the same summary gives the same pages.

    Args:
        summary: what it shows.
        lang: language of the report.
        tell: told after each step how many of how many are done.
        look: for whom it is; None for the dealership's own copy.

    Raises:
        PdfMissing: when typst or the font is not installed.
        PdfNotMade: when typst refuses what it is given.
    """
    font = _font_folder()
    look = look or Look()
    if look.copy is Copy.HEADQUARTERS:
        summary = masked(summary, lang)
    _say(tell, 1)
    with TemporaryDirectory(prefix="dealer-audit-") as place:
        folder = Path(place)
        _write_inputs(folder, summary, lang, look.brand)
        _say(tell, 2)
        body = _compiled(folder, font)
    _say(tell, _STEPS)
    return body


def _compiled(folder: Path, font: Path) -> bytes:
    import typst

    try:
        made = typst.compile(
            str(folder / "report.typ"),
            root=str(folder),
            font_paths=[str(font)],
            ignore_system_fonts=True,
            timestamp=0,
            pdf_tags=False,
        )
    except typst.TypstError as error:
        raise PdfNotMade(_FAILED.format(why=str(error))) from error
    assert isinstance(made, bytes)  # noqa: S101 - one document, no output file
    return made


def _write_inputs(folder: Path, summary: AuditSummary, lang: ReportLang, brand: Brand) -> None:
    """Put the layout, the data and the pictures side by side, where typst alone may read."""
    pictures: dict[str, str] = {}
    data = document_of(summary, lang, brand, pictures)
    if brand.logo is not None:
        name = "logo.png" if brand.logo.startswith(b"\x89PNG") else "logo.jpg"
        (folder / name).write_bytes(brand.logo)
        data["parts"][0]["blocks"][0]["logo"] = name
    for file, name in pictures.items():
        (folder / name).write_bytes(summary.thumbnails[file])
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    (folder / "report.typ").write_bytes(Path(__file__).with_name("report.typ").read_bytes())


def document_of(summary: AuditSummary, lang: ReportLang, brand: Brand, pictures: dict[str, str]) -> Block:
    """Return the whole report as data.

    Args:
        summary: what it shows.
        lang: language of the report.
        brand: whose look it has.
        pictures: gets the names the pictures are to stand under, by file hash.
    """
    words = Words(lang)
    size, inset, room = _COVER[lang]
    title = words.line(_TITLE.format(title=summary.checklist.title, name=summary.dealer))
    return {
        "title": title,
        "authors": [words.line(name) for name in summary.auditors],
        "keywords": [MARK, summary.ref],
        "lang": "en" if lang == "en" else "zh",
        "region": None if lang == "en" else "cn",
        "fonts": list(_FONTS),
        "size": _BOTH_SIZE if lang == "both" else _SIZE,
        "cover": size,
        "cover_inset": inset,
        "sign_room": room,
        "colours": _colours(brand),
        "footer": {
            "left": f"{words.line(_one_of(summary.dealer, lang))}  {words.line(summary.ref)}",
            "middle": words.line(brand.footer),
            "page": words.line(_PAGE),
        },
        "parts": _parts(summary, words, pictures),
    }


def _parts(summary: AuditSummary, words: Words, pictures: dict[str, str]) -> list[Block]:
    """Return the pages, upright and across; those of a follow-up visit are its own."""
    if summary.follow_up is not None:
        pages = [*visit(summary, summary.follow_up, words), *sources.evidence(summary, words, pictures)]
        return [{"flipped": True, "blocks": [*pages, *(note(words, said) for said in said_of(words.left_out))]}]
    about = sources.about(summary, words)
    upright = [contents(words), *figures.charts_of(summary, words), *scores.evaluation(summary, words)]
    chapters: tuple[tuple[list[Block], bool], ...] = (
        (scores.items(summary, words), True),
        (scores.weak_items(summary, words), True),
        (coaching.directions(summary, words), bool(summary.effects)),
        (coaching.effects(summary, words), True),
        (sources.kpis(summary, words), False),
        (sources.interviews(summary, words), False),
        (sources.sampled(summary, words), False),
        (sources.evidence(summary, words, pictures), False),
        (sources.objections(summary, words), False),
        (coaching.plan(summary, words), False),
    )
    # Short chapters go on where the one before ends; the first stands on a new sheet of paper as it is.
    across = [b for chapter, opens in chapters if chapter for b in ([_BREAK] if opens else []) + chapter]
    across = across[1:] if across[:1] == [_BREAK] else across
    return [
        {"flipped": False, "blocks": [first_page(summary, words)]},
        {"flipped": False, "blocks": upright},
        {"flipped": True, "blocks": across},
        {"flipped": False, "blocks": [*about, *(note(words, said) for said in said_of(words.left_out))]},
    ]


_BREAK: dict[str, Any] = {"kind": "break"}


def _colours(brand: Brand) -> dict[str, str]:
    named = {colour.name.lower(): colour.value for colour in Palette}
    return named | {"main": brand.main, "band": brand.band, "bars": brand.bars, "needed": Palette.NEEDED_BAR.value}


def _one_of(name: Text, lang: ReportLang) -> str:
    """Return a name in one language, for the foot of a page."""
    return name.of("zh" if lang == "both" else lang) or name.zh


def _font_folder() -> Path:
    """Return the folder of the Chinese font."""
    from importlib.util import find_spec

    found = find_spec("noto_cjk_sans_otc")
    if found is None or not found.submodule_search_locations or find_spec("typst") is None:
        raise PdfMissing(_MISSING)
    return Path(next(iter(found.submodule_search_locations)))


def _say(tell: Callable[[int, int], None] | None, done: int) -> None:
    if tell is not None:
        tell(done, _STEPS)
