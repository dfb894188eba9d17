"""Checklists for the booklet's tests, and what stands in each of its three forms."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reports.booklet.html import booklet_html
from reports.booklet.markdown import booklet_markdown
from reports.booklet.sheets import booklet_bytes
from tests.builders import checklist, department, item, section, text

if TYPE_CHECKING:
    from checklists.model import Checklist
    from checklists.text import Lang
    from reports.booklet.model import Booklet

VOID = frozenset({"meta", "col", "br"})


class Page(HTMLParser):
    """Reads a page strictly: every tag closed in its turn."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)


def book(booklet: Booklet, lang: Lang) -> Any:
    from openpyxl import load_workbook

    return load_workbook(BytesIO(booklet_bytes(booklet, lang)))


def rows(booklet: Booklet, lang: Lang) -> list[list[Any]]:
    """The filled cells of every row of the workbook, read as a stream: openpyxl is slow with merged cells."""
    from openpyxl import load_workbook

    opened = load_workbook(BytesIO(booklet_bytes(booklet, lang)), read_only=True)
    filled = ([c.value for c in row if c.value is not None] for sheet in opened for row in sheet.iter_rows())
    return [row for row in filled if row]


def unescaped(markdown: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", re.sub(r"(?<=\d)\\(?=[.)])", "", markdown))


def shown(booklet: Booklet, lang: Lang) -> dict[str, str]:
    """All the text in each form, in one piece."""
    cells = "\n".join(str(cell) for row in rows(booklet, lang) for cell in row)
    return {
        "xlsx": cells,
        "md": unescaped(booklet_markdown(booklet, lang)),
        "html": "\n".join(Page(booklet_html(booklet, lang)).texts),
    }


def named(word: str) -> dict[str, Any]:
    return {"name": text(word)}


def every_kind(**more: Any) -> Checklist:
    """A checklist with an item of every rule, two places, two methods, and everything that may stand behind them."""
    two = {"place": "desk", "method": "records"}
    faults = [
        {"id": "late", "name": text("late delivery"), "points": "2.5"},
        {
            "id": "short",
            "name": text("short count"),
            "unit": "%",
            "steps": {"start": "100", "per": "1", "take": "3", "count": "started"},
        },
    ]
    bands = [{"to": "2", "give": "0"}, {"from": "2", "to": "4", "give": "1.5"}, {"from": "4", "give": "3"}]
    anchors = (text("none of it"), text("all of it"))
    return checklist(
        department(
            "front",
            section(
                "M1",
                item(
                    "A1", 3, {"kind": "levels", "shares": ["0", "1/3", "1"]}, anchors=[text("a"), text("b"), text("c")]
                ),
                item("A2", 4, {"kind": "yes_no"}, anchors=anchors, critical={}, **two),
                item(
                    "A3", 7, {"kind": "sample", "zero_at": "0.5", "full_at": "1"}, set="orders", anchors=anchors, **two
                ),
                item(
                    "A4", 4, {"kind": "sample", "size": 3}, anchors=anchors, causes=[text("cause 1"), text("cause 2")]
                ),
            ),
            section("M2", item("A5", 10, {"kind": "deduct", "faults": faults}, tags=["5s", "legal"])),
        ),
        department(
            "shop",
            section(
                "W1",
                item("B1", 6, {"kind": "measure", "unit": "%", "zero_at": "75", "full_at": "90"}, kpi="K1", **two),
                item("B2", 3, {"kind": "measure", "unit": text("turns"), "bands": bands}, place="desk"),
                item("B3", 6, {"kind": "sample"}, not_applicable=text("no body shop"), requires=["body-shop"]),
                item("B4", 6, {"kind": "levels", "top": 3, "observations": 2}),
            ),
        ),
        **{
            "places": {"desk": named("desk"), "bays": named("bays")},
            "methods": {"walk": named("walk"), "records": named("records")},
            "sample_sets": {"orders": {**named("orders"), "size": 4, "period": text("March"), "drawn": text("all")}},
            "guides": {"manager": [_question("Q1", must=True), _question("Q2")]},
            "kpi_categories": {"c": {**named("category"), "department": "shop"}},
            "kpis": {"K1": KPI},
            "directions": {"A": DIRECTION},
            "bonus": [BONUS],
            "bonus_cap": "8",
            **more,
        },
    )


def _question(name: str, *, must: bool = False) -> dict[str, Any]:
    return {"id": name, "must": must, "ask": text(f"ask {name}"), "good": text(f"good {name}"), "items": ["A1", "B1"]}


KPI: dict[str, Any] = {
    **named("fill rate"),
    "formula": text("filled by asked"),
    "unit": "%",
    "better": "higher",
    "category": "c",
    "department": "shop",
    "value": "ratio",
    "series": {"f": {"name": text("filled"), "months": 3}, "a": {"name": text("asked"), "months": 3}},
    "pass_level": {"value": "80"},
    "target": {"value": "95", "of": "plan"},
    "direction": "A",
}
DIRECTION: dict[str, Any] = {
    **named("direction A"),
    "cures": text("what it cures"),
    "first_step": text("the first step"),
    "effect": text("the effect"),
    "steps": [{"do": text("do this"), "role": "manager", "days": "7"}],
    "training": text("the training"),
    "proof": text("the proof"),
    "moves": [{"kpi": "K1", "by": "5"}],
    "effort_days": "2.5",
    "suits": text("whom it suits"),
}
BONUS: dict[str, Any] = {
    "id": "X1",
    "statement": text("praise"),
    "points": "5",
    "rule": {"kind": "bonus", "merits": [{"id": "praise", "name": text("praise by phone"), "points": "5"}]},
}
