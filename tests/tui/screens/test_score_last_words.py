"""What the Score page says, and which keys it does not take, where one could answer without meaning to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from audit.journal import Author
from audit.session import AuditSession
from audit.store.store import Store
from tests.tui.screens.conftest import screen_text
from tests.tui.screens.score_samples import LI, SMALL, answered, application, at, begin, in_view, press, until
from tui.screens import score_asks as asks
from tui.screens.score_find import FindItem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "audits.db"


async def test_nothing_found_stays_so_that_no_letter_answers_the_item_below(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.score_find._MOST", 2)
    app = application(store, begin(store))
    async with app.run_test(size=(70, 24)) as pilot:
        page = await in_view(pilot)
        assert "2026-05-12  [by department] D · S1 " in screen_text(app), "the kind of audit gives way to the group"
        await press(pilot, "slash")
        assert f"first 2 of {len(page.order)} items" in screen_text(app)
        await press(pilot, *"L1")
        assert "1 item " in screen_text(app)
        await press(pilot, "backspace", "backspace", *"zzz", "enter", "5")
        assert isinstance(app.screen, FindItem)
        assert "No item fits" in screen_text(app)
        await press(pilot, "escape")
        assert answered(page, "L1")[0] == "open"


async def test_what_was_taken_back_is_said(store: Path) -> None:
    app = application(store, begin(store), "zh")
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "5", "z")
        assert page.place == "L1"
        assert "已撤销 L1 5" in screen_text(app)


async def test_digits_go_on_counting_while_no_place_is_typed(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "F1")
        await press(pilot, "1", "2", "2", "minus")
        assert answered(page, "F1")[1] == "late=1 dirty=1"
        await press(pilot, "1")
        assert page.box.ask is not None
        assert "go on counting" in " ".join(screen_text(app).split()).replace("│ ", "")
        await press(pilot, "space", *"3 bay-2", "enter")
        assert answered(page, "F1")[1] == "late=1 dirty=1 late=1@3 bay-2"
        await press(pilot, "2", "0")
        assert answered(page, "F1")[1] == "0"
        assert page.box.ask is None


@pytest.mark.parametrize(("item", "said"), [("L1", "0"), ("F1", "无缺陷")])
async def test_an_answer_that_meets_another_one_asks_for_no_reason(store: Path, item: str, said: str) -> None:
    ref = begin(store)
    app = application(store, ref, "zh")
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, item)
        with Store.open(str(store)) as opened:
            second = AuditSession.open(opened, ref, Author("王", "laptop-2"))
            app.desk.at = at_the_same_time(app.desk.at, lambda: second.answer(item, "0"))  # type: ignore[method-assign]
            await press(pilot, "1")
        await until(pilot, lambda: page.seen.state.conflicts)
        assert page.box.ask is None
        assert f"同时另有评分：王 {said}" in screen_text(app)


def at_the_same_time(real: Any, other: Callable[[], object]) -> Any:
    """Let another answer be written before the first piece of work that writes, unseen by it."""
    done: list[object] = []

    async def both(work: Callable[[AuditSession], object]) -> object:
        def first(session: AuditSession) -> object:
            result = work(session)
            if not done and session.journal.heads:
                done.append(other())
                session.refresh()
            return result

        return await real(first)

    return both


async def test_the_message_about_a_question_goes_with_it(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=(140, 30)) as pilot:
        page = await in_view(pilot)
        with Store.open(str(store)) as opened:
            second = AuditSession.open(opened, ref, Author("王", "laptop-2"))
            await press(pilot, "3")
            second.answer("L1", "1")
        await until(pilot, lambda: page.seen.state.conflicts)
        await press(pilot, "1")
        assert "Esc closes this" in screen_text(app)
        await press(pilot, "escape")
        assert "Esc closes this" not in screen_text(app)


async def test_after_the_last_item_the_next_key_answers_nothing_unnoticed(store: Path) -> None:
    ref = begin(store)
    with Store.open(str(store)) as opened:
        session = AuditSession.open(opened, ref, LI)
        for score in session.scorecard.items:
            if score.item.id != "L1":
                session.answer(score.item.id, "NA", "none")
    app = application(store, ref, "zh")
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "L1")
        await press(pilot, "5")
        assert "全部评完：F8 审核" in screen_text(app)
        await press(pilot, "2")
        assert answered(page, "L1")[1] == "5"
        assert "L1 已评完；要改再按一次" in screen_text(app)
        await press(pilot, "2")
        assert answered(page, "L1")[1] == "2"
        assert page.box.ask is not None
        assert page.box.ask.purpose == asks.REASON
