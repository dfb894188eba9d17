"""Prints how long it takes from a key to its answer saved and painted; run it with `uv run python -m tests.bench.keys`.

An audit of 1,000 items is scored in the real screens, 80x24 and 120x40: the clock runs from the key's arrival until the
answer is on disk and everything that changed has been handed to the terminal.  On a machine with other work the time of
the processor says more.  Nothing is asserted: machines differ.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from audit.dealers import Dealer
from audit.journal import Author
from audit.session import AuditSession
from audit.store.store import Store
from tests.bench.bench import show
from tests.builders import checklist, department, item, section, text
from tui.app import AuditApp
from tui.screens.score_place import ItemPage

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from checklists.model import Checklist

ITEMS = 1000
SIZES = ((80, 24), (120, 40))
FULL, BELOW = "5", "3"
"""A key that gives full marks, and one that loses points."""


def large(items: int) -> Checklist:
    """Twenty sections of items with anchors and causes as long as those of the trade."""
    anchors = [text(f"what is found at level {n}, in so many words that it takes two lines") for n in range(6)]
    causes = [text(f"usual cause {n}") for n in range(1, 7)]
    parts = (
        section(f"S{s}", *(item(f"I{s}-{n}", anchors=anchors, causes=causes) for n in range(items // 20)))
        for s in range(20)
    )
    return checklist(department("D", *parts))


def begin(place: Path, items: int) -> None:
    dealer, li = Dealer(code="B1", name_en="Bench"), Author("Li", "bench")
    with Store.open(str(place), create=True) as store:
        AuditSession.create(store, large(items), dealer, li, {"date": "2026-05-12"})


async def settled(app: AuditApp, pilot: Pilot[None]) -> ItemPage:
    """Wait until the audit is in view."""
    while not (isinstance(app.screen, ItemPage) and app.screen.is_ready):
        await pilot.pause(0.05)
    await pilot.pause(0.2)
    return app.screen


async def pressed(app: AuditApp, key: str) -> tuple[float, float]:
    """Press a key; return the milliseconds until its answer is saved and painted, and those the processor worked.

    A key that answers is handled to its end, the answer on disk, before the application takes anything else from its
    queue; what is called after the refresh that follows, is called when the terminal has been written to.
    """
    saved, painted = asyncio.Event(), asyncio.Event()
    begun, worked = time.perf_counter(), time.process_time()
    app.simulate_key(key)
    app.call_later(saved.set)
    await saved.wait()
    app.screen.call_after_refresh(painted.set)
    await painted.wait()
    return (time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000


async def measure(store: Path, size: tuple[int, int], keys: int) -> None:
    app = AuditApp("zh", store=str(store), person="Li", ref="B1")
    async with app.run_test(size=size) as pilot:
        await settled(app, pilot)
        full, below = [], []
        for n in range(keys):
            if n % 4 < 3:
                full.append(await pressed(app, FULL))
            else:
                below.append(await pressed(app, BELOW))
                await pilot.press("enter")
            await asyncio.sleep(0.02)
        for what, times in (("full marks", full), ("points lost", below)):
            show(f"{size[0]}x{size[1]} {what}: key to saved and painted", sorted(wall for wall, _ in times))
            show(f"{size[0]}x{size[1]} {what}: processor time of that", sorted(cpu for _, cpu in times))


def main() -> None:
    """Measure."""
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    print(f"{ITEMS} items{'':<48}{'p50 ms':>10}{'p99 ms':>10}{'runs':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for n, size in enumerate(SIZES):
            store = Path(folder) / f"{n}.db"
            begin(store, ITEMS)
            asyncio.run(measure(store, size, keys))


if __name__ == "__main__":
    main()
