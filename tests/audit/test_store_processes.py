"""Several processes on one file, and processes that die.

Run as a program, this module is one of these processes: a fresh one without threads, which may fork.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from audit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ANSWERS = 300
KILLS = 200
AT_ONCE = 4


def start(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", __file__, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(*processes: subprocess.Popen[str]) -> list[str]:
    """Return what they printed; a process that says anything on stderr or hangs fails the test."""
    printed = []
    try:
        for process in processes:
            out, err = process.communicate(timeout=60)
            assert (process.returncode, err) == (0, "")
            printed.append(out)
    finally:
        for process in processes:
            process.kill()
            process.communicate()
    return printed


def test_two_processes_lose_nothing_and_never_hang(tmp_path: Path) -> None:
    path = str(tmp_path / "store.db")
    with Store.open(path) as store:
        store.create("audit", "s1", "GZ01", [])
        finish(start("append", path, "a"), start("append", path, "b"))
        hashes = [key for key, _ in store.read("s1").entries]
    for name in ("a", "b"):
        assert [key for key in hashes if key.startswith(name)] == [f"{name}{number}" for number in range(ANSWERS)]
    assert len(hashes) == 2 * ANSWERS


def test_a_reader_that_remembers_its_position_misses_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "store.db")
    with Store.open(path) as store:
        store.create("audit", "s1", "GZ01", [])
        writers = start("append", path, "a"), start("append", path, "b")
        seen, position, rounds = [], 0, 0
        while any(writer.poll() is None for writer in writers):
            stored = store.read("s1", position)
            seen += stored.entries
            position = stored.position
            rounds += 1
        finish(*writers)
        seen += store.read("s1", position).entries
        assert seen == store.read("s1").entries
    assert len(seen) == 2 * ANSWERS
    assert rounds > 10


def test_processes_that_open_a_new_store_together_make_it_once(tmp_path: Path) -> None:
    path = str(tmp_path / "store.db")
    finish(*(start("open", path, f"s{number}") for number in range(4)))
    with Store.open(path) as store:
        assert [row.ref for row in store.streams("audit")] == ["GZ01", "GZ01-2", "GZ01-3", "GZ01-4"]
    assert [file.name for file in tmp_path.iterdir()] == ["store.db"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, which this platform does not have")
def test_every_acknowledged_entry_survives_200_kills(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.open(str(path)) as store:
        store.create("audit", "s1", "GZ01", [])
    (printed,) = finish(start("kill", str(path)))
    acknowledged = printed.split()
    with Store.open(str(path), create=False) as store:
        stored = {key for key, _ in store.read("s1").entries}
        store.append("s1", [("afterwards", b"{}")])
    # How many come through between two kills depends on the machine; on a busy one most kills come first.
    assert len(acknowledged) >= KILLS // 10
    assert set(acknowledged) <= stored
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert [file.name for file in tmp_path.iterdir()] == ["store.db"]


# The other processes


def append_answers(path: str, name: str) -> None:
    with Store.open(path) as store:
        for number in range(ANSWERS):
            store.append("s1", [(f"{name}{number}", b"{}")])


def open_and_create(path: str, name: str) -> None:
    with Store.open(path) as store:
        store.create("audit", name, "GZ01", [("h", b"{}")])


def append_until_killed(path: str, name: str, acknowledge: int) -> None:
    with Store.open(path) as store:
        number = 0
        while True:
            store.append("s1", [(f"{name}-{number}", bytes(500))])
            os.write(acknowledge, f"{name}-{number}\n".encode())
            number += 1


def fork_appender(path: str, name: str) -> tuple[int, int]:
    """Return the process id of a child and the end of the pipe on which it acknowledges."""
    reading, acknowledging = os.pipe()
    child = os.fork()
    if child:
        os.close(acknowledging)
        return child, reading
    os.close(reading)
    try:
        append_until_killed(path, name, acknowledging)
    finally:
        os._exit(1)  # only an error leads here, and its lack of acknowledgements shows


def kill_appenders(path: str) -> None:
    """Kill children at random moments, in groups that compete for the file, and print what they acknowledged."""
    chance = random.Random(7)
    for group in range(KILLS // AT_ONCE):
        children = [fork_appender(path, f"{group}.{number}") for number in range(AT_ONCE)]
        for child, reading in children:
            time.sleep(chance.uniform(0.0, 0.04))
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            if not os.WIFSIGNALED(status):
                sys.exit(f"a child of group {group} ended by itself: {status}")
            with os.fdopen(reading) as pipe:
                sys.stdout.write(pipe.read())


if __name__ == "__main__":
    roles: dict[str, Callable[..., None]] = {"append": append_answers, "open": open_and_create, "kill": kill_appenders}
    roles[sys.argv[1]](*sys.argv[2:])
