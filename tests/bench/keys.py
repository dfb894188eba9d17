"""Prints how long it takes from a key to its answer saved and painted; run it with `uv run python -m tests.bench.keys`.

An audit of 1,000 items is scored in the real screens, 80x24 and 120x40: the clock runs from the key's arrival until the
answer is on disk and everything that changed has been handed to the terminal.  On a machine with other work the time of
the processor (cpu) says more.  Nothing is asserted: machines differ.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from audit.dealers import Dealer
from audit.journal import Author
from audit.session import AuditSession
from audit.store.store import Store
from tests.builders import checklist, department, item, section, text
from tui.app import AuditApp
from tui.screens.score_place import ItemPage

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from checklists.model import Checklist

ITEMS = 1000
SIZES = ((80, 24), (120, 40))
LIMIT = 50.0
"""Milliseconds from a key to saved and painted, at p99."""
FULL, BELOW, CAUSE, DONE = "5", "3", "2", "enter"
"""Full marks; points lost, which asks why; a cause, which is saved at once; on to the next item."""

_WHAT = {FULL: "full marks", BELOW: "points lost, asks why", CAUSE: "a cause picked", DONE: "Enter, next item"}


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
        times: dict[str, list[tuple[float, float]]] = {FULL: [], BELOW: [], CAUSE: [], DONE: []}
        for n in range(keys):
            for key in (FULL,) if n % 2 else (BELOW, CAUSE, DONE):
                times[key].append(await pressed(app, key))
                await asyncio.sleep(0.02)
        for key, taken in times.items():
            tell(f"{size[0]}x{size[1]} {_WHAT[key]}", [wall for wall, _ in taken], [cpu for _, cpu in taken])


def tell(what: str, walls: list[float], cpus: list[float]) -> None:
    """Print a line: by the clock and of the processor, and the clock's p99 as a share of the limit."""
    wall, cpu = (statistics.quantiles(times, n=100) for times in (walls, cpus))
    shown = f"{wall[49]:>9.1f}{wall[98]:>9.1f}{wall[98] / LIMIT:>8.2f}{cpu[49]:>9.1f}{cpu[98]:>9.1f}"
    print(f"{what:<36}{shown}{len(walls):>6}")


def main() -> None:
    """Measure."""
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    heads = f"{'p50':>9}{'p99':>9}{'/limit':>8}{'cpu p50':>9}{'cpu p99':>9}{'runs':>6}"
    print(f"{f'{ITEMS} items, limit {LIMIT:.0f} ms':<36}{heads}")
    with tempfile.TemporaryDirectory() as folder:
        for n, size in enumerate(SIZES):
            store = Path(folder) / f"{n}.db"
            begin(store, ITEMS)
            asyncio.run(measure(store, size, keys))


if __name__ == "__main__":
    main()
