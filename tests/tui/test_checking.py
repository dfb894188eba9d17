"""`checklist check`: errors and warnings as a person and a script see them."""

from tests.tui.conftest import CHECKLIST, Person
from tui.exits import ExitCode


def test_warnings_alone_are_no_failure_unless_asked(person: Person) -> None:
    done = person("checklist", "check", str(person.checklist))
    assert done.code == ExitCode.OK
    lines = done.out.splitlines()
    assert all(": warning: " in line for line in lines[:-1])
    assert lines[-1].startswith("small 1: sound")
    assert done.err.strip() == f"{len(lines) - 1} warnings"
    assert "：提示：" in person("checklist", "check", str(person.checklist), lang="zh").out
    assert person("checklist", "check", str(person.checklist), "--strict").code == ExitCode.ATTENTION


def test_severity_as_json(person: Person) -> None:
    shape = person("checklist", "check", str(person.checklist), "--json").json
    assert (shape["ok"], shape["errors"], shape["part_of"]) == (True, 0, None)
    assert shape["checklist"]["id"] == "small"
    assert {issue["severity"] for issue in shape["issues"]} == {"warning"}
    assert shape["warnings"] == len(shape["issues"])
    strict = person("checklist", "check", str(person.checklist), "--json", "--strict")
    assert (strict.code, strict.json["ok"]) == (ExitCode.ATTENTION, False)
    broken = person.file("broken.yaml", CHECKLIST.replace("total: 40", "total: 41"))
    both = person("checklist", "check", broken, "--json").json
    assert (both["ok"], both["errors"], both["checklist"]) == (False, 1, None)
    assert {issue["severity"] for issue in both["issues"]} == {"error", "warning"}


def test_a_department_file_is_checked_within_its_checklist(person: Person) -> None:
    head = CHECKLIST[: CHECKLIST.index("  - id: front")]
    front = CHECKLIST[CHECKLIST.index("  - id: front") : CHECKLIST.index("  - id: shop")]
    folder = person.home / "parts"
    folder.mkdir()
    main = head.replace("total: 40", "total: 30") + "  - front.yaml\n"
    (folder / "checklist.yaml").write_text(main, "utf-8")
    text = "\n".join(line[4:] for line in front.splitlines()).replace("d: front", "id: front", 1)
    (folder / "front.yaml").write_text(text.replace("points: 4}", "points: four}"), "utf-8")
    done = person("checklist", "check", str(folder / "front.yaml"))
    assert done.code == ExitCode.ATTENTION
    assert all(line.startswith("front.yaml:") for line in done.out.splitlines())
    assert "The whole checklist of checklist.yaml was checked" in done.err
    assert person("checklist", "check", str(folder / "front.yaml"), "--json").json["part_of"] == "checklist.yaml"
    (folder / "checklist.yaml").unlink()
    alone = person("checklist", "check", str(folder / "front.yaml"), lang="zh")
    assert alone.code == ExitCode.ATTENTION
    assert "只是评估表的一部分" in alone.out
    assert "checklist.yaml" in alone.out


def test_a_file_without_findings_says_so(person: Person) -> None:
    folder = person.home / "parts"
    folder.mkdir()
    (folder / "checklist.yaml").write_text("departments: []\ncoaching: coaching.yaml\n", "utf-8")
    (folder / "coaching.yaml").write_text("directions: {}\n", "utf-8")
    done = person("checklist", "check", str(folder / "coaching.yaml"))
    assert (done.code, done.out.strip()) == (ExitCode.OK, "This file is sound")
    assert "the other files have" in done.err


def test_a_place_that_is_not_there_is_wrong_usage(person: Person) -> None:
    done = person("checklist", "check", "nodir")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert 'There is no file or folder "nodir"' in done.err
    assert person("checklist", "check", "x" * 300).code == ExitCode.USAGE
