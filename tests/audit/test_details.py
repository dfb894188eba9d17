"""Details of an audit that people write in several ways, and who takes which department."""

from __future__ import annotations

import pytest

from audit.details import BadDetail, check_details, read_date
from audit.naming import UnknownName, look_up
from checklists.catalog import load
from checklists.text import Text


@pytest.mark.parametrize(
    "typed", ["2026-05-12", " 2026/5/12 ", "2026.05.12", "2026年5月12日", "２０２６-5-12", "20260512"]
)
def test_a_date_as_people_write_it(typed: str) -> None:
    assert read_date(typed) == "2026-05-12"


@pytest.mark.parametrize("typed", ["", "x", "2026-13-01", "12.5.2026", "2026-02-30", "[/]"])
def test_what_is_no_date_is_said(typed: str) -> None:
    with pytest.raises(BadDetail) as refused:
        read_date(typed)
    assert f"“{typed}”" in refused.value.text.zh


def test_who_takes_what_is_kept_by_department_in_the_checklists_order() -> None:
    checklist = load("dealership")
    given = {"车间": " 李强 ", "Front desk": "王芳", "parts": ""}
    assert check_details(checklist, {"assignments": given})["assignments"] == {"front-desk": "王芳", "workshop": "李强"}
    assert "assignments" not in check_details(checklist, {})


def test_nobody_takes_what_is_not_asked() -> None:
    checklist = load("dealership")
    with pytest.raises(BadDetail, match="parts lies outside"):
        check_details(checklist, {"departments": ["workshop"], "assignments": {"parts": "Li"}})
    with pytest.raises(BadDetail, match="no department") as refused:
        check_details(checklist, {"assignments": {"kitchen": "Li"}})
    assert "前台（front-desk）、" in refused.value.text.zh  # a name to know it by, an id to type
    assert "Front desk (front-desk), " in refused.value.text.en
    with pytest.raises(UnknownName) as unknown:
        look_up(Text("岗位", "role"), "飞行员", checklist.roles)
    first = next(iter(checklist.roles))
    assert f"{checklist.roles[first].name.zh}（{first}）" in unknown.value.text.zh
