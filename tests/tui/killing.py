"""A program that is killed while somebody scores, and what must be left of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.scoring import score
from audit.session import AuditSession
from audit.state import Answer, ItemState
from audit.store.store import Store
from tests.tui.terminal import Terminal
from tui.opening import reader
from tui.screens.score_marks import OPEN, mark_of

if TYPE_CHECKING:
    import random
    from pathlib import Path

_ROW = re.compile(r"^[> ](?P<mark>.)[* ] (?P<item>[A-Z][A-Z0-9-]*\d) ")
"""A row of the list: the cursor, the item's mark, its flag, its id."""
_KEYS = ("x", "x", "5", "3", "y", "n", "tab")
_THEN = (("1",), ("1", "enter", "esc"), ("enter", "esc"), ("1", "2", "enter", "esc"))
"""Answers, and what is pressed after them: causes and reasons; Esc closes what Enter opens on another item."""
_PATIENT = 0.5
"""How often one waits until an answer is shown before the next key."""


def kill_at_random(store: Path, ref: str, chance: random.Random) -> int:
    """Score, kill the program at a random key, and compare what it had acknowledged with the disk and a new program.

    Returns:
        How many answers of this run it had acknowledged; at least one.
    """
    terminal = Terminal("--lang", "en", "--store", str(store), "--ref", ref, "--as", "Li")
    terminal.wait(r"open \d+/\d+")
    terminal.settle()
    before = acknowledged = _marks(terminal)
    terminal.press("esc")  # what was being typed at the kill before stands there again
    terminal.settle()
    terminal.press("tab", "x", "1")
    terminal.wait(r"\d saved")
    for _ in range(chance.randrange(4, 12)):
        terminal.press(chance.choice(_KEYS), *chance.choice(_THEN))
        terminal.settle(0.1) if chance.random() < _PATIENT else terminal.look(chance.random() * 0.4)
        acknowledged = acknowledged | _marks(terminal)
    terminal.kill()
    acknowledged = acknowledged | _marks(terminal)
    with Store.open(str(store)) as opened:
        session = AuditSession.open(opened, ref, reader())
        written = {each.item.id: mark_of(each, session.state)[0] for each in session.scorecard.items}
        for item, mark in acknowledged.items():
            # What was pressed last may be on disk and not on the screen, never the other way round.
            assert mark in {written[item], OPEN[0], *_ever(session, item)}, (item, mark, written[item], terminal.text)
    _compare_with_new(store, ref, written)
    assert acknowledged != before
    return sum(mark not in {OPEN[0], before.get(item)} for item, mark in acknowledged.items())


def _compare_with_new(store: Path, ref: str, written: dict[str, str]) -> None:
    """Open the audit in a new program: what it shows of two sections and what it counts is what is on disk."""
    again = Terminal("--lang", "en", "--store", str(store), "--ref", ref, "--as", "Li")
    still_open = sum(mark == OPEN[0] for mark in written.values())
    again.wait(rf"open {still_open}/{len(written)}")
    again.settle()
    for _ in range(2):
        shown = _marks(again)
        assert shown
        assert shown == {item: written[item] for item in shown}, again.text
        again.press("left")
        again.settle()
    again.kill()


def _marks(terminal: Terminal) -> dict[str, str]:
    """Return the marks in view by item, but for the row that is being drawn."""
    rows = terminal.text.split("\n")
    found = (_ROW.match(row) for n, row in enumerate(rows) if n != terminal.row)
    return {row["item"]: row["mark"] for row in found if row is not None}


def _ever(session: AuditSession, item: str) -> set[str]:
    """Return the marks of all answers an item was ever given."""
    marks = set()
    for entry in session.journal.entries:
        if entry.slot == f"item:{item}" and "state" in entry.data:
            told = entry.data
            answer = Answer(ItemState(told["state"]), told.get("value", ""), told.get("reason", ""))
            state = replace(session.state, answers={**session.state.answers, item: answer})
            marks |= {mark_of(s, state)[0] for s in score(session.checklist, state).items if s.item.id == item}
    return marks
