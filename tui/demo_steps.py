"""The sample's visit, step by step, each through what the commands use; a step does what is not there yet."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from checklists.text import Text
from tui import demo_data as sample
from tui.console import progress

if TYPE_CHECKING:
    from audit.drawing import Population
    from audit.marking import NewMark
    from audit.records import Grid
    from audit.session import AuditSession
    from tui.console import Terminal
    from tui.demo_data import SampleDraw

_GOING_ON = Text(
    "接着上次中断的地方继续：已有 {count} 项", "Going on where it stopped: {count} answers are there already"
)
_ANSWERING = Text("录入评分", "recording answers")
_READING = Text("查阅抽样记录", "reading drawn records")
_ASKING = Text("记录访谈", "recording interviews")


def visit(terminal: Terminal, session: AuditSession) -> None:
    """Do everything up to signing."""
    take_in_figures(session)
    record_answers(terminal, session)
    read_records(terminal, session)
    add_notes(terminal, session)
    interview(terminal, session)
    take_photos(session)


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


def record_answers(terminal: Terminal, session: AuditSession) -> None:
    """Record every answer that is not there yet, one by one."""
    done = {entry.slot.partition(":")[2] for entry in session.journal.entries if entry.kind == "answer"}
    if done:
        terminal.say(_GOING_ON.format(count=len(done)))
    rows = [row for row in sample.answers() if row.item not in done]
    lang = terminal.lang
    for row in progress(rows, _ANSWERING.of(lang)):
        session.answer(row.item, row.value, row.reason.of(lang), row.note.of(lang))


def read_records(terminal: Terminal, session: AuditSession) -> None:
    """Draw the sets that are not drawn, and mark their records, a sheet at a time."""
    from audit.marking import draw, mark_all
    from audit.records import drawn_sets

    for drawing in progress(sample.draws(), _READING.of(terminal.lang)):
        if drawing.set not in drawn_sets(session.checklist, session.state):
            draw(session, drawing.set, _whole(drawing), drawing.seed)
        grid = drawn_sets(session.checklist, session.state)[drawing.set]
        if grid.open_cells:
            mark_all(session, grid, _marks(terminal, grid))


def add_notes(terminal: Terminal, session: AuditSession) -> None:
    """Add the remarks on what records and figures say."""
    for item, text in sample.notes():
        session.note(item, text.of(terminal.lang))


def interview(terminal: Terminal, session: AuditSession) -> None:
    """Record the interviews that are not there yet, and what follows from them."""
    from audit.interviews import Draft, add_finding, add_interview, findings_of, interviews_of

    lang = terminal.lang
    done = len(interviews_of(session.checklist, session.state))
    for said in progress(sample.interviews()[done:], _ASKING.of(lang)):
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


def _whole(drawing: SampleDraw) -> Population:
    """Return the list a set is drawn from, as `records draw` reads it."""
    from tui.record_rows import whole_list

    if drawing.kind == "list":
        with sample.sample_file(drawing.what) as path:
            return whole_list(str(path), None, None, None)
    if drawing.kind == "range":
        return whole_list(None, None, None, drawing.what)
    return whole_list(None, None, drawing.what, None)


def _marks(terminal: Terminal, grid: Grid) -> list[NewMark]:
    """Return a filled-in record sheet: what is not named conforms."""
    from audit.marking import NewMark as New
    from audit.records import OK

    known = sample.marks(grid.id)
    return [
        New(record, item.id, found.value, found.remark.of(terminal.lang))
        if (found := known.get((record, item.id)))
        else New(record, item.id, OK)
        for record in grid.draw.records
        for item in grid.items
    ]
