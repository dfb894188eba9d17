"""Photos are proposed to the item that was being scored when they were taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from audit import writing
from audit.dealers import Dealer
from audit.evidence_adding import Wanted, add_files
from audit.evidence_inbox import (
    NoFolder,
    NoZone,
    folders_below,
    look_over,
    moment_of,
    scored_times,
    zone_of,
)
from audit.journal import Author
from audit.session import AuditSession
from audit.store.store import Store
from tests.builders import simple
from tests.photos import photo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
CHINA = timezone(timedelta(hours=8))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "audits.db")) as opened:
        yield opened


@pytest.fixture
def session(store: Store, monkeypatch: pytest.MonkeyPatch) -> AuditSession:
    """I1 at 10:00, I2 at 10:30, I3 at 11:00 and I1 once more at 11:20, in China; entries say 02:00 UTC and so on."""
    dealer = Dealer(code="SHXX", name_zh="上海XX", name_en="Shanghai XX", city="上海")
    begun = AuditSession.create(store, simple(10, 10, 10), dealer, LI, {"date": "2026-05-12"})
    for item, time in (("I1", "02:00:00"), ("I2", "02:30:00.700000"), ("I3", "03:00:00"), ("I1", "03:20:00")):
        monkeypatch.setattr(writing, "now", lambda time=time: f"2026-05-12T{time}+00:00")
        begun.answer(item, "3")
    return begun


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def proposed(session: AuditSession, folder: Path) -> dict[str, str | None]:
    return {shown.path.stem: shown.proposed for shown in look_over(session, [folder], CHINA).photos}


def test_each_photo_goes_to_what_was_scored_last_before_it(session: AuditSession, folder: Path) -> None:
    times = {
        "before": "09:59:59",
        "at-once": "10:00:00",
        "later": "10:29:59",
        "same-second": "10:30:00",
        "third": "11:19:00",
        "again": "11:20:30",
        "evening": "23:59:59",
    }
    for name, time in times.items():
        photo(folder / f"{name}.jpg", f"2026:05:12 {time}")
    assert proposed(session, folder) == {
        "before": None,
        "at-once": "I1",
        "later": "I1",
        "same-second": "I2",
        "third": "I3",
        "again": "I1",
        "evening": "I1",
    }


def test_photos_stand_in_the_order_of_their_times(session: AuditSession, folder: Path) -> None:
    for name, time in (("c", "12:00:00"), ("a", "11:00:00"), ("b", "10:00:00")):
        photo(folder / f"{name}.jpg", f"2026:05:12 {time}")
    assert [shown.path.stem for shown in look_over(session, [folder], CHINA).photos] == ["b", "a", "c"]


def test_another_days_photo_has_no_proposal(session: AuditSession, folder: Path) -> None:
    photo(folder / "next.jpg", "2026:05:13 00:00:01")
    photo(folder / "year.jpg", "2027:05:12 11:00:00")
    assert proposed(session, folder) == {"next": None, "year": None}


def test_the_zone_of_the_camera_decides(session: AuditSession, folder: Path) -> None:
    photo(folder / "stated.jpg", "2026:05:12 03:10:00", offset="+00:00")
    photo(folder / "unstated.jpg", "2026:05:12 11:10:00")
    assert proposed(session, folder) == {"stated": "I3", "unstated": "I3"}
    in_utc = {shown.path.stem: shown.proposed for shown in look_over(session, [folder], UTC).photos}
    assert in_utc == {"stated": "I3", "unstated": "I1"}


def test_what_was_taken_back_proposes_nothing(session: AuditSession, folder: Path) -> None:
    photo(folder / "a.jpg", "2026:05:12 11:30:00")
    session.undo()
    assert proposed(session, folder) == {"a": "I3"}


def test_a_phone_follows_its_own_auditor(
    session: AuditSession, folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo(folder / "a.jpg", "2026:05:12 11:10:00")
    monkeypatch.setattr(writing, "now", lambda: "2026-05-12T03:05:00+00:00")
    wang = AuditSession.open(store, session.ref, WANG)
    wang.answer("I2", "5")
    assert proposed(wang, folder) == {"a": "I2"}
    session.refresh()
    assert proposed(session, folder) == {"a": "I3"}
    assert proposed(AuditSession.open(store, session.ref, Author("office", "pc")), folder) == {"a": "I2"}


def test_what_the_audit_has_already_is_recognised(session: AuditSession, folder: Path) -> None:
    path = photo(folder / "a.jpg", "2026:05:12 11:10:00")
    add_files(session, [Wanted("I2", path)])
    [shown] = look_over(session, [folder], CHINA).photos
    assert shown.known == ("I2",)


def test_only_pictures_are_taken_and_the_rest_is_named(session: AuditSession, folder: Path) -> None:
    photo(folder / "a.jpg", "2026:05:12 11:10:00")
    photo(folder / "renamed.dat", "2026:05:12 11:10:00")
    (folder / "b.pdf").write_bytes(b"%PDF")
    (folder / ".hidden.jpg").write_bytes(b"x")
    (folder / "below").mkdir()
    found = look_over(session, [folder], CHINA)
    assert [shown.path.name for shown in found.photos] == ["a.jpg", "renamed.dat"]
    assert [path.name for path in found.others] == ["b.pdf"]


def test_a_folder_or_photo_that_cannot_be_read_is_a_sentence(session: AuditSession, folder: Path) -> None:
    with pytest.raises(NoFolder, match="nowhere"):
        look_over(session, [folder / "nowhere"])
    (folder / "empty.jpg").touch()
    found = look_over(session, [folder])
    assert "empty.jpg: is empty" in found.problems[0].en
    assert [path.name for path in found.refused] == ["empty.jpg"]


def test_answers_of_the_journal_tell_what_was_scored_when(session: AuditSession) -> None:
    assert [scored.item for scored in scored_times(session)] == ["I1", "I2", "I3", "I1"]


def test_a_mark_on_a_record_sheet_is_scoring_too(session: AuditSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "now", lambda: "2026-05-12T04:00:00+00:00")
    session.write([("mark", "record:ros/7/I2", {"set": "ros", "record": "7", "item": "I2", "mark": "ok"})])
    session.write([("mark", "record:ros/8", {"set": "ros", "record": "8", "item": "", "produced": "no"})])
    assert [scored.item for scored in scored_times(session)][-1] == "I2"


@pytest.mark.parametrize(
    ("typed", "hours"), [("+08:00", 8), ("+8", 8), ("-03:30", -3.5), ("UTC", 0), ("Asia/Shanghai", 8)]
)
def test_zones(typed: str, hours: float) -> None:
    assert datetime(2026, 5, 12, tzinfo=zone_of(typed)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize("typed", ["", "Shanghai", "+99", "+x", "../etc", "8"])
def test_what_is_no_zone_is_refused(typed: str) -> None:
    with pytest.raises(NoZone):
        zone_of(typed)


def test_a_time_without_a_zone_is_read_where_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert moment_of("2026-05-12T10:00:00", None) == datetime(2026, 5, 12, 2, tzinfo=UTC)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_folders_below_are_looked_through_and_one_bad_photo_keeps_none_back(
    session: AuditSession, folder: Path, tmp_path: Path
) -> None:
    below = folder / "DCIM" / "100"
    below.mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    photo(below / "deep.jpg", "2026:05:12 10:00:00")
    (below / "empty.jpg").write_bytes(b"")
    folders = folders_below(folder)
    assert [path.relative_to(folder).as_posix() for path in folders] == [".", "DCIM", "DCIM/100"]
    assert folders_below(folder, 1) == [folder, folder / "DCIM"]
    found = look_over(session, folders)
    assert "deep.jpg" in [seen.path.name for seen in found.photos]
    assert [problem.en.endswith("empty.jpg: is empty") for problem in found.problems] == [True]
    with pytest.raises(NoFolder):
        folders_below(folder / "nowhere")
