"""The copy for headquarters: no plate, VIN, phone or name in any cell, and numbers that stay apart."""

from __future__ import annotations

import zipfile
from dataclasses import fields, replace
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook  # noqa: TID253 - needed by all of it

from audit.changes import Change
from audit.closing import Consent, Decision, Finalized
from audit.evidence import Evidence
from audit.interviews import Interview
from audit.objecting import Objection
from audit.state import Answer, ItemState, Note, Signature
from checklists.model import Named
from checklists.text import Text, same
from reports.masking import Copy, masked
from reports.personal import covered
from reports.workbook import Look, report_bytes
from tests.builders import checklist, department, item, section, state
from tests.reports.samples import summary_of

if TYPE_CHECKING:
    from audit.summary import AuditSummary

HIDDEN = (
    *("沪A12345", "沪a·12345", "粤B 12345D", "京AD01234", "津A8K2M1", "沪Ａ１２３４５", "川A12345学", "WJ沪12345"),
    *("LSVAU2180E2123456", "lsvau2180e2123456", "13812345678", "138-1234-5678", "+86 138 1234 5678", "86 13812345678"),
    *("021-64321234", "02164321234", "(021) 6432 1234", "0512 65123456", "021-64321234转801", "400-820-8820"),
    *("310101199001011234", "31010119900101123X", "wang.fang@example.com.cn", "+49 151 2345678"),
    *(
        "沪 A12345",
        "使123456",
        "使 014·578",
        "224·578使",
        "LSVAA49J1-32047371",
        "LSV AA49 J132 04 7371",
        "138.1234.5678",
    ),
    *("310101 19900101 1234", "1 3 8 1 2 3 4 5 6 7 8", "021–6432–1234", "京A·8 8 8 8 8"),
)
KEPT = (
    *("RO-2291", "RO-2026-0731", "2026-05-12T10:00:00", "BK-04089", "1200, 1300, 1400", "GB/T 18344-2016", "新Excel表"),
    *("12345678 公里", "2025-05 至 2026-04", "SH01-2014-12-30", "贵BMW车主", "K10", "8/10", "99.5 %"),
)


@pytest.mark.parametrize("number", HIDDEN)
def test_personal_numbers_are_covered_wherever_they_stand(number: str) -> None:
    for around in ("{}", "车牌{}，客户", "see {} here", "（{}）"):
        shown = covered(around.format(number))
        assert not any(piece in shown for piece in (number, number[3:], number[-5:])), shown
        assert shown.startswith(around.partition("{")[0])


PLATES = (("京", "A", "88888"), ("粤", "B", "D12345"), ("沪", "C", "1A2B3"), ("使", "123", "456"))
OTHERS = (
    *(("010", "8888", "6666"), ("021", "5555", "1234"), ("0512", "6512", "3456"), ("400", "820", "8820")),
    *(("138", "1234", "5678"), ("13912345678",), ("+86", "150", "1234", "5678")),
    *(("LSVAA49J1", "32047371"), ("LSVAU2180E2123456",), ("1G1", "YY22G", "965104321")),
)
INSIDE = ("", " ", "-", "·", ".", " - ", "–", "_", "\u3000", "\u200b", "\u00a0")
BETWEEN = (*INSIDE[1:], ",", "，", "、", ";", "/", "\n", " 联系人 ", "转", "(", "：")


@given(
    numbers=st.lists(
        st.tuples(st.sampled_from(PLATES + OTHERS), st.sampled_from(INSIDE), st.sampled_from(BETWEEN)),
        min_size=1,
        max_size=5,
    )
)
@example(numbers=[(("京", "A", "88888"), "", " "), (("021", "5555", "1234"), " ", " ")])
@example(numbers=[(("010", "8888", "6666"), "", " "), (("021", "5555", "1234"), " ", " ")])
def test_no_separator_inside_or_between_numbers_reveals_one(numbers: list[tuple[tuple[str, ...], str, str]]) -> None:
    text, secret = "客户：", list[int]()
    for groups, inside, between in numbers:
        number = inside.join(groups)
        kept = 0 if groups in OTHERS else 1 if groups[0] == "使" else len(groups[0] + inside + groups[1])
        secret += [len(text) + n for n in range(kept, len(number)) if number[n].isalnum()]
        text += number + between
    text += "已到店 3 次"
    shown = covered(text)
    assert len(shown) == len(text)
    assert {shown[place] for place in secret} == {"*"}, shown
    assert shown.startswith("客户：")
    assert shown.endswith("到店 3 次")


@pytest.mark.parametrize("text", KEPT)
def test_other_numbers_stay(text: str) -> None:
    assert covered(text) == text


def told() -> AuditSummary:
    asked = checklist(
        department("D", section("S", item("A", rule={"kind": "sample", "size": 10}), item("B"))),
        sample_sets={},
    )
    answers = {
        "A": Answer(ItemState.ANSWERED, "8/10", "沪A12345 王芳说没有签字"),
        "B": Answer(ItemState.ANSWERED, "1", told=Text("VIN LSVAU2180E2123456", "VIN LSVAU2180E2123456")),
    }
    signature = Signature(
        "王芳", "陈明", "2014-12-30T09:30:00+00:00", "ab" * 32, Consent.RESERVATIONS, "赵丽", "陈明不同意"
    )
    return summary_of(
        asked,
        replace(state(asked, {}), answers=answers),
        auditors=("王芳", "Li Qiang"),
        participants=("陈明（站长）", "钱七"),
        contact="孙八 13812345678",
        signature=signature,
        notes={"A": (Note("电话 021-64321234，陈明在场，Li Qiang too", "王芳", "2014-12-30T08:00:00+00:00"),)},
        interviews=(
            Interview(
                "1", "1", "advisor", Text("服务顾问", "advisor"), "周九", "?", "周九说 138 1234 5678", "", same("?")
            ),
        ),
        evidence=(
            Evidence("A", "0" * 64, "沪A12345 王芳.jpg", "image/jpeg", 9, "2014-12-30T10:00:00", "exif", "吴十"),
        ),
        thumbnails={},
    )


