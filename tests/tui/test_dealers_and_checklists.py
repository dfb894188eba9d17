"""The `dealer` and `checklist` groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.exits import ExitCode

if TYPE_CHECKING:
    from tests.tui.conftest import Person


def dealers(person: Person) -> dict[str, Any]:
    return {dealer["code"]: dealer for dealer in person.well("dealer", "list", "--json").json["dealers"]}


# Dealerships


def test_a_dealership_is_added_changed_and_listed(person: Person) -> None:
    added = person.well("dealer", "add", "SH01", "--name", "沪一店", "--city", "上海", "--alias", "一店", "--no-ev")
    assert "SH01 沪一店: added" in added.err
    assert "changed" in person.well("dealer", "add", "sh01", "--region", "East").err
    assert "unchanged" in person.well("dealer", "add", "SH01", "--region", "East").err
    known = dealers(person)["SH01"]
    assert known.keys() == {
        *("code", "name_zh", "name_en", "aliases", "group", "region", "area_manager", "city", "brand", "size_class"),
        *("body_shop", "ev", "express_lane"),
    }
    assert (known["aliases"], known["region"], known["ev"], known["city"]) == (["一店"], "East", "no", "上海")
    assert "沪一店" in person.well("dealer", "list", lang="zh").out


def test_a_dealership_that_cannot_be_used_is_a_sentence(person: Person) -> None:
    assert person.on_store("dealer", "add", "a b", "--name", "X").code == ExitCode.USAGE
    done = person.on_store("dealer", "add", "SH01", lang="zh")
    assert done.code == ExitCode.USAGE
    assert "没有名称" in done.err
    assert "No dealerships yet" in person.well("dealer", "list").err


def test_dealerships_are_imported(person: Person) -> None:
    person.well("dealer", "add", "SH01", "--name", "沪一店", "--brand", "X")
    path = person.file(
        "d.csv", "代码,名称,英文名称,别名,城市,新能源,钣喷\nSH01,沪一店,,,上海,否,是\nSH02,,Second,甲；乙,,是,\n"
    )
    assert "2 dealerships read, 2 added or changed" in person.well("dealer", "import", path).err
    known = dealers(person)
    assert (known["SH01"]["brand"], known["SH01"]["ev"], known["SH01"]["city"]) == ("X", "no", "上海")
    assert (known["SH02"]["name_en"], known["SH02"]["aliases"]) == ("Second", ["甲", "乙"])


def test_an_import_with_a_bad_row_changes_nothing(person: Person) -> None:
    path = person.file("d.csv", "code,name,ev\nSH01,A,yes\na b,B,\nSH03,,\nSH04,D,maybe\nsh01,E,\n,F,\n")
    done = person.on_store("dealer", "import", path)
    assert done.code == ExitCode.USAGE
    assert "5 problems, nothing was changed" in done.err
    for place in (
        "row 3, column code",
        "row 4, column code",
        "row 5, column ev",
        "row 6, column code",
        "row 7, column",
    ):
        assert place in done.err
    assert dealers(person) == {}
    assert person.on_store("dealer", "import", person.file("e.csv", "name\nA\n")).code == ExitCode.USAGE


# Checklists


def test_checklists_are_listed(person: Person) -> None:
    shape = person("checklist", "list", "--json").json
    [packaged] = [entry for entry in shape["checklists"] if entry["id"] == "dealership"]
    assert packaged.keys() == {"id", "version", "title", "packaged"}
    assert "dealership" in person("checklist", "list", lang="zh").out


def test_a_checklist_is_shown(person: Person) -> None:
    shape = person("checklist", "show", "dealership", "--json").json
    assert shape.keys() == {
        *("id", "version", "hash", "title", "total", "pass_points", "departments", "sample_sets", "kpis"),
        *("directions", "guides", "methods", "places", "roles"),
    }
    assert (shape["total"], shape["pass_points"]) == (1000, 700)
    department = shape["departments"][0]
    assert department.keys() == {"id", "name", "points", "pass_points", "sections"}
    assert department["sections"][0].keys() == {"id", "name", "points", "pass_points", "items"}
    assert department["sections"][0]["items"][0].keys() == {
        *("id", "former_ids", "department", "section", "statement", "weak", "no_data", "evidence", "points"),
        *("attainable", "rule", "size", "anchors", "scoring", "limits", "causes", "not_applicable", "first_step"),
        *("method", "place", "owner", "set", "kpi", "direction", "tags", "requires", "critical", "critical_when"),
    }
    one = person("checklist", "show", "dealership", "--department", "车间", "--json").json
    assert [d["id"] for d in one["departments"]] == ["workshop"]
    shown = person("checklist", "show", str(person.checklist), "--department", "front").out
    assert "conforming/checked, 10 drawn" in shown
    assert "late=" in shown
    assert "front" in person("checklist", "show", str(person.checklist), lang="zh").out


def test_every_item_of_the_packaged_checklist_says_how_it_is_answered(person: Person) -> None:
    for department in ("front-desk", "workshop", "parts", "warranty", "customer-care", "service-manager"):
        for lang in ("zh", "en"):
            assert person("checklist", "show", "dealership", "--department", department, lang=lang).code == 0


def test_unknown_checklists_and_departments(person: Person) -> None:
    done = person("checklist", "show", "dealrship")
    assert (done.code, done.out) == (ExitCode.NOT_FOUND, "")
    assert 'did you mean "dealership"' in done.err
    done = person("checklist", "show", "dealership", "--department", "workshp")
    assert done.code == ExitCode.NOT_FOUND
    assert "Did you mean workshop?" in done.err


def test_a_sound_checklist_is_said_to_be_sound(person: Person) -> None:
    done = person("checklist", "check", str(person.checklist))
    assert done.code == 0
    assert "sound, 5 items, 40 points" in done.out
    assert person("checklist", "check", str(person.checklist), "--json").json["ok"] is True


def test_five_mistakes_are_five_lines(person: Person) -> None:
    text = person.checklist.read_text("utf-8")
    for right, wrong in {
        "points: 30\n    sections": "points: 31\n    sections",
        "id: A2,": "id: A1,",
        "kind: levels, top: 5": "kind: level, top: 5",
        "zh: 丁好, en: B1 is right": "zh: 丁好",
        "method: walk, place": "method: wlk, place",
    }.items():
        assert right in text
        text = text.replace(right, wrong, 1)
    path = person.file("bad.yaml", text)
    done = person("checklist", "check", path)
    assert done.code == ExitCode.ATTENTION
    assert len(done.out.splitlines()) >= 5
    assert all(line.startswith("bad.yaml:") for line in done.out.splitlines())
    assert "problems found" in done.err
    shape = person("checklist", "check", path, "--json").json
    assert shape["ok"] is False
    assert shape["checklist"] is None
    assert shape["issues"][0].keys() == {"code", "severity", "file", "line", "item", "text"}
    codes = {issue["code"] for issue in shape["issues"]}
    assert codes >= {"department-sum", "duplicate-id", "missing-language", "unknown-reference", "unknown-rule"}
    assert "处问题" in person("checklist", "check", path, lang="zh").err


def test_checking_what_is_not_there(person: Person) -> None:
    done = person("checklist", "check", "nowhere")
    assert done.code == ExitCode.USAGE
    assert "nowhere" in done.err
