"""Time to the first paint: ours against an empty Textual application with a tree of the same size, in the same run.

    uv run python -m tests.bench.first_paint [runs]

Every figure is a fresh process in a terminal of its own, from its start to the moment its first words reach the
terminal; the two take turns, so that whatever else the machine does hits both.  The goal is a ratio of 1.5 at most.
"""

from __future__ import annotations

import os
import pty
import resource
import select
import statistics
import subprocess
import sys
import tempfile
import time

GOAL = 1.5
RUNS = 15
ITEMS = 200
"""Lines of the tree: as many as the packaged checklist has items."""
_PATIENCE = 30.0
_WHERE, _HERE = b"\x1b[6n", b"\x1b[1;2R"
"""A terminal is asked where its cursor is, and says so."""

EMPTY = f"""
from textual.app import App
from textual.screen import Screen
from textual.widgets import Footer, Tree
class Main(Screen):
    AUTO_FOCUS = "#tree"
    def compose(self):
        yield Tree("checklist", id="tree")
        yield Footer()
    def on_mount(self):
        tree = self.query_one("#tree")
        for number in range({ITEMS}):
            tree.root.add_leaf(f"item {{number}}")
        tree.root.expand()
class Empty(App):
    def on_mount(self):
        self.push_screen(Main())
Empty().run()
"""
OURS = "from tui.main import main; main()"


def first_paint(script: str, words: str, home: str) -> tuple[float, float]:
    """Milliseconds, by the clock and of the processor, until a script has written some words; then it is ended."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "HOME": home, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24", "LANG": "zh_CN.UTF-8"}
    env["PYTHONPYCACHEPREFIX"] = f"{home}/compiled"  # as installed: nothing is compiled again
    for name in ("PYTHONDONTWRITEBYTECODE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "DEALER_AUDIT_STORE", "LC_ALL"):
        env.pop(name, None)
    begun = time.perf_counter()
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env) as process:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        os.close(theirs)
        said, wanted = b"", words.encode()
        while wanted not in said:
            left = begun + _PATIENCE - time.perf_counter()
            if left <= 0 or not select.select([ours], [], [], left)[0]:
                process.kill()
                raise RuntimeError(said.decode(errors="replace"))
            try:
                new = os.read(ours, 65536)
            except OSError as error:  # it has ended
                raise RuntimeError(said.decode(errors="replace")) from error
            said += new
            if _WHERE in new:
                os.write(ours, _HERE)
        took = time.perf_counter() - begun
        process.kill()
    os.close(ours)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took * 1000, worked * 1000


def measure(runs: int) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Times of the empty application and of ours, taken in turns after one turn that does not count."""
    empty: list[tuple[float, float]] = []
    ours: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as home:
        for run in range(runs + 1):
            times = first_paint(EMPTY, "item 0", home), first_paint(OURS, "评估列表", home)
            if run:
                empty.append(times[0])
                ours.append(times[1])
    return empty, ours


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    empty, ours = measure(runs)
    print(f"{'':<40}{'best ms':>10}{'median ms':>12}{'worst ms':>10}")
    for kind, what in enumerate(("clock", "processor")):
        times = [sorted(pair[kind] for pair in pairs) for pairs in (empty, ours)]
        for name, taken in zip((f"empty Textual, tree of {ITEMS}", "dealer-audit"), times, strict=True):
            print(f"{f'{name} ({what})':<40}{taken[0]:>10.0f}{statistics.median(taken):>12.0f}{taken[-1]:>10.0f}")
        medians = statistics.median(times[1]) / statistics.median(times[0])
        print(f"ratio of the medians {medians:.2f}, of the best {times[1][0] / times[0][0]:.2f} (goal: at most {GOAL})")


if __name__ == "__main__":
    main()
