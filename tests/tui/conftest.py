"""A person at the command line, with a home of their own."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tui.cli import app

CHECKLIST = """\
id: small
version: "1"
title: {zh: 小表, en: Small}
assesses: {zh: 前台, en: the front desk}
total: 40
pass: 70 %
methods: {walk: {zh: 巡视, en: Walk}}
places: {desk: {zh: 前台, en: Desk}}
roles: {advisor: {zh: 顾问, en: Advisor}}
directions:
  A: {name: {zh: 流程, en: Process}, cures: {zh: 乱, en: D}, first_step: {zh: 学, en: L}, effect: {zh: 好, en: O}}
departments:
  - id: front
    name: {zh: 前台, en: Front}
    points: 30
    sections:
      - id: S1
        name: {zh: 流程, en: Process}
        points: 30
        items:
          - {id: A1, statement: {zh: 甲好, en: A1 is right}, weak: {zh: 甲差, en: "A1 [bold]is[/] weak"},
             evidence: {zh: 看, en: look}, points: 10, rule: {kind: levels, top: 5},
             method: walk, place: desk, owner: advisor, direction: A}
          - {id: A2, statement: {zh: 乙好, en: A2 is right}, weak: {zh: 乙差, en: A2 is weak},
             evidence: {zh: 看, en: look}, points: 10, rule: {kind: sample, size: 10},
             method: walk, place: desk, owner: advisor, direction: A}
          - {id: A3, statement: {zh: 丙好, en: A3 is right}, weak: {zh: 丙差, en: A3 is weak},
             evidence: {zh: 看, en: look}, points: 10, method: walk, place: desk, owner: advisor, direction: A,
             rule: {kind: deduct, faults: [{id: late, name: {zh: 迟, en: Late}, points: 4}]}}
  - id: shop
    name: {zh: 车间, en: Workshop}
    points: 10
    sections:
      - id: S2
        name: {zh: 维修, en: Repair}
        points: 10
        items:
          - {id: B1, statement: {zh: 丁好, en: B1 is right}, weak: {zh: 丁差, en: B1 is weak},
             evidence: {zh: 看, en: look}, points: 6, rule: {kind: yes_no},
             method: walk, place: desk, owner: advisor, direction: A}
          - {id: B2, statement: {zh: 戊好, en: B2 is right}, weak: {zh: 戊差, en: B2 is weak}, requires: [ev],
             evidence: {zh: 看, en: look}, points: 4, rule: {kind: yes_no},
             method: walk, place: desk, owner: advisor, direction: A}
"""
"""Five items of all kinds; A1's finding looks like markup."""


@dataclass(frozen=True)
class Done:
    """What a command left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Person:
    """Types commands; every call is a process's worth: nothing is kept in memory between two."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.store = home / "audits.db"
        self.checklist = home / "small.yaml"
        self.checklist.write_text(CHECKLIST, "utf-8")

    def __call__(self, *args: str, lang: str = "en") -> Done:
        """Run a command as it is."""
        typed = [*args] if "--lang" in args or not lang else [*args, "--lang", lang]
        result = CliRunner().invoke(app, typed)
        assert "Traceback" not in result.output
        return Done(result.exit_code, result.stdout, result.stderr)

    def on_store(self, *args: str, lang: str = "en") -> Done:
        """Run a command on this person's store."""
        return self(*args, "--store", str(self.store), lang=lang)

    def well(self, *args: str, lang: str = "en") -> Done:
        """Run a command on the store that must succeed."""
        done = self.on_store(*args, lang=lang)
        assert done.code == 0, done.err
        return done

    def begin(self, *more: str) -> str:
        """Begin an audit with the small checklist; returns its reference."""
        args = ["--dealer", "D1", "--name", "一号店", "--date", "2026-05-12", "--checklist", str(self.checklist)]
        return self.well("audit", "new", *args, *more).out.strip()

    def complete(self, ref: str) -> None:
        """Answer everything."""
        for item, value in {"A1": "3", "A2": "7/10", "A3": "late=1@bay 3", "B1": "y", "B2": "n"}.items():
            self.well("audit", "answer", ref, item, value)

    def sign(self, ref: str) -> str:
        """Sign; returns the seal."""
        signed = self.well("audit", "sign", ref, "--auditor", "Li", "--dealer-representative", "Chen")
        return signed.out.strip()

    def late_answer(self, ref: str) -> str:
        """Let an answer to A1 arrive from another laptop that had not seen the signature; returns its entry."""
        from audit.journal import Author
        from audit.session import AuditSession
        from audit.store.store import Store
        from audit.writing import chained, rows_of

        with Store.open(str(self.store)) as store:
            session = AuditSession.open(store, ref, Author("Wang", "laptop-2"))
            [seal] = session.journal.current("seal")
            before = session.journal.within(session.journal.ancestors(seal) - {seal})
            answer = ("answer", "item:A1", {"state": "answered", "value": "5"})
            [late] = chained([answer], session.author, before.heads, before)
            store.append(session.own_id, rows_of([late]))
        return late.hash

    def file(self, name: str, text: str) -> str:
        """Write a file and return its path."""
        path = self.home / name
        path.write_text(text, "utf-8")
        return str(path)


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees the developer's own settings, store or language."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared_cache))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "DEALER_AUDIT_STORE", "DEALER_AUDIT_CHECKLISTS"):
        monkeypatch.delenv(name, raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "FORCE_COLOR", "COLUMNS", "UV_RUN_RECURSION_DEPTH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def person(home: Path) -> Person:
    return Person(home)


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> Path:
    """Play the sample once; tests copy its folder."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    env = {"HOME": str(folder.parent), "XDG_CACHE_HOME": str(shared_cache), "XDG_CONFIG_HOME": None}
    done = CliRunner().invoke(app, ["demo", "--to", str(folder), "--lang", "en"], env=env)
    assert done.exit_code == 0, done.stderr
    (folder.parent / "screen.txt").write_text(done.stdout, "utf-8")
    return folder


@pytest.fixture
def demo(finished_demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished_demo, tmp_path / "demo"))
