"""Signing in three ways, objections and the final word: the closing meeting on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import TextArea

from tests.tui.screens.conftest import SMALL, screen_text, settled
from tui.screens.closing import ClosingPage
from tui.screens.fields_dialog import FieldsDialog
from tui.screens.signing import SealShown, SignDialog
from tui.widgets.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from tests.tui.conftest import Person
    from tests.tui.screens.conftest import MakeApp

NASTY = "[/] [x] 灯 💡\n第二行 [A-1]"


@pytest.fixture
def signed_ref(person: Person, small_ref: str) -> str:
    """A signed audit."""
    person.complete(small_ref)
    person.sign(small_ref)
    return small_ref


async def opened(pilot: Pilot[None], ref: str, mode: str = "closing") -> Any:
    app: Any = pilot.app
    await app.open_audit(ref, mode)
    await settled(pilot)
    return app


def shows(app: Any, screen: type[Any]) -> bool:
    """Say whether a screen of that kind is in front."""
    return isinstance(app.screen, screen)


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


async def test_an_open_audit_says_what_comes_first(audit_app: MakeApp, small_ref: str) -> None:
    app: Any = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, small_ref)
        assert "Not signed yet" in screen_text(app)
        await press(pilot, "n", "f", "enter", "u")
        assert shows(app, ClosingPage)


async def test_the_dealership_signs_with_reservations(audit_app: MakeApp, person: Person, small_ref: str) -> None:
    person.complete(small_ref)
    app: Any = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, small_ref, "review")
        assert "s Sign" in screen_text(app)
        await press(pilot, "s", "ctrl+u", *"Li", "enter", *"Chen", "enter", "right", "right", "enter", "enter")
        assert shows(app, SignDialog)
        assert "Say what the reservations are" in screen_text(app)
        app.screen.query_one("#reservations", TextArea).text = NASTY
        await press(pilot, "enter")
        assert shows(app, SealShown)
        await press(pilot, "escape", "escape")
        assert "Signed by Li, and by Chen with reservations" in screen_text(app)
        assert "s Sign" not in screen_text(app)
    signed = person.well("audit", "show", small_ref, "--json").json["signature"]
    assert (signed["consent"], signed["reservations"]) == ("reservations", NASTY)


async def test_it_refuses_and_a_witness_is_named(audit_app: MakeApp, person: Person, small_ref: str) -> None:
    person.complete(small_ref)
    app: Any = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, small_ref, "review")
        await press(pilot, "s", "ctrl+u", *"Li", "enter", "enter", "left", "enter", "enter", "enter")
        assert "请填写姓名" in screen_text(app)
        await press(pilot, *"Wu", "enter", "enter")
        assert shows(app, SealShown)
    signed = person.well("audit", "show", small_ref, "--json").json["signature"]
    assert (signed["consent"], signed["witness"], signed["dealer_representative"]) == ("refused", "Wu", "")


async def test_two_objections_then_the_final_word(audit_app: MakeApp, person: Person, signed_ref: str) -> None:
    log = person.file("log [x].pdf", "%PDF-1.4 the log")
    app: Any = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, signed_ref)
        assert "n Objection" in screen_text(app)
        await press(pilot, "n", "f10")
        assert "Choose an item" in screen_text(app)
        await press(pilot, *"A1", "enter", "tab")
        app.screen.query_one("#text", TextArea).text = NASTY
        await press(pilot, "tab", *log, "f10")
        shown = screen_text(app)
        assert "!  O1 A1  to be decided  6 of 10 points  Chen: [/] [x] 灯 💡 第二行 [A-1]" in shown
        assert "log [x].pdf" in shown
        assert "1 to be decided" in shown
        await press(pilot, "f")
        assert "to be decided: O1" in screen_text(app)
        await press(pilot, "escape", "d", "right", "right", "enter", *"9", "enter")
        assert "A1:" in screen_text(app), "what the rule cannot read is said when its field is left"
        await press(pilot, *"seen", "f10")
        assert shows(app, FieldsDialog)
        await press(pilot, "backspace", "5", "f10")
        assert "✓  O1 A1  granted  6 → 10 of 10 points" in screen_text(app)
        await press(pilot, "n", *"A2", "enter", "tab", *"strict", "f10", "enter", "right", "f10")
        assert "Say what is answered" in screen_text(app)
        await press(pilot, *"by the rule", "f10", "f", "ctrl+u", *"Fang", "enter")
        assert "Final: Fang" in screen_text(app)
        assert "n Objection" not in screen_text(app), "nothing is named that is refused"
        await press(pilot, "n")
        assert "It is final" in screen_text(app)
        assert shows(app, ClosingPage)
    shape = person.well("audit", "show", signed_ref, "--json").json
    assert (shape["status"], shape["final"]["by"]) == ("final", "Fang")
    assert [(o["id"], o["decision"], o["text"], o["before"], o["after"]) for o in shape["objections"]] == [
        ("O1", "granted", NASTY, 6, 10),
        ("O2", "rejected", "strict", 7, 7),
    ]


async def test_an_amendment_made_apart_is_settled_and_a_scan_attached(
    audit_app: MakeApp, person: Person, signed_ref: str
) -> None:
    from audit.amending import amend
    from audit.journal import Author
    from audit.session import AuditSession, Typed
    from audit.store.store import Store

    with Store.open(str(person.store)) as store:
        one, two = (AuditSession.open(store, signed_ref, Author(name, name)) for name in ("Li", "Wang"))
        amend(one, Typed("B2", "y"), "seen")
        amend(two, Typed("B2", "NC"), "none came in")
    scan = person.file("signed.pdf", "%PDF-1.4 chop")
    late = person.late_answer(signed_ref)
    app: Any = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, signed_ref)
        assert "B2 有 2 个不同的修正" in screen_text(app)
        await press(pilot, "right")
        await press(pilot, "enter", "enter")
        assert "有 2 个不同的修正" not in screen_text(app)
        await press(pilot, "u", *scan, "enter")
        assert "签字扫描件  signed.pdf" in screen_text(app)
        await press(pilot, "m", *"B1", "enter", *"ND", "tab")
        assert app.screen.query_one("#cause", Choice).display, "what cannot be shown needs one of the known causes"
        await press(pilot, "f10")
        assert "请选择原因" in screen_text(app)
        await press(pilot, "right", "tab", *"gone", "f10")
        assert "B1  是 → 无法提供" in screen_text(app)
        app.screen.stand_on(f"late/{late}")
        await press(pilot, "enter", *"his", "f10")
        assert "A1  3 → 5" in screen_text(app)
        assert "签字后到达、未计分" not in screen_text(app)


async def test_what_somebody_else_has_changed_meanwhile_is_shown_and_not_overridden(
    audit_app: MakeApp, person: Person, signed_ref: str
) -> None:
    from audit.amending import amend
    from audit.closing import Decision
    from audit.journal import Author
    from audit.objecting import decide, object_to
    from audit.session import AuditSession, Typed
    from audit.store.store import Store

    def other(work: Callable[[AuditSession], object]) -> None:
        with Store.open(str(person.store)) as store:
            work(AuditSession.open(store, signed_ref, Author("Wang", "laptop-2")))

    other(lambda session: object_to(session, "A2", "Chen", "strict"))
    app: Any = audit_app("en")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, signed_ref)
        await press(pilot, "m", *"A1", "enter")
        assert "Now: 3, 6 of 10 points" in screen_text(app)
        await press(pilot, "5", "tab", *"mine")
        other(lambda session: amend(session, Typed("A1", "4"), "theirs"))
        await press(pilot, "f10")
        shown = screen_text(app)
        assert "A1 changed while this was filled in. Now: 4, because: theirs (Wang)" in " ".join(shown.split())
        assert "Now: 4, 8 of 10 points" in shown, "the form shows the new answer"
        await press(pilot, "f10")
        assert "A1  4 → 5  8 → 10 of 10 points  mine" in screen_text(app), "having seen it, one may change it"
        app.screen.stand_on("objection/O1")
        await press(pilot, "enter", "right", "tab", *"no")
        other(lambda session: decide(session, "O1", Decision.REJECTED, "by the rule"))
        await press(pilot, "f10")
        said = " ".join(screen_text(app).split())
        assert "A2 changed while this was filled in. Now: rejected: by the rule (Wang)" in said
        assert "--again" not in said
        await press(pilot, "escape", "f")
        other(lambda session: amend(session, Typed("B1", "n"), "late"))
        await press(pilot, "f10")
        assert "Objections or amendments changed while this was filled in" in " ".join(screen_text(app).split())
    shape = person.well("audit", "show", signed_ref, "--json").json
    assert shape["status"] == "signed"
    assert [(a["before"]["value"], a["after"]["value"]) for a in shape["amendments"] if a["item"] == "A1"] == [
        ("3", "4"),
        ("4", "5"),
    ]
