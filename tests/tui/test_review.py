"""`audit review`: the same review for the terminal and for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.tui.conftest import Person


def test_it_lists_what_stops_signing_and_what_to_look_at_twice(person: Person) -> None:
    ref = person.begin()
    person.well("audit", "answer", ref, "A1", "3")
    found = person.well("audit", "review", ref, "--json").json
    assert not found["ready"]
    assert [(m["concern"], m["item"]) for m in found["stoppers"]] == [("open", i) for i in ("A2", "A3", "B1", "B2")]
    assert {
        "concern": "no_reason",
        "item": "A1",
        "text": "A1 lost 4 points, no reason is written (finding: A1 [bold]is[/] weak)",
    } in (found["second_looks"])
    shown = person.well("audit", "review", ref).out
    assert "What stops signing (4)" in shown
    assert "A1 [bold]is[/] weak" in shown


def test_a_complete_audit_is_ready(person: Person) -> None:
    ref = person.begin("--auditor", "Li")
    person.complete(ref)
    found = person.well("audit", "review", ref, "--json", lang="zh").json
    assert found["ready"]
    assert found["verdict"] == "failed"
    assert found["directions"][0]["points_lost"] == sum(weak["points_lost"] for weak in found["weak_items"])
    assert "没有妨碍签字的内容" in person.well("audit", "review", ref, lang="zh").out
    assert person.on_store("audit", "review", "NOPE").code == 3
