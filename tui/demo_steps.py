"""The sample's visit, step by step, each through what the commands use; a step does what is not there yet."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol, TypeVar

from checklists.text import Text
from tui import demo_data as sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit.drawing import Population
    from audit.marking import NewMark
    from audit.records import Grid
    from audit.session import AuditSession
    from checklists.text import Lang
    from tui.demo_data import SampleDraw

_GOING_ON = Text(
    "接着上次中断的地方继续：已有 {count} 项", "Going on where it stopped: {count} answers are there already"
)
_ANSWERING = Text("录入评分", "recording answers")
_READING = Text("查阅抽样记录", "reading drawn records")
_ASKING = Text("记录访谈", "recording interviews")
_FIGURES = Text("导入指标", "taking in figures")
_PHOTOS = Text("加入照片", "adding photos")
_MEETING = Text("答复异议", "answering objections")

Thing = TypeVar("Thing")


class Stage(Protocol):
    """Where the sample is played: the terminal, or a screen."""

    @property
    def lang(self) -> Lang:
        """The language in which the sample's people write."""

    def say(self, text: Text) -> None:
        """Tell the person something."""

    def over(self, things: Sequence[Thing], label: Text) -> Iterable[Thing]:
        """Go through things and show how far one is; whatever it raises ends the sample where it is."""


def visit(stage: Stage, session: AuditSession) -> None:
    """Do everything up to signing."""
    for step in stage.over([take_in_figures], _FIGURES):
        step(session)
    record_answers(stage, session)
    read_records(stage, session)
    add_notes(stage, session)
    interview(stage, session)
    for step in stage.over([take_photos], _PHOTOS):
        step(session)


def take_in_figures(session: AuditSession) -> None:
    """Import the dealership's figures, and set what was recomputed from them or cannot be shown, and why."""
    from decimal import Decimal

    from audit.kpi_values import Provenance, Recorded
    from audit.kpi_writing import Given, record
    from reports.kpi_reading import read_kpis

    with sample.sample_file(sample.KPIS) as path:
        record(session, read_kpis(str(path), session).given)
    found = [Given(kpi, Recorded(Decimal(value), Provenance.RECOMPUTED)) for kpi, value in sample.recomputed().items()]
    lacking = [Given(kpi, Recorded(None, cause=cause)) for kpi, cause in sample.causes().items()]
    record(session, [*found, *lacking])


def record_answers(stage: Stage, session: AuditSession) -> None:
    """Record every answer that is not there yet, one by one."""
    done = {entry.slot.partition(":")[2] for entry in session.journal.entries if entry.kind == "answer"}
    if done:
        stage.say(_GOING_ON.format(count=len(done)))
    rows = [row for row in sample.answers() if row.item not in done]
    lang = stage.lang
    for row in stage.over(rows, _ANSWERING):
        session.answer(row.item, row.value, row.reason.of(lang), row.note.of(lang))


def read_records(stage: Stage, session: AuditSession) -> None:
    """Draw the sets that are not drawn, and mark their records, a sheet at a time."""
    from audit.marking import draw, mark_all
    from audit.records import drawn_sets

    for drawing in stage.over(sample.draws(), _READING):
        if drawing.set not in drawn_sets(session.checklist, session.state):
            draw(session, drawing.set, _whole(drawing), drawing.seed)
        grid = drawn_sets(session.checklist, session.state)[drawing.set]
        if grid.open_cells:
            mark_all(session, grid, _marks(stage, grid))


def add_notes(stage: Stage, session: AuditSession) -> None:
    """Add the remarks on what records and figures say."""
    for item, text in sample.notes():
        session.note(item, text.of(stage.lang))


def interview(stage: Stage, session: AuditSession) -> None:
    """Record the interviews that are not there yet, and what follows from them."""
    from audit.interviews import Draft, add_finding, add_interview, findings_of, interviews_of

    lang = stage.lang
    done = len(interviews_of(session.checklist, session.state))
    for said in stage.over(sample.interviews()[done:], _ASKING):
        add_interview(session, said.role, said.person.of(lang), said.question.of(lang), said.note.of(lang))
    numbers = [said.number for said in interviews_of(session.checklist, session.state)]
    for found in sample.findings()[len(findings_of(session.checklist, session.state)) :]:
        source = numbers[found.interview - 1]
        draft = Draft(found.text.of(lang), found.department, found.direction, kpi=found.kpi, interview=source)
        add_finding(session, draft)


def take_photos(session: AuditSession) -> None:
    """Draw the photos and add them to their items; what is there already stays as it is."""
    from audit.evidence import evidence_of
    from audit.evidence_adding import Wanted, add_files
    from tui.demo_pictures import draw, sample_photos

    there = {(piece.item, piece.name) for piece in evidence_of(session)}
    with TemporaryDirectory() as folder:
        add_files(
            session,
            [
                Wanted(item, path)
                for photo in sample_photos()
                if any((item, photo.name) not in there for item in photo.items)
                for path in [draw(photo, Path(folder))]
                for item in photo.items
            ],
        )


def closing_meeting(stage: Stage, session: AuditSession, decided_by: str) -> None:
    """Raise the objections that are not there yet, with their late evidence, and answer those that are not answered."""
    from audit.closing import Decision
    from audit.objecting import decide, object_to
    from audit.session import Typed
    from tui.demo_pictures import draw, sample_photos

    lang = stage.lang
    late = {photo.name: photo for photo in sample_photos("late-photos.json")}
    known = {raised.item: raised for raised in session.state.closing.raised}
    with TemporaryDirectory() as folder:
        for said in stage.over(sample.objections(), _MEETING):
            files = [draw(late[said.photo], Path(folder))] if said.photo else []
            there = known.get(said.item)
            label = there.label if there else object_to(session, said.item, said.by.of(lang), said.text.of(lang), files)
            if there is None or there.decision is Decision.OPEN:
                typed = Typed(said.item, said.value) if said.value else None
                decide(session, label, Decision(said.decision), said.answer.of(lang), decided_by, typed)


def _whole(drawing: SampleDraw) -> Population:
    """Return the list a set is drawn from, as `records draw` reads it."""
    from tui.record_rows import whole_list

    if drawing.kind == "list":
        with sample.sample_file(drawing.what) as path:
            return whole_list(str(path), None, None, None)
    if drawing.kind == "range":
        return whole_list(None, None, None, drawing.what)
    return whole_list(None, None, drawing.what, None)


def _marks(stage: Stage, grid: Grid) -> list[NewMark]:
    """Return a filled-in record sheet: what is not named conforms."""
    from audit.marking import NewMark as New
    from audit.records import OK

    known = sample.marks(grid.id)
    return [
        New(record, item.id, found.value, found.remark.of(stage.lang))
        if (found := known.get((record, item.id)))
        else New(record, item.id, OK)
        for record in grid.draw.records
        for item in grid.items
    ]
