"""Prints how long the main operations take here; run it with `uv run python -m tests.bench.bench`.

Nothing is asserted: machines differ.  Compare the figures of one run with one another, and ratios between runs.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from audit.dealers import Dealer
from audit.journal import Author
from audit.listing import list_audits
from audit.scoring import Memo, score
from audit.session import AuditSession, Typed
from audit.store.store import Store
from audit.summary import summarize
from checklists.canonical import from_store
from checklists.catalog import load
from checklists.compile import compile_folder
from checklists.rules import Deduct, Levels, Measure, Sample
from reports.brand import DEFAULT_BRAND
from reports.pdf import document
from reports.workbook import write_report
from tests.bench.bare import play_calls, recorded_calls
from tests.builders import checklist, department, item, section, state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from audit.summary import AuditSummary
    from checklists.model import Checklist

DEALERSHIP = Path(__file__).parents[2] / "checklists" / "data" / "dealership"
LI = Author("Li", "bench")


def timed(work: Callable[[], object], runs: int) -> list[float]:
    """Milliseconds of each run, sorted, after one run that does not count."""
    work()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1000)
    return sorted(times)


def show(what: str, times: list[float]) -> None:
    p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
    print(f"{what:<58}{statistics.median(times):>10.2f}{p99:>10.2f}{len(times):>7}")


def any_answer(asked: Checklist, item_id: str) -> str:
    """A valid middling answer for an item."""
    rule = asked.items[item_id].rule
    if isinstance(rule, Levels):
        return "1"
    if isinstance(rule, Sample):
        return "8/10"
    if isinstance(rule, Measure):
        return "80/100" if rule.of_plan else "80"
    if isinstance(rule, Deduct):
        return f"{rule.faults[0].id}=1@A-3"
    return "y"


def large(items: int) -> Checklist:
    parts = (section(f"S{s}", *(item(f"I{s}-{n}") for n in range(items // 20))) for s in range(20))
    return checklist(department("D", *parts))


def bench_checklist() -> Checklist:
    dealership = load("dealership")
    show("dealership from YAML", timed(lambda: compile_folder(DEALERSHIP), 9))
    show("dealership from its canonical copy", timed(lambda: from_store(dealership.canonical, dealership.hash), 9))
    return dealership


def bench_score(dealership: Checklist) -> None:
    for asked, name in ((dealership, "200"), (large(1000), "1,000")):
        answers = {item_id: any_answer(asked, item_id) for item_id in asked.items}
        answered = state(asked, answers)
        memo = Memo()
        show(f"score() of {name} items", timed(partial(score, asked, answered), 30))
        show(f"score() of {name} items, points kept", timed(partial(score, asked, answered, memo), 30))


def bench_answers(place: Path, dealership: Checklist) -> None:
    dealer = Dealer(code="B1", name_en="Bench")
    for asked, name in ((dealership, "200"), (large(1000), "1,000")):
        with Store.open(str(place / f"{len(asked.items)}.db")) as store:
            session = AuditSession.create(store, asked, dealer, LI, {"date": "2026-05-12"})
            ids = cycle(asked.items)
            show(f"one answer of {name} to disk and scored", timed(partial(_one_answer, session, ids), 400))
            show(f"open an audit of {name} with 400 entries", timed(partial(AuditSession.open, store, "B1", LI), 5))
            for do, what in (
                (partial(_flag, session, ids), "one flag"),
                (session.undo, "undo"),
                (session.redo, "redo"),
            ):
                show(f"{what} of {name} to disk and scored", timed(partial(_and_score, session, do), 50))
            show(f"looking for news of {name}, none there", timed(session.refresh, 200))


def _one_answer(session: AuditSession, ids: Iterator[str]) -> None:
    item_id = next(ids)
    session.answer(item_id, any_answer(session.checklist, item_id), reason="seen on site")
    _ = session.scorecard.total


def _flag(session: AuditSession, ids: Iterator[str]) -> None:
    item_id = next(ids)
    session.flag(item_id, item_id not in session.state.flags)


def _and_score(session: AuditSession, do: Callable[[], object]) -> None:
    do()
    _ = session.scorecard.total


def bench_list(place: Path, dealership: Checklist) -> None:
    with Store.open(str(place / "list.db")) as store:
        for number in range(20):
            dealer = Dealer(code=f"L{number}", name_en="L")
            session = AuditSession.create(store, dealership, dealer, LI, {"date": "2026-05-12"})
            session.record([Typed(i, any_answer(dealership, i), "a reason") for i in dealership.items])
            if number >= 10:
                session.sign("Li", "Chen")
            if number in {9, 19}:
                show(f"list of {number + 1} audits, {number // 10 * 10} signed", timed(partial(list_audits, store), 5))


def bench_report(place: Path, dealership: Checklist) -> None:
    with Store.open(str(place / "report.db")) as store:
        session = AuditSession.create(store, dealership, Dealer(code="R1", name_en="R"), LI, {"date": "2026-05-12"})
        for item_id in dealership.items:
            session.answer(item_id, any_answer(dealership, item_id), reason="a reason of usual length, RO-2291")
        summary = summarize(session)
    target, bare = place / "report.xlsx", place / "bare.xlsx"
    with recorded_calls() as calls:
        write_report(summary, target, "zh")
    ours = timed(lambda: write_report(summary, target, "zh"), 7)
    pair = timed(lambda: play_calls(calls, bare), 7)
    show("report of one audit", ours)
    show("the same calls of the writer and nothing else", pair)
    print(f"{'ratio report / bare writer':<58}{statistics.median(ours) / statistics.median(pair):>10.2f}")
    bench_pdf(place, summary)


def bench_pdf(place: Path, summary: AuditSummary) -> None:
    """The PDF beside typst alone, which is given the same layout and the same data."""
    inputs = place / "typst"
    inputs.mkdir()
    document._write_inputs(inputs, summary, "zh", DEFAULT_BRAND)
    font = document._font_folder()
    ours = timed(lambda: document.pdf_bytes(summary, "zh"), 5)
    bare = timed(lambda: document._compiled(inputs, font), 5)
    show("PDF of one audit", ours)
    show("the same layout and data, typst alone", bare)
    print(f"{'ratio PDF / typst':<58}{statistics.median(ours) / statistics.median(bare):>10.2f}")


def bench_start() -> None:
    for arguments in (["-m", "tui.main", "--help"], ["-m", "tui.main", "score", "--help"], ["-c", "pass"]):
        run = partial(subprocess.run, [sys.executable, *arguments], capture_output=True, check=True)
        show("python " + " ".join(arguments), timed(run, 7))


def main() -> None:
    """Run everything."""
    print(f"{'':<58}{'p50 ms':>10}{'p99 ms':>10}{'runs':>7}")
    with tempfile.TemporaryDirectory() as folder:
        dealership = bench_checklist()
        bench_score(dealership)
        bench_answers(Path(folder), dealership)
        bench_list(Path(folder), dealership)
        bench_report(Path(folder), dealership)
    bench_start()


if __name__ == "__main__":
    main()
