"""One file of a checklist is checked within the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklists.checking import NothingToCheck, check_path
from checklists.issues import IssueCode
from tests.checklists.writing import BODY, HEAD, SMALL

if TYPE_CHECKING:
    from pathlib import Path

C = IssueCode

FRONT = "\n".join(line[4:] for line in BODY.splitlines()[1:]) + "\n"
"""The department of the small checklist as a file of its own."""
FRONT = FRONT.replace("- id: front", "id: front", 1)


def parted(folder: Path, front: str = FRONT, main: str = HEAD) -> Path:
    (folder / "checklist.yaml").write_text(main + "departments: [front.yaml]\n", "utf-8")
    (folder / "front.yaml").write_text(front, "utf-8")
    return folder / "front.yaml"


def test_only_the_files_own_findings_are_listed(tmp_path: Path) -> None:
    front = parted(tmp_path, FRONT.replace("place: desk", "place: dest", 1), HEAD.replace("pass: 70 %", "pass: most"))
    checked = check_path(front)
    assert checked.part_of == "checklist.yaml"
    assert {issue.file for issue in checked.findings} == {"front.yaml"}
    assert [i.code for i in checked.findings if i.code is C.UNKNOWN_REFERENCE] == [C.UNKNOWN_REFERENCE]
    assert (checked.errors, checked.checklist) == (1, None)
    whole = check_path(tmp_path)
    assert len(whole.findings) == len(checked.findings) + checked.elsewhere
    assert whole.part_of is None
    assert checked.elsewhere >= 1


def test_the_whole_is_known_to_the_part(tmp_path: Path) -> None:
    """Alone the file would lack its methods, places and roles."""
    checked = check_path(parted(tmp_path))
    assert checked.errors == 0
    assert checked.checklist is not None


def test_a_part_without_its_main_file_says_what_is_missing(tmp_path: Path) -> None:
    front = parted(tmp_path)
    (tmp_path / "checklist.yaml").unlink()
    (only,) = check_path(front).findings
    assert (only.code, only.file) == (C.PART_ALONE, "front.yaml")
    assert "checklist.yaml" in only.text.en
    (tmp_path / "checklist.yaml").write_text(SMALL, "utf-8")
    (unnamed,) = check_path(front).findings
    assert unnamed.code is C.PART_ALONE


def test_a_checklist_of_one_file_is_checked_wherever_it_lies(tmp_path: Path) -> None:
    parted(tmp_path)
    (tmp_path / "single.yaml").write_text(SMALL, "utf-8")
    checked = check_path(tmp_path / "single.yaml")
    assert checked.part_of is None
    assert checked.checklist is not None
    with pytest.raises(NothingToCheck, match=r"nowhere\.yaml"):
        check_path(tmp_path / "nowhere.yaml")
