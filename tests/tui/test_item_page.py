"""`checklist show --item`: one item, whole."""

import pytest

from tests.tui.conftest import Person
from tui.exits import ExitCode

RICH = """\
anchors: [{zh: 缺一栏, en: A field is empty}, {zh: 四栏齐全, en: All four are filled}],
             causes: [{zh: 顾问独自填写, en: Filled in alone}, {zh: 事后补签, en: Signed afterwards}],
             no_data: {zh: 拿不出检查单, en: No sheet can be shown}, not_applicable: {zh: 无新能源车, en: No EVs},
             first_step: {zh: 今天建表, en: Set up a list today}, tags: [legal, customer], attainable: 5.5,
             critical: {}, requires: [ev], former_ids: [OLD1],
             evidence: {zh: 看"""


@pytest.fixture
def rich(person: Person) -> Person:
    """The last item but one says everything an item can say."""
    text = person.checklist.read_text("utf-8")
    place = text.index("evidence: {zh: 看", text.index("id: B1"))
    person.checklist.write_text(text[:place] + RICH + text[place + len("evidence: {zh: 看") :], "utf-8")
    return person


def test_everything_an_item_says_is_printed(rich: Person) -> None:
    shown = rich("checklist", "show", str(rich.checklist), "--item", "b1").out
    for part in (
        *("B1 is right", "B1 is weak", "look", "A field is empty", "All four are filled", "not conforming"),
        *("1 Filled in alone", "2 Signed afterwards", "No sheet can be shown", "No EVs", "Set up a list today"),
        *("legal", "customer", "coaching brings it to 5.50", "Workshop / Repair", "Advisor", "Walk", "Desk"),
        *("A Process", "OLD1", "ev"),
    ):
        assert part in shown, part
    assert "critical" in shown
    assert "四栏齐全" in rich("checklist", "show", str(rich.checklist), "--item", "old1", lang="zh").out


def test_what_an_item_does_not_say_is_left_out(person: Person) -> None:
    shown = person("checklist", "show", str(person.checklist), "--item", "A1").out
    assert "usual causes" not in shown
    assert "sample set" not in shown
    assert "first step" in shown


def test_faults_are_printed_with_their_points(person: Person) -> None:
    assert "Late: 4 each" in person("checklist", "show", str(person.checklist), "--item", "A3").out


def test_an_item_as_json(rich: Person) -> None:
    shape = rich("checklist", "show", str(rich.checklist), "--item", "B1", "--json").json
    assert [(a["level"], a["points"], a["text"]) for a in shape["anchors"]] == [
        (0, 0, "A field is empty"),
        (1, 6, "All four are filled"),
    ]
    assert (shape["attainable"], shape["no_data"]) == (5.5, "No sheet can be shown")
    assert (shape["causes"], shape["tags"]) == (["Filled in alone", "Signed afterwards"], ["legal", "customer"])
    assert shape["critical_when"] == {"below": None, "at_most": 0, "min_checked": 1, "min_failed": 2}
    whole = rich("checklist", "show", str(rich.checklist), "--json").json
    assert whole["departments"][1]["sections"][0]["items"][0] == shape
    levels = rich("checklist", "show", str(rich.checklist), "--item", "A1", "--json").json
    assert (levels["anchors"], levels["attainable"], levels["critical_when"]) == ([], 8, None)


def test_an_unknown_item_offers_the_nearest(person: Person) -> None:
    done = person("checklist", "show", str(person.checklist), "--item", "A11")
    assert (done.code, done.out) == (ExitCode.NOT_FOUND, "")
    assert 'did you mean "A1"?' in done.err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_item_of_the_packaged_checklist_has_its_page(person: Person, lang: str) -> None:
    for item in ("FD16", "FD40", "FD52", "CS04", "WS33"):
        assert person("checklist", "show", "dealership", "--item", item, lang=lang).code == 0
