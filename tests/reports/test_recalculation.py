"""LibreOffice finds exactly the tool's numbers, at every level, whatever left, was scaled or weighed."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from audit.scorecard import Left
from checklists.points import pass_points
from reports.evaluation_table import Column, table_of
from reports.formulas import cell
from reports.workbook import write_report
from tests.builders import checklist, department, item, section, state, text
from tests.reports.recalculate import formulas, recalculate, soffice, values
from tests.reports.samples import seed_answers, seed_checklist, summary_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from audit.summary import AuditSummary
    from checklists.model import Checklist
    from tests.reports.recalculate import Cells

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not installed, nothing can recalculate"),
]


def everything_answered() -> AuditSummary:
    asked = seed_checklist()
    return summary_of(asked, state(asked, seed_answers()))


def three_departments(**more: Any) -> Checklist:
    def two_sections(name: str, *points: str, **extra: Any) -> dict[str, Any]:
        first = section(f"{name}1", *(item(f"{name}1-{n}", p) for n, p in enumerate(points)))
        second = section(f"{name}2", item(f"{name}2-0", "2"), item(f"{name}2-1", "1"), item(f"{name}2-2", "7.35"))
        return department(name, first, second, **extra)

    return checklist(
        two_sections("A", "3.1", "4.2", "5.3", "0.7", **more.pop("first", {})),
        two_sections("B", "10", "0.01", "33.33", "2.5", **more.pop("second", {})),
        two_sections("C", "7", "7", "7", "9", **more.pop("third", {})),
        **more,
    )


def some_answers(asked: Checklist, left: Mapping[str, str], seed: int = 7) -> dict[str, str]:
    rng = random.Random(seed)
    return {item_id: left.get(item_id, str(rng.randint(0, 5))) for item_id in asked.items}


SCALED = {
    "A1-0": "NA",
    "A1-3": "NC",
    "B1-1": "UN",
    "B2-2": "NA",
    "B2-1": "ND",
    "C2-0": "NA",
    "C2-1": "NC",
    "C2-2": "UN",
}
"""A1 is scaled, B2 is not comparable, C2 is gone; their departments are scaled back."""


def scaled_and_not_comparable() -> AuditSummary:
    asked = three_departments()
    return summary_of(asked, state(asked, some_answers(asked, SCALED)))


def a_department_gone() -> AuditSummary:
    asked = three_departments()
    left = {item_id: "NA" for item_id in asked.items if item_id.startswith("A")}
    return summary_of(asked, state(asked, some_answers(asked, left)))


def excluded() -> AuditSummary:
    asked = three_departments(when_not_applicable="exclude")
    return summary_of(asked, state(asked, some_answers(asked, SCALED)))


def partial() -> AuditSummary:
    asked = three_departments()
    answers = {key: value for key, value in some_answers(asked, SCALED).items() if not key.startswith("B")}
    return summary_of(asked, state(asked, answers, departments=["A", "C"]))


def weights() -> AuditSummary:
    asked = three_departments(first={"weight": "2"}, second={"weight": "3.5"}, third={"weight": "1"})
    return summary_of(asked, state(asked, some_answers(asked, SCALED)))


def weights_of_a_profile_with_a_department_gone() -> AuditSummary:
    asked = three_departments(
        profiles={"even": {"A": "1", "B": "1", "C": "1"}, "first": {"A": "5", "B": "1", "C": "2"}}
    )
    left = {item_id: "NA" for item_id in asked.items if item_id.startswith("C")}
    return summary_of(asked, state(asked, some_answers(asked, left), profile="first"))


def bonus_that_counts_and_is_capped() -> AuditSummary:
    rule = {"kind": "bonus", "merits": [{"id": "praise", "name": text("praise"), "points": "5"}]}
    bonus = [{"id": f"P{n}", "statement": text("praise"), "points": "9", "rule": rule} for n in (1, 2)]
    asked = three_departments(bonus=bonus, bonus_cap="12", bonus_counts=True)
    return summary_of(asked, state(asked, {**some_answers(asked, {}), "P1": "praise=2", "P2": "praise=1"}))


def half_open() -> AuditSummary:
    asked = three_departments()
    answers = some_answers(asked, {**SCALED, "A1-2": "", "B1-0": "", "C1-3": ""})
    return summary_of(asked, state(asked, answers))


def failed_by_a_critical_item() -> AuditSummary:
    items = [item("K1", "1", critical={}), item("K2", "999")]
    asked = checklist(department("D", section("S", *items)), critical_policy="fail_department")
    return summary_of(asked, state(asked, {"K1": "0", "K2": "5"}))


def exact_halves() -> AuditSummary:
    """Sums x maximum / applicable that end in exactly half a cent, and rates that must not be rounded to 70 %."""
    halves = [
        section(f"H{n}", item(f"H{n}-1", f"{n}.01"), item(f"H{n}-2", f"0.{99 - n}"), item(f"H{n}-3", f"{n}"))
        for n in range(1, 9)
    ]
    near = section("N", item("N-1", "69.6"), item("N-2", "30.4"))
    third = section("T", item("T-1", "6.66"), item("T-2", "3.33"), pass_rate="2/3")
    asked = checklist(department("D", *halves, near, third))
    answers = {f"H{n}-{m}": {1: "5", 2: "0", 3: "NA" if n < 5 else "3"}[m] for n in range(1, 9) for m in (1, 2, 3)}
    return summary_of(asked, state(asked, {**answers, "N-1": "5", "N-2": "0", "T-1": "5", "T-2": "0"}))


def rates_that_end_in_a_half() -> AuditSummary:
    """18.05 of 40 is 0.45125: half up, as a spreadsheet rounds."""
    asked = checklist(
        department("D", section("S", item("A", "18.05"), item("B", "21.95"))),
        department("E", section("T", item("C", "6.25"), item("F", "13.75"))),
    )
    return summary_of(asked, state(asked, {"A": "5", "B": "0", "C": "5", "F": "0"}))


def many_pass_marks() -> AuditSummary:
    """Pass points of random maxima, earned just at the mark or a cent below it."""
    rng = random.Random(11)
    sections: list[dict[str, Any]] = []
    answers: dict[str, str] = {}
    for n in range(60):
        mark = rng.choice(["0.7", "0.685", "2/3", "0.95"])
        maximum = Decimal(rng.randint(300, 30_000)) / 100
        first = pass_points(Fraction(mark), maximum) - rng.choice([Decimal(0), Decimal("0.01")])
        sections.append(
            section(f"S{n}", item(f"S{n}-1", f"{first}"), item(f"S{n}-2", f"{maximum - first}"), pass_rate=mark)
        )
        answers |= {f"S{n}-1": "5", f"S{n}-2": "0"}
    asked = checklist(department("D", *sections))
    return summary_of(asked, state(asked, answers))


CASES = (
    many_pass_marks,
    everything_answered,
    scaled_and_not_comparable,
    a_department_gone,
    excluded,
    partial,
    weights,
    weights_of_a_profile_with_a_department_gone,
    bonus_that_counts_and_is_capped,
    half_open,
    failed_by_a_critical_item,
    exact_halves,
    rates_that_end_in_a_half,
)


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Cells]]:
    folder = tmp_path_factory.mktemp("recalculated")
    paths = []
    for case in CASES:
        paths.append(folder / f"{case.__name__}.xlsx")
        write_report(case(), paths[-1], "zh")
    return {path.stem: (path, values(done)) for path, done in zip(paths, recalculate(paths, folder), strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_every_formula_gives_the_value_stored_beside_it(case: Any, recalculated: dict[str, tuple[Path, Cells]]) -> None:
    path, found = recalculated[case.__name__]
    stored = values(path)
    written = formulas(path)
    assert len(written) > 20
    differing = {
        place: (source, stored.get(place), found.get(place))
        for place, source in written.items()
        if not _same(stored.get(place), found.get(place))
    }
    assert not differing


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_totals_are_the_scorecards(case: Any, recalculated: dict[str, tuple[Path, Cells]]) -> None:
    summary = case()
    _, found = recalculated[case.__name__]
    table = table_of(summary, "zh")
    scorecard = summary.scorecard
    lines = [(table.overall.total, scorecard.total)]
    for block, score in zip(table.departments, scorecard.departments, strict=True):
        lines.append((block.total, score))
        lines += [(block.first + offset, section) for offset, section in enumerate(score.sections)]
    for row, level in lines:
        figures = (level.possible, level.earned, level.pass_points)
        columns = (Column.MAXIMUM, Column.EARNED, Column.PASS)
        shown = [found[f"评估表!{cell(row, column)}"] for column in columns]
        assert [_decimal(value) for value in shown] == [None if f is None else Decimal(f) for f in figures], row


def test_the_cases_are_what_they_say() -> None:
    scaled = scaled_and_not_comparable().scorecard
    lefts = [s.left for d in scaled.departments for s in d.sections]
    assert Left.NOT_COMPARABLE in lefts
    assert Left.NOTHING_APPLIES in lefts
    assert any(s.factor for d in scaled.departments for s in d.sections)
    assert any(d.factor for d in scaled.departments)
    assert a_department_gone().scorecard.total.factor
    assert weights().scorecard.departments[0].contributed != weights().scorecard.departments[0].earned
    assert failed_by_a_critical_item().scorecard.departments[0].passed is False
    assert bonus_that_counts_and_is_capped().scorecard.total.bonus == 12


def _decimal(value: object) -> Decimal | None:
    return None if value in {"–", None} else Decimal(str(value))


def _same(stored: object, found: object) -> bool:
    """Say whether two cells hold the same; a spreadsheet writes numbers with 15 digits and more."""
    if isinstance(stored, int | float) and isinstance(found, int | float):
        return abs(stored - found) < 1e-9
    return stored == found
