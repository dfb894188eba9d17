"""The Score page beside others: conflicts, answers from elsewhere, files, a signed audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.journal import Author
from audit.session import AuditSession
from audit.store.store import Store
from tests.tui.screens.conftest import screen_text
from tests.tui.screens.score_samples import (
    LI,
    SMALL,
    answered,
    application,
    begin,
    in_view,
    others,
    press,
    until,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "audits.db"


async def test_a_conflict_shows_both_answers_and_a_digit_settles(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        with Store.open(str(store)) as opened:
            second = AuditSession.open(opened, ref, Author("王", "laptop-2"))
            await press(pilot, "3", "escape")
            second.answer("L1", "1")  # without having seen the 3
        await until(pilot, lambda: page.seen.state.conflicts)
        shown = screen_text(app)
        assert "!1" in shown
        assert "王" in shown
        assert answered(page, "L1")[0] == "open"
        number = next(n for n in (1, 2) if f"{n}  1 " in shown)
        await press(pilot, f"{number}")
        assert answered(page, "L1")[1] == "1"
        assert not page.seen.state.conflicts


async def test_a_conflict_under_an_open_reason_takes_no_digit_and_a_loss_that_is_kept_asks_why(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        with Store.open(str(store)) as opened:
            second = AuditSession.open(opened, ref, Author("王", "laptop-2"))
            await press(pilot, "3")
            second.answer("L1", "1")
        await until(pilot, lambda: page.seen.state.conflicts)
        await press(pilot, "1")
        assert page.box.text == ""
        assert "L1 is in conflict: Esc closes this" in screen_text(app)
        assert page.seen.state.conflicts
        await press(pilot, *"no form", "enter")
        assert page.box.text == "no form", "the reason belongs to an answer that does not stand alone"
        await press(pilot, "escape")
        number = next(n for n in (1, 2) if f"{n}  1 " in screen_text(app))
        await press(pilot, f"{number}")
        assert page.box.ask is not None
        assert page.box.text == "no form"
        await press(pilot, "enter")
        assert answered(page, "L1") == ("answered", "1", "no form")


async def test_a_signed_audit_refuses_in_a_sentence(store: Path) -> None:
    ref = begin(store)
    with Store.open(str(store)) as opened:
        session = AuditSession.open(opened, ref, LI)
        for item_id in session.checklist.items:
            session.answer(item_id, "NA", "none")
        session.sign("Li", "Chen")
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "5")
        assert answered(page, "L1")[0] == "not_applicable"
        assert "signed and sealed" in screen_text(app)
        assert "N/A" not in screen_text(app), "the line of keys names nothing that is refused"


async def test_another_persons_answer_appears(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        others(store, ref, "Y1", "y")
        await until(pilot, lambda: answered(page, "Y1")[1])
        assert answered(page, "Y1")[1] == "y"
        assert "✓  Y1" in screen_text(app)


async def test_a_file_is_taken_in_as_evidence_while_scoring_goes_on(store: Path, tmp_path: Path) -> None:
    (tmp_path / "[x] proof.txt").write_text("seen", "utf-8")
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "e", *str(tmp_path / "[x] proof.txt"), "enter")
        await app.workers.wait_for_complete()
        await pilot.pause(0.2)
        assert "[x] proof.txt" in screen_text(app)
        await press(pilot, "5")
        assert page.place == "Y1"


@pytest.mark.parametrize("key", ["x", "m", "v", "a", "e", "7"])
async def test_a_signed_audit_opens_no_box(store: Path, key: str) -> None:
    ref = begin(store)
    with Store.open(str(store)) as opened:
        session = AuditSession.open(opened, ref, LI)
        for item in session.scorecard.items:
            session.answer(item.item.id, "NA", "none")
        session.sign("Li", "Chen")
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, key)
        assert page.box.ask is None
        assert app.screen is page
        assert "signed" in screen_text(app)
