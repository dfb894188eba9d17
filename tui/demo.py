"""The sample: a dealership's audit, played through the same session a user would use.

What it brings along is in sample/ (see `tui.demo_data`).  No total and no result stands anywhere.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

from audit.dealers import Dealer, Dealers
from audit.objecting import undecided
from audit.session import AuditSession
from audit.state import AuditStatus
from audit.summary import summarize
from checklists.catalog import load
from checklists.text import Text
from tui.console import progress
from tui.demo_data import draws, objections
from tui.demo_steps import closing_meeting, visit
from tui.language import choose_language
from tui.opening import opened, writer
from tui.report_file import write
from tui.score_tables import show_score

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from audit.journal import Author
    from audit.store.store import Store
    from checklists.text import Lang
    from tui.console import Terminal
    from tui.demo_steps import Stage, Thing

STORE = "demo.db"
CHECKLIST = "dealership"
DATE = "2026-05-12"
DEALER = Dealer(
    "SHXX",
    name_zh="上海XX汽车销售服务有限公司",
    name_en="Shanghai XX Automobile Sales & Service Co., Ltd.",
    city="上海",
)
AUDITORS = (Text("王芳", "Wang Fang"), Text("李强", "Li Qiang"))
PARTICIPANTS = (
    Text("陈明（站长）", "Chen Ming (service manager)"),
    Text("赵丽（前台主管）", "Zhao Li (front desk manager)"),
)
REPRESENTATIVE = Text("陈明", "Chen Ming")

_ALREADY = Text(
    "{folder} 中已有完成的样例，重新显示结果：", "The sample in {folder} is complete; here is its result again:"
)
_FILES = Text("样例的文件：", "The sample's files:")
_NEXT = Text("接下来可以试试：", "What to type next:")
_SEAL = Text("封存码 {seal}", "Seal {seal}")


class _OnTerminal:
    """The sample on the command line."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.lang = terminal.lang

    def say(self, text: Text) -> None:
        """Tell it on stderr."""
        self._terminal.say(text)

    def over(self, things: Sequence[Thing], label: Text) -> Iterable[Thing]:
        """Show a bar on stderr."""
        return progress(things, label.of(self.lang))


def play(terminal: Terminal, folder: Path, person: str | None) -> None:
    """Play the sample into a folder, or go on with one that was interrupted, and show what came out.

    Raises:
        StoreError: when the folder or its store cannot be used.
    """
    place = folder / STORE
    with opened(str(place), create=True) as store:
        session = sample_audit(store, writer(person or AUDITORS[0].of(terminal.lang)), terminal.lang)
        if is_complete(session):
            terminal.say(_ALREADY.format(folder=folder))
        else:
            to_the_end(session, _OnTerminal(terminal))
        summary = summarize(session, pictures=True)
    show_score(terminal, summary)
    if summary.signature is not None:
        terminal.say(_SEAL.format(seal=summary.signature.seal))
    languages: tuple[Lang, ...] = ("zh", "en")
    reports = [folder / f"{summary.ref}-{lang}.xlsx" for lang in languages]
    for path, lang in zip(reports, languages, strict=True):
        write(summary, path, lang)
    terminal.say(_FILES)
    for path in (place, *reports):
        terminal.copyable(str(path))
    terminal.say(_NEXT)
    for command in _next_commands(summary.ref, str(place), terminal.lang):
        terminal.copyable(command)


def to_the_end(session: AuditSession, stage: Stage) -> None:
    """Play what is missing of the visit, sign, and hold the closing meeting."""
    if session.state.status is AuditStatus.OPEN:
        visit(stage, session)
        session.sign(AUDITORS[0].of(stage.lang), REPRESENTATIVE.of(stage.lang))
    closing_meeting(stage, session, AUDITORS[0].of(stage.lang))


def is_complete(session: AuditSession) -> bool:
    """Say whether the sample was played to its end: every objection is there and answered."""
    raised = session.state.closing.raised
    return len(raised) >= len(objections()) and not undecided(session.state)


def sample_audit(store: Store, author: Author, lang: Lang) -> AuditSession:
    """Return the sample's audit: the one in the store, or a new one."""
    for row in store.streams("audit"):
        if row.ref == f"{DEALER.code}-{DATE}":
            return AuditSession.open(store, row.ref, author)
    Dealers(store, author).save(DEALER)
    details = {
        "date": DATE,
        "auditors": [name.of(lang) for name in AUDITORS],
        "participants": [name.of(lang) for name in PARTICIPANTS],
    }
    return AuditSession.create(store, load(CHECKLIST), DEALER, author, details)


def _next_commands(ref: str, store: str, lang: Lang) -> list[str]:
    words = [
        ["score", ref],
        ["score", ref, "--json"],
        ["audit", "show", ref],
        ["audit", "history", ref, "--item", objections()[0].item],
        ["records", "show", ref, draws()[0].set],
        ["kpi", "show", ref],
        ["interview", "show", ref],
        ["evidence", "list", ref],
        ["audit", "verify", ref],
        ["report", ref],
        ["checklist", "show", CHECKLIST],
    ]
    spoken = [] if choose_language(None) == lang else ["--lang", lang]
    named = [[*line, *([] if line[0] == "checklist" else ["--store", store]), *spoken] for line in words]
    quoted = subprocess.list2cmdline if sys.platform == "win32" else shlex.join
    # As the person called it: through uv there is no dealer-audit on the path.
    tool = ["uv", "run", "dealer-audit"] if "UV_RUN_RECURSION_DEPTH" in os.environ else ["dealer-audit"]
    return [quoted([*tool, *line]) for line in named]
