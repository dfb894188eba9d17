"""Interviews by the checklist's guides: a question's id stands for it, and the report has it in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.dealers import Dealer
from audit.interviews import BadInterview, Draft, add_finding, add_interview, interviews_of
from audit.journal import Author
from audit.session import AuditSession
from audit.store.store import Store
from audit.summary import summarize
from checklists.model import Checklist
from checklists.text import Text
from reports.as_json import score_json
from tests.builders import checklist, department, item, section

LI = Author("李工", "laptop-1")
DEALER = Dealer(code="SHXX", name_zh="上海XX", name_en="Shanghai XX")
ASK = Text("预约记在哪里？", "Where are bookings kept?")


def asked() -> Checklist:
    question = {"id": "SA1", "must": True, "ask": ASK, "good": Text("系统", "In the DMS"), "items": ["FD01"]}
    other = {
        "id": "SA2",
        "ask": Text("谁派工？", "Who dispatches?"),
        "good": Text("调度", "He"),
        "items": ["FD01"],
    }
    return checklist(
        department("front", section("M1", item("FD01"), item("FD02"))),
        roles={"manager": {"name": Text("站长", "Manager")}, "advisor": {"name": Text("服务顾问", "Advisor")}},
        guides={"advisor": [question, other]},
    )


@pytest.fixture
def session(tmp_path: Path) -> Iterator[AuditSession]:
    with Store.open(str(tmp_path / "audits.db")) as store:
        yield AuditSession.create(store, asked(), DEALER, LI, {"date": "2026-05-12"})


@pytest.mark.parametrize("typed", ["SA1", "sa1", " ＳＡ1 "])
def test_a_questions_id_is_kept_with_its_text_in_the_writers_language(session: AuditSession, typed: str) -> None:
    added = add_interview(session, "", "小张", typed, "记在本子上", "en")
    assert (added.guide, added.question, added.asked) == ("SA1", "Where are bookings kept?", ASK)
    assert (added.role, added.number) == ("advisor", "1")
    [entry] = [e for e in session.journal.entries if e.kind == "interview"]
    assert entry.data["guide"] == "SA1"
    again = AuditSession.open(session.store, "SHXX", LI)
    assert interviews_of(again.checklist, again.state) == (added,)


def test_another_role_may_be_asked_the_same(session: AuditSession) -> None:
    assert add_interview(session, "站长", "", "SA1", "n").role == "manager"


def test_own_words_stay_as_they_are(session: AuditSession) -> None:
    added = add_interview(session, "advisor", "", "SA3?", "n")
    assert (added.guide, added.question, added.asked) == ("", "SA3?", Text("SA3?", "SA3?"))
    with pytest.raises(BadInterview, match="role"):
        add_interview(session, "", "", "who?", "n")


def test_a_finding_names_the_interview_by_its_question(session: AuditSession) -> None:
    with pytest.raises(BadInterview, match="SA1 was not asked"):
        add_finding(session, Draft("t", "front", "A", interview="SA1"))
    first = add_interview(session, "", "", "SA1", "n")
    found = add_finding(session, Draft("预约靠本子", "front", "A", interview="sa1"))
    assert found.interviews == (first,)
    add_interview(session, "", "", "SA1", "another")
    with pytest.raises(BadInterview, match="interviews 1, 2"):
        add_finding(session, Draft("t", "front", "A", interview="SA1"))


def test_a_weak_item_names_the_question(session: AuditSession) -> None:
    add_interview(session, "", "", "SA1", "n")
    add_interview(session, "", "", "SA2", "n")
    add_interview(session, "manager", "", "free", "n")
    session.answer("FD01", "1", reason="no list")
    add_finding(session, Draft("alone", "front", "A", interview="SA1"))
    for interview in ("1", "SA2", "3"):
        add_finding(session, Draft("said", item="FD01", interview=interview))
    of_item, alone = summarize(session).weak_items
    assert (of_item.number, of_item.questions) == ("FD01", ("SA1", "SA2"))
    assert (alone.number, alone.questions) == ("F1", ("SA1",))
    assert alone.reason == Text("访谈 1（服务顾问，SA1）", "interview 1 (Advisor, SA1)")


def test_the_summary_shows_the_question_in_either_language(session: AuditSession) -> None:
    add_interview(session, "", "", "SA1", "n", "zh")
    for lang in ("zh", "en"):
        [shown] = score_json(summarize(session), lang)["interviews"]
        assert (shown["question"], shown["guide"]) == (ASK.of(lang), "SA1")
