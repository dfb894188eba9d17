"""A checklist with every kind of rule, and audits of it under Pilot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.dealers import Dealer
from audit.journal import Author
from audit.session import AuditSession
from audit.store.store import Store
from tests.builders import checklist, department, item, section, text
from tests.kpi_samples import kpi, series
from tui.app import AuditApp
from tui.screens.score import ScorePage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from checklists.model import Checklist
    from checklists.text import Lang

SMALL, WIDE = (80, 24), (120, 40)
LI = Author("李", "laptop-1")
REF = "D1-2026-05-12"
CAUSES = [text("cause one [/] [x]"), text("cause two"), text("cause three")]
DEDUCT = {
    "kind": "deduct",
    "faults": [
        {"id": "late", "name": text("late"), "points": "2"},
        {"id": "dirty", "name": text("dirty"), "points": "1"},
        {
            "id": "cold",
            "name": text("cold"),
            "steps": {"start": "0", "per": "1", "take": "1", "better": "lower"},
            "unit": "℃",
        },
    ],
}
ANCHORS = [text(f"anchor {n}") for n in range(6)]


def of_all_kinds() -> Checklist:
    """Two sections and two places: levels, yes-no, observations, a sample, a measure, faults, a set, a KPI, a bonus."""
    named: dict[str, Any] = {"causes": CAUSES}
    front = section(
        "S1",
        item("L1", anchors=ANCHORS, **named),
        item("Y1", rule={"kind": "yes_no"}, anchors=ANCHORS[:2], place="lobby", **named),
        item("O1", rule={"kind": "levels", "top": 2, "observations": 3}, **named),
        item("P1", rule={"kind": "sample", "size": 10}, **named),
        item("M1", rule=_line("%", "60", "90"), **named),
    )
    back = section(
        "S2",
        item("F1", rule=DEDUCT, **named),
        item("R1", rule={"kind": "sample"}, set="orders", place="lobby", **named),
        item("K1", rule=_line("%", "60", "90"), kpi="K01", **named),
        item("Y2", rule={"kind": "yes_no"}, **named),
    )
    return checklist(
        department("D", front),
        department("E", back),
        places={"bays": {"name": text("bays")}, "lobby": {"name": text("lobby")}},
        sample_sets={"orders": {"name": text("orders"), "size": 3, "period": text("May"), "drawn": text("the list")}},
        kpis={"K01": kpi("Show rate", "last", "%", {"rate": series("Rate", 1)}, pass_level={"value": "80"})},
        kpi_categories={"booking": {"name": text("Booking"), "department": "D"}},
        bonus=[{"id": "B1", "statement": text("praise"), "points": "5", "rule": _PRAISE}],
        bonus_cap="5",
    )


def _line(unit: str, zero: str, full: str) -> dict[str, Any]:
    return {"kind": "measure", "unit": unit, "zero_at": zero, "full_at": full}


_PRAISE = {"kind": "bonus", "merits": [{"id": "letter", "name": text("letter"), "points": "1"}]}


def begin(store: Path, asked: Checklist | None = None, **details: Any) -> str:
    """Begin an audit; returns its reference."""
    with Store.open(str(store), create=True) as opened:
        dealer = Dealer(code="D1", name_zh="一号[/]店", name_en="No. 1 [x]")
        session = AuditSession.create(opened, asked or of_all_kinds(), dealer, LI, {"date": "2026-05-12", **details})
        return session.ref


def others(store: Path, ref: str, item_id: str, value: str, person: str = "王") -> None:
    """Answer an item on another device, having seen what is there."""
    with Store.open(str(store)) as opened:
        AuditSession.open(opened, ref, Author(person, "laptop-2")).answer(item_id, value)


def application(store: Path, ref: str, lang: Lang = "en") -> AuditApp:
    """An application of 李's on the store, with the audit to open."""
    return AuditApp(lang, store=str(store), person=LI.person, ref=ref)


async def in_view(pilot: Pilot[None]) -> ScorePage:
    """Wait until the audit is in view; returns the page."""
    for _ in range(200):
        page = pilot.app.screen
        if isinstance(page, ScorePage) and page.is_ready:
            await pilot.pause(0.1)
            return page
        await pilot.pause(0.05)
    msg = "the Score page did not come"
    raise AssertionError(msg)


def answered(page: ScorePage, item_id: str) -> tuple[str, str, str]:
    """Return an item's state, value and reason as last seen."""
    answer = page.seen.state.answer(item_id)
    return str(answer.state), answer.value, answer.reason


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each when the one before has done its work."""
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


async def at(pilot: Pilot[None], page: ScorePage, item: str) -> None:
    """Stand on an item."""
    page.move_to(item)
    await pilot.pause()


async def until(pilot: Pilot[None], come: Callable[[], object]) -> None:
    """Wait for what another window wrote: the application looks every two seconds."""
    for _ in range(150):
        if come():
            break
        await pilot.pause(0.1)
    await pilot.pause(0.1)


def on_disk(store: Path, ref: str, item: str) -> str:
    """Return an answer as another process would read it."""
    with Store.open(str(store)) as opened:
        return AuditSession.open(opened, ref, LI).state.answer(item).value
