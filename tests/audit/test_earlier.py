"""The audit that stands beside the new one: the last signed one before it, and what was weak then."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from audit.dealers import Dealer, Dealers
from audit.earlier import earlier_audit
from audit.findings import item_findings
from audit.journal import Author
from audit.session import AuditSession
from audit.store.store import Store
from tests.builders import checklist, department, item, section
from tests.coaching_samples import finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checklists.model import Checklist

LI = Author("Li", "laptop-1")
DEALER = Dealer("D1", name_zh="一号店", name_en="Dealer One")
ANSWERS = {"A1": "1", "A2": "5", "B1": "2"}


def asked(**more: Any) -> Checklist:
    front = section("S1", item(more.pop("first", "A1"), former_ids=more.pop("former", ())), item("A2"))
    return checklist(department("front", front), department("shop", section("S2", item("B1"))), **more)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "a.db")) as opened:
        Dealers(opened, LI).save(DEALER)
        yield opened


def audit(
    store: Store,
    date: str,
    checklist: Checklist | None = None,
    *,
    sign: bool = True,
    dealer: Dealer = DEALER,
    **more: Any,
) -> AuditSession:
    session = AuditSession.create(store, checklist or asked(), dealer, LI, {"date": date, **more})
    answers = {name: value for name, value in ANSWERS.items() if name in {i.item.id for i in session.scorecard.items}}
    for name, value in answers.items():
        session.answer(name, value)
    if sign:
        session.sign("Li", "Chen")
    return session


def ref_of(session: AuditSession) -> str | None:
    found = earlier_audit(session)
    return found.ref if found else None


def test_totals_departments_and_weak_items_of_the_last_signed_one(store: Store) -> None:
    audit(store, "2025-01-10")
    audit(store, "2025-11-20")
    audit(store, "2026-03-01", sign=False)
    now = audit(store, "2026-05-12", sign=False)
    found = earlier_audit(now)
    assert found is not None
    assert (found.ref, found.date, found.whole) == ("D1-2025-11-20", "2025-11-20", True)
    assert (found.earned, found.possible, found.passed) == (16, 30, False)
    assert found.departments == {"front": (12, 20), "shop": (4, 10)}
    assert found.weak == {"A1", "B1"}
    weak = {one.number: one for one in item_findings(now.scorecard)}
    assert found.recurs(weak["A1"])
    assert not found.recurs(finding("A", "A1"))  # a finding in words, whatever its number


def test_none_before_the_first(store: Store) -> None:
    first = audit(store, "2025-01-10")
    audit(store, "2026-05-12")
    assert earlier_audit(first) is None


def test_of_one_day_the_one_begun_before(store: Store) -> None:
    first, second = audit(store, "2026-05-12"), audit(store, "2026-05-12")
    assert (ref_of(first), ref_of(second)) == (None, first.ref)


def test_a_date_that_was_corrected_counts_and_not_the_one_in_the_reference(store: Store) -> None:
    late = audit(store, "2025-01-10", sign=False)
    late.describe({"date": "2026-01-10"})
    late.sign("Li", "Chen")
    audit(store, "2025-06-01")
    assert ref_of(audit(store, "2026-05-12")) == late.ref


def test_other_dealers_other_checklists_and_what_was_put_aside_do_not_count(store: Store) -> None:
    audit(store, "2025-02-01", dealer=Dealer("D1-2", name_zh="二号店", name_en="Two"))
    audit(store, "2025-03-01", asked(id="other"))
    audit(store, "2025-04-01").put_aside()
    assert ref_of(audit(store, "2026-05-12")) is None


def test_a_self_assessment_stands_beside_another_only(store: Store) -> None:
    own = audit(store, "2025-02-01", kind="self")
    assert ref_of(audit(store, "2026-05-12")) is None
    assert ref_of(audit(store, "2025-03-01", kind="self")) == own.ref


def test_it_must_have_covered_what_this_one_covers(store: Store) -> None:
    part = audit(store, "2025-02-01", departments=["front"])
    assert ref_of(audit(store, "2025-03-01")) is None
    found = earlier_audit(audit(store, "2025-02-02", departments=["front"]))
    assert found is not None
    assert (found.ref, found.whole, found.departments) == (part.ref, False, {"front": (12, 20)})
    whole = ref_of(audit(store, "2026-05-12", departments=["shop"]))
    assert whole == "D1-2025-03-01"


def test_a_renamed_item_recurs_under_its_new_name(store: Store) -> None:
    audit(store, "2025-02-01")
    now = AuditSession.create(store, asked(first="A9", former=("A1",)), DEALER, LI, {"date": "2026-05-12"})
    found = earlier_audit(now)
    assert found is not None
    assert found.weak == {"A9", "B1"}


def test_an_audit_that_cannot_be_read_is_passed_over(store: Store) -> None:
    good = audit(store, "2025-02-01")
    bad = audit(store, "2025-03-01", asked(version="2"))
    from sqlalchemy import text as sql

    with store._writing() as connection:
        connection.execute(sql("DELETE FROM checklists WHERE version = '2'"))
    assert bad.ref
    assert ref_of(audit(store, "2026-05-12")) == good.ref


def test_points_are_decimals(store: Store) -> None:
    audit(store, "2025-02-01")
    found = earlier_audit(audit(store, "2026-05-12"))
    assert found is not None
    assert isinstance(found.earned, Decimal)
