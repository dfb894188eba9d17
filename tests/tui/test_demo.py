"""`demo`: the sample from the first answer to the report, and again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tui.exits import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Person

REF = "SHXX-2026-05-12"


def test_the_front_desk_has_the_seeds_points(demo: Path, person: Person) -> None:
    shape = person("score", REF, "--store", str(demo / "demo.db"), "--json").json
    front = shape["departments"][0]
    assert (front["earned"], front["possible"], front["pass_points"], front["passed"]) == (164, 330, 231, False)
    assert [section["earned"] for section in front["sections"]] == [100, 43, 9, 7, 0, 5]
    assert sum(department["passed"] for department in shape["departments"]) == 1
    assert shape["audit"]["status"] == "signed"
    assert shape["total"]["items"] == 200


def test_what_the_demo_shows(finished_demo: Path) -> None:
    shown = (finished_demo.parent / "screen.txt").read_text("utf-8")
    front = next(line.split() for line in shown.splitlines() if line.startswith("Front desk "))
    assert front[2:5] == ["330", "164", "231"]
    assert "Verdict: Failed" in shown
    assert {path.name for path in finished_demo.iterdir()} == {"demo.db", f"{REF}-zh.xlsx", f"{REF}-en.xlsx"}


def test_again_does_no_harm(demo: Path, person: Person) -> None:
    before = person("audit", "history", REF, "--store", str(demo / "demo.db"), "--json").json
    (demo / "mine.txt").write_text("mine", "utf-8")
    (demo / f"{REF}-zh.xlsx").unlink()
    done = person("demo", "--to", str(demo), lang="zh")
    assert done.code == 0
    assert "重新显示结果" in done.err
    assert person("audit", "history", REF, "--store", str(demo / "demo.db"), "--json").json == before
    assert {path.name for path in demo.iterdir()} == {"demo.db", f"{REF}-zh.xlsx", f"{REF}-en.xlsx", "mine.txt"}


def test_the_commands_it_names_work(demo: Path, person: Person) -> None:
    import shlex

    done = person("demo", "--to", str(demo))
    commands = [shlex.split(line) for line in done.err.splitlines() if line.strip().startswith("dealer-audit ")]
    assert len(commands) >= 5
    for _, *words in commands:
        assert person(*words).code == 0


def test_a_folder_in_the_way_and_a_foreign_store(person: Person) -> None:
    person.file("taken", "a file")
    assert person("demo", "--to", "taken").code == ExitCode.STORE
    folder = person.home / "other"
    folder.mkdir()
    (folder / "demo.db").write_text("not a database, but rather long " * 100, "utf-8")
    assert person("demo", "--to", str(folder)).code == ExitCode.STORE
    assert (folder / "demo.db").read_text("utf-8").startswith("not a database")


def test_a_report_of_somebody_else_is_left_alone(demo: Path, person: Person) -> None:
    (demo / f"{REF}-zh.xlsx").write_text("mine", "utf-8")
    done = person("demo", "--to", str(demo))
    assert done.code == ExitCode.USAGE
    assert (demo / f"{REF}-zh.xlsx").read_text("utf-8") == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to a child")
def test_an_interrupted_demo_goes_on_where_it_stopped(person: Person) -> None:
    store = person.home / "demo" / "demo.db"
    tool = [sys.executable, "-c", "from tui.cli import main; main()"]
    started = subprocess.Popen(
        [*tool, "demo", "--to", "demo", "--lang", "en"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while _recorded(person, store) < 20 and started.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=60)
    assert started.returncode == ExitCode.INTERRUPTED, (out, err)
    assert "Interrupted" in err
    kept = _recorded(person, store)
    assert 20 <= kept < 200
    done = person("demo", "--to", "demo")
    assert done.code == 0
    assert f"{kept} answers are there already" in done.err
    total = person("score", REF, "--store", str(store), "--json").json["total"]
    assert total["items"] == 200


def _recorded(person: Person, store: Path) -> int:
    if not store.exists():
        return 0
    done = person("audit", "history", REF, "--store", str(store), "--json")
    if done.code:
        return 0
    return sum(event["kind"] == "answer" for event in json.loads(done.out)["events"])


def test_no_result_stands_in_the_source() -> None:
    from importlib.resources import files

    source = (files("tui") / "demo.py").read_text("utf-8")
    assert not any(number in source for number in ("164", "330", "231", "1000", "700"))
