"""KPIs: the value months give, levels, completeness, bound items, weak items, the journal."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from audit.amending import amend
from audit.history import KIND_NAMES, history
from audit.kpi_findings import status_text
from audit.kpi_levels import KpiStatus, is_share
from audit.kpi_names import KpiNames, UnknownKpi
from audit.kpi_values import Provenance, Recorded, months_until, rounded, value_of
from audit.kpi_writing import Given, MonthNotWanted, record
from audit.session import AuditSession, OverrideWithoutReason, Typed
from audit.signing import AuditSealed
from audit.state import ItemState
from audit.store.store import Store
from audit.summary import summarize
from checklists.model import Kpi
from tests.kpi_samples import LI, MONTHS, WANG, begin, kpi, kpi_checklist, series

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audit.kpi import KpiResult


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "audits.db")) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> AuditSession:
    return begin(store, departments=["D"])


def figure(value: str | None, provenance: Provenance = Provenance.STATED, cause: str = "") -> Recorded:
    return Recorded(None if value is None else Decimal(value), provenance, cause)


def put(session: AuditSession, kpi: str, series: str, *values: str | None, provenance: str = "stated") -> None:
    by = Provenance(provenance)
    record(session, [Given(kpi, figure(v, by), series, m) for m, v in zip(MONTHS, values, strict=False)])


def stands(session: AuditSession, kpi: str) -> KpiResult:
    return next(r for r in summarize(session).kpis.kpis if r.id == kpi)


def test_the_months_wanted_end_before_the_audit() -> None:
    assert months_until("2026-05-12", 3) == MONTHS
    assert months_until("2026-01-31", 2) == ("2025-11", "2025-12")


@pytest.mark.parametrize(
    ("kpi", "columns", "value"),
    [
        ("K13", [("30", None, "12")], "12"),
        ("K13", [("30", "12", None)], "12"),
        ("K01", [("1", None, "2")], "1.5"),
        ("K01", [("1", "1", "2")], "1.3333"),
        ("K20", [("1", "2", "4")], "7"),
        ("K20", [("1", None, "4")], None),
        ("K10", [("1", "2", "9"), ("3", "3", None)], "50"),
        ("K10", [("1", "1", "1"), ("0", "0", "0")], None),
        ("K10", [("2", None, None), ("3", "9", "9")], "66.6667"),
    ],
)
def test_how_months_become_the_value(kpi: str, columns: list[tuple[str | None, ...]], value: str | None) -> None:
    series = [{m: None if v is None else Decimal(v) for m, v in zip(MONTHS, c, strict=True)} for c in columns]
    found = value_of(kpi_checklist().kpis[kpi], series)
    assert (None if found is None else str(found)) == value


def test_rounding_is_half_up() -> None:
    assert str(rounded(Fraction(1, 20000))) == "0.0001"
    assert str(rounded(Fraction(-1, 3))) == "-0.3333"


def test_levels_status_and_provenance(session: AuditSession) -> None:
    put(session, "K10", "kept", "40", "40")
    put(session, "K10", "all", "100")
    put(session, "K10", "all", "100", "100", provenance="seen")
    result = stands(session, "K10")
    assert (result.value, result.status, result.provenance) == (40, KpiStatus.NEAR, Provenance.STATED)
    put(session, "K10", "kept", "39", "40")
    assert stands(session, "K10").status is KpiStatus.MISSED
    put(session, "K10", "kept", "55", "55")
    assert stands(session, "K10").status is KpiStatus.MET
    put(session, "K13", "wait", None, None, "20")
    assert stands(session, "K13").status is KpiStatus.NEAR
    put(session, "K13", "wait", None, None, "20.1")
    assert stands(session, "K13").status is KpiStatus.MISSED


def test_a_level_of_the_plan_needs_the_plan(session: AuditSession) -> None:
    put(session, "K01", "visits", "90", "90", "90")
    result = stands(session, "K01")
    assert (result.status, result.words.en) == (None, "cannot be judged without plan or last year's value")
    record(session, [Given("K01", figure("100"), "plan")])
    result = stands(session, "K01")
    assert (result.status, result.limits.passing, result.limits.target) == (KpiStatus.NEAR, 90, 100)
    record(session, [Given("K01", figure("90"), "plan")])
    assert stands(session, "K01").status is KpiStatus.MET


@pytest.mark.parametrize(
    ("levels", "unit", "share"),
    [
        (("80", "90"), "", True),
        (("80", "100"), "", True),
        (("100", "105"), "", False),
        (("80", "100"), "h", False),
        (("80", "95"), "h", True),
        ((), "", True),
        ((), "h", False),
    ],
)
def test_what_a_part_of_a_whole_is(levels: tuple[str, ...], unit: str, share: bool) -> None:
    names = dict(zip(("pass_level", "target"), ({"value": value} for value in levels), strict=False))
    more: dict[str, Any] = {"unit": {"zh": unit, "en": unit}} if unit else {}
    rows = {own: series(own, **more) for own in ("upper", "lower")}
    own = Kpi.model_validate(kpi("Share", "ratio", {"zh": "%", "en": "%"}, rows, **names))
    assert is_share(own) is share


def test_a_miss_that_is_no_weak_item_says_where_it_counts(session: AuditSession) -> None:
    record(session, [Given("K10", figure("20"))])
    checklist, result = session.checklist, stands(session, "K10")
    assert status_text(checklist, result).en == "missed"
    silent = replace(result, kpi=result.kpi.model_copy(update={"missed": None}))
    assert status_text(checklist, silent).en == "missed (see I1, J1)"
    nobody = replace(silent, id="K00")
    assert status_text(checklist, nobody).zh == "未达标（不单列弱项）"


def test_nothing_recorded_is_not_missing(session: AuditSession) -> None:
    assert (stands(session, "K11").status, stands(session, "K11").words.en) == (None, "not recorded")
    put(session, "K11", "rate", None)
    assert stands(session, "K11").status is KpiStatus.MISSING
    assert stands(session, "K20").words.en == "not recorded"
    put(session, "K20", "turnover", "1", "2")
    assert (stands(session, "K20").status, stands(session, "K20").words.en) == (None, "not enough data for a value")
    put(session, "K20", "turnover", "1", "2", "3")
    assert (stands(session, "K20").value, stands(session, "K20").words.en) == (6, "only watched")


def test_a_recomputed_value_stands_beside_the_stated_one(session: AuditSession) -> None:
    put(session, "K10", "kept", "50")
    put(session, "K10", "all", "100")
    assert stands(session, "K10").agrees is None
    record(session, [Given("K10", figure("52.5", Provenance.RECOMPUTED))])
    result = stands(session, "K10")
    assert (result.value, result.stated, result.agrees) == (Decimal("52.5"), 50, True)
    assert result.provenance is Provenance.RECOMPUTED
    record(session, [Given("K10", figure("52.6", Provenance.RECOMPUTED))])
    assert stands(session, "K10").agrees is False
    put(session, "K13", "wait", None, None, "12")
    put(session, "K13", "wait", None, None, "15", provenance="recomputed")
    assert (stands(session, "K13").value, stands(session, "K13").stated, stands(session, "K13").agrees) == (
        15,
        12,
        False,
    )


def test_completeness(session: AuditSession) -> None:
    put(session, "K10", "kept", "1", "2", None)
    report = summarize(session).kpis
    assert (report.whole.wanted, report.whole.collected, report.whole.rate) == (18, 2, Decimal("0.1111"))
    assert {k: (c.wanted, c.collected) for k, c in report.categories.items()} == {"traffic": (6, 0), "booking": (12, 2)}
    assert list(report.departments) == ["D"]


def test_all_departments_are_counted_in_a_whole_audit(store: Store) -> None:
    report = summarize(begin(store)).kpis
    assert {k: c.wanted for k, c in report.departments.items()} == {"D": 18, "E": 1}


def test_bound_items_derive_their_answers(session: AuditSession) -> None:
    assert session.state.answer("I1").state is ItemState.OPEN
    record(session, [Given("K10", figure("40"))])
    answer = session.state.answer("I1")
    assert (answer.state, answer.value) == (ItemState.ANSWERED, "40")
    assert next(i for i in session.scorecard.items if i.item.id == "I1").earned == 5
    record(session, [Given("K10", figure(None))])
    assert (session.state.answer("I1").state, session.state.answer("I1").reason) == (ItemState.NO_DATA, "not-kept")
    record(session, [Given("K10", figure(None, cause="system-cannot"))])
    assert session.state.answer("I1").reason == "system-cannot"


def test_an_item_of_the_plan_waits_for_it(session: AuditSession) -> None:
    put(session, "K01", "visits", "80", "80", "80")
    assert session.state.answer("I2").state is ItemState.OPEN
    record(session, [Given("K01", figure("100"), "plan")])
    assert session.state.answer("I2").value == "80/100"


def test_an_override_needs_its_reason_and_undoing_it_brings_the_kpi_back(session: AuditSession) -> None:
    record(session, [Given("K10", figure("40"))])
    with pytest.raises(OverrideWithoutReason, match="I1 is answered by KPI K10"):
        session.answer("I1", "50")
    assert session.answer("I1", "50", "counted myself").value == "50"
    session.undo()
    assert session.state.answer("I1").value == "40"
    session.answer("I3", "50")  # its KPI is not in the catalogue


def test_weak_items_are_joined_within_the_department(session: AuditSession) -> None:
    record(
        session, [Given("K10", figure("20")), Given("K13", figure(None, cause="not-shown")), Given("K11", figure("90"))]
    )
    weak = summarize(session).weak_items
    assert [(w.number, w.kind.value, w.sources, w.statement.en, w.reason.en) for w in weak] == [
        ("I1", "below", ("item", "kpi"), "I1 is weak", ""),
        ("K13", "missing", ("kpi",), "Wait is not kept", "not shown"),
    ]


def test_a_kpi_of_another_department_stays_apart(store: Store) -> None:
    session = begin(store)
    record(session, [Given("K10", figure("20"))])
    weak = [(w.number, w.department.id, w.sources) for w in summarize(session).weak_items]
    assert weak == [("I1", "D", ("item", "kpi")), ("J1", "E", ("item",))]


def test_a_month_or_kpi_that_is_not_asked_for_changes_nothing(session: AuditSession) -> None:
    before = len(session.journal.entries)
    good = Given("K10", figure("1"), "kept", MONTHS[0])
    with pytest.raises(MonthNotWanted, match="wants 2026-02 to 2026-04, not 2026-05"):
        record(session, [good, Given("K10", figure("1"), "kept", "2026-05")])
    with pytest.raises(UnknownKpi):
        record(session, [good, Given("K10", figure("1"), "nothing", MONTHS[0])])
    assert len(session.journal.entries) == before


def test_what_stands_already_is_not_written_again(session: AuditSession) -> None:
    put(session, "K10", "kept", "1", "2")
    before = len(session.journal.entries)
    changes = record(
        session, [Given("K10", figure("1"), "kept", MONTHS[0]), Given("K10", figure("5"), "kept", MONTHS[1])]
    )
    assert (len(changes.added), len(changes.changed), len(changes.same)) == (0, 1, 1)
    assert len(session.journal.entries) == before + 1


def test_two_auditors_at_once_make_a_conflict_that_kpi_set_settles(store: Store, session: AuditSession) -> None:
    put(session, "K10", "all", "100")
    other = AuditSession.open(store, session.ref, WANG)
    put(session, "K10", "kept", "50")
    put(other, "K10", "kept", "30")
    session.refresh()
    result = stands(session, "K10")
    assert (result.conflicts, result.value, result.words.en) == (("kpi:K10/kept/2026-02",), None, "conflict")
    assert session.state.answer("I1").state is ItemState.OPEN
    put(session, "K10", "kept", "50")
    assert (stands(session, "K10").conflicts, stands(session, "K10").value) == ((), 50)


def test_undo_and_history(session: AuditSession) -> None:
    put(session, "K11", "rate", "80")
    record(session, [Given("K11", figure(None, cause="not-kept"), "rate", MONTHS[0])])
    assert stands(session, "K11").status is KpiStatus.MISSING
    event = history(session)[-1]
    assert (KIND_NAMES[event.entry.kind].en, event.subject, event.what.en) == (
        "KPI", "K11/rate/2026-02", "cannot be shown: not kept (stated by the dealership)",
    )  # fmt: skip
    session.undo()
    assert stands(session, "K11").value == 80
    session.undo()
    assert not stands(session, "K11").recorded


def test_a_signed_audit_takes_no_figures(session: AuditSession) -> None:
    record(session, [Given("K10", figure("40")), Given("K01", figure("90")), Given("K01", figure("100"), "plan")])
    session.answer("I3", "50")
    session.answer("I4", "5")
    session.sign("Li", "Chen")
    with pytest.raises(AuditSealed):
        put(session, "K10", "kept", "1")


def test_a_bound_item_is_amended_as_an_answer_typed_over_its_figures(session: AuditSession) -> None:
    record(session, [Given("K10", figure("40")), Given("K01", figure("90")), Given("K01", figure("100"), "plan")])
    session.answer("I3", "50")
    session.answer("I4", "5")
    session.sign("Li", "Chen")
    amend(session, Typed("I1", "55"), "the April sheet was the wrong one")
    kept = summarize(session)
    assert session.state.answer("I1").value == "55"
    assert [(a.before.value, a.after.value) for a in kept.amendments] == [("40", "55")]
    assert stands(session, "K10").value == 40  # what was supplied stays what it was
    amend(session, Typed("I1", "ND", "not-kept"), "nothing of it holds")
    assert session.state.answer("I1").state is ItemState.NO_DATA
    assert session.state.as_signed["I1"].value == "40"


def test_names(session: AuditSession) -> None:
    names = KpiNames(session.checklist, session.state)
    assert [names.kpi(word) for word in ("k10", "Booked share", "booked share（中）", "K10 Booked share")] == [
        "K10"
    ] * 4
    for word in ("K10/kept", "K10 · Kept", "Kept", "kept（数）", "Booked share / Kept"):
        assert names.either(word) == ("K10", "kept")
    assert names.either("Wait") == ("K13", "wait")
    with pytest.raises(UnknownKpi, match="K10 has several series: kept, all"):
        names.either("K10")
    with pytest.raises(UnknownKpi, match="Did you mean Booked share"):
        names.kpi("Bookd share")
    with pytest.raises(UnknownKpi, match="K30 lies outside the departments"):
        names.kpi("K30")
    assert LI.person == "Li"