SECRETS = (
    "王芳",
    "Li Qiang",
    "陈明",
    "赵丽",
    "钱七",
    "孙八",
    "周九",
    "吴十",
    "12345",
    "64321234",
    "LSVAU",
    "1234 5678",
)


def test_names_that_are_no_participants_are_covered_in_words_too() -> None:
    change = Change("2014-12-31T09:00:00+00:00", "冯一", "A", Text("O1 A：郑二：不同意", "O1 A: Zheng Er: no"))
    finalized = Finalized("郑二", "Zheng Er", "2014-12-31T10:00:00+00:00")
    [shown] = masked(replace(told(), changes=(change,), finalized=finalized), "zh").changes
    assert (shown.person, shown.what.zh) == ("其他人员", "O1 A：其他人员：不同意")
    assert "Zheng" not in shown.what.en


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_no_cell_of_the_masked_copy_tells_who(lang: Any) -> None:
    body = report_bytes(told(), lang, look=Look(copy=Copy.HEADQUARTERS))
    whole = "".join(
        zipfile.ZipFile(BytesIO(body)).read(name).decode("utf-8", "replace")
        for name in zipfile.ZipFile(BytesIO(body)).namelist()
    )
    assert not [secret for secret in SECRETS if secret in whole]
    assert not [name for name in zipfile.ZipFile(BytesIO(body)).namelist() if "media" in name]
    words = [str(c.value) for s in load_workbook(BytesIO(body)) for row in s.iter_rows() for c in row if c.value]
    role = {"zh": "站长", "en": "站长", "both": "站长"}[lang]
    assert any(role in word for word in words)
    assert any("总部留存" in word or "Headquarters copy" in word for word in words)


def test_the_dealers_copy_is_full() -> None:
    body = report_bytes(told(), "zh")
    words = "".join(str(c.value) for s in load_workbook(BytesIO(body)) for row in s.iter_rows() for c in row if c.value)
    assert all(secret in words for secret in ("王芳", "陈明", "沪A12345", "021-64321234"))


def test_a_role_that_the_checklist_knows_is_said_in_the_language_of_the_copy() -> None:
    roles = {"name": {"zh": "站长（服务经理）", "en": "Service manager"}}
    whole = told()
    known = replace(
        whole, checklist=whole.checklist.model_copy(update={"roles": {"manager": Named.model_validate(roles)}})
    )
    there = replace(known, participants=("王芳（站长）", "陈明（ Service Manager ）", "李强（会计）"))
    assert masked(there, "en").participants == ("Service manager", "Service manager", "会计")
    assert masked(there, "zh").participants == ("站长（服务经理）", "站长（服务经理）", "会计")


def test_a_files_name_is_covered_wherever_it_stands_and_a_persons_however_it_is_written() -> None:
    late = Evidence("B", "1" * 64, "zhao li and Mr Liu.png", "image/png", 9, "2014-12-30T10:00:00", "exif", "吴十")
    raised = Objection(
        id="O1",
        item="B",
        by="Zhao Li",
        text="ZHAO  LI and zhaoli saw it; see zhao li and Mr Liu.png",
        time="2014-12-30T10:00:00",
        person="吴十",
        evidence=(late.name,),
        files=(late,),
        due="2015-01-06",
        late=False,
        answer="",
        decision=Decision.OPEN,
        decided_by="",
        decided_at="",
        before=Decimal(0),
        after=None,
        disputed=Answer(ItemState.NO_DATA),
        amended=None,
    )
    change = Change(
        "2014-12-31T09:00:00+00:00", "吴十", "B", same("evidence zhao li and Mr Liu.png, A 沪A12345 王芳.jpg")
    )
    shown = masked(replace(told(), objections=(raised,), changes=(change,)), "en")
    [objection] = shown.objections
    assert objection.files[0].name == objection.evidence[0] == "B evidence 1.png"
    assert objection.text == "somebody else and somebody else saw it; see B evidence 1.png"
    assert shown.changes[0].what.en == "evidence B evidence 1.png, A A evidence 1.jpg"
    assert [piece.name for piece in shown.evidence] == ["A evidence 1.jpg"]


def test_points_are_not_masked() -> None:
    assert masked(told(), "zh").scorecard.total == told().scorecard.total
    assert [w.points_lost for w in masked(told(), "zh").weak_items] == [w.points_lost for w in told().weak_items]


def test_masking_twice_changes_nothing_more() -> None:
    once = masked(told(), "zh")
    assert {f.name for f in fields(once) if getattr(masked(once, "zh"), f.name) != getattr(once, f.name)} <= {
        "auditors",
        "participants",
        "contact",
        "signature",
        "interviews",
        "evidence",
        "notes",
    }
