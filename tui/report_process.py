"""Reports written by a process of their own, so that one can stop it at any moment.

The process (`python -m tui.report_process`) reads what is wanted as JSON from its stdin and writes whole files into a
folder that is thrown away; it tells how far it is, a JSON object a line.  Only when all is complete do the files go
to their places, each in one step: whatever happens before leaves the earlier reports as they were.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from checklists.text import Text, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from checklists.text import ReportLang

_STOPPED = Text(
    "生成报告的进程意外结束，没有写入文件", "The process that makes the report ended early; nothing was written"
)
_LONGEST_LINE = 1 << 20


class ReportNotMade(UserError):
    """The report could not be made."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports."""

    store: str | None
    """URL or path; None for the default store."""
    ref: str
    langs: tuple[ReportLang, ...]
    form: str = "xlsx"
    """Or "pdf"."""
    copy: str = "dealer"
    """Or "headquarters"."""
    brand: str | None = None
    """A brand file; None: that of the settings."""


async def make_reports(wanted: Wanted, tell: Callable[[int, int], None]) -> dict[ReportLang, bytes]:
    """Return the reports as bytes, by language; cancelling the task ends the process.

    Raises:
        ReportNotMade: with what the process said.
    """
    with TemporaryDirectory(prefix="dealer-audit-") as folder:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "tui.report_process"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment(),
            limit=_LONGEST_LINE,
        )
        try:
            await _follow(process, wanted, folder, tell)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        return {lang: await asyncio.to_thread((Path(folder) / lang).read_bytes) for lang in wanted.langs}


async def _follow(
    process: asyncio.subprocess.Process, wanted: Wanted, folder: str, tell: Callable[[int, int], None]
) -> None:
    assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - both are pipes
    asked = {**asdict(wanted), "folder": folder}
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(json.dumps(asked).encode())
        await process.stdin.drain()
    process.stdin.close()
    complete = False
    async for line in process.stdout:
        said = json.loads(line)
        if "error" in said:
            raise ReportNotMade(Text(*said["error"]))
        complete = said["done"] == said["total"]
        tell(said["done"], said["total"])
    if await process.wait() or not complete:
        raise ReportNotMade(_STOPPED)


def put_in_place(bodies: Sequence[tuple[bytes, Path]]) -> None:
    """Write finished reports to their places.

    Raises:
        NotOurFile: when one would replace another file; nothing is written then.
        UserError: when a place cannot be written to.
    """
    from reports.workbook import put_in_place as put
    from tui.report_file import refuse_other

    for _, path in bodies:
        refuse_other(path)
    for body, path in bodies:
        put(body, path)


def environment() -> dict[str, str]:
    """Return this process's environment, in which the process finds this very code."""
    root = str(Path(__file__).resolve().parent.parent)
    known = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in (root, known) if part), "PYTHONUTF8": "1"}


# -- the process ------------------------------------------------------------------------------------------------------


def main() -> int:
    """Make what stdin asks for; returns the exit code."""
    try:
        _make(json.loads(sys.stdin.read()))
    except Exception as error:
        from tui.errors import sentence

        text, code = sentence(error, ["report"])
        _say({"error": [text.zh, text.en]})
        return int(code)
    return 0


def _make(asked: dict[str, Any]) -> None:
    from audit.summary import summarize
    from reports.pdf.document import pdf_bytes
    from reports.workbook import report_bytes
    from tui.opening import audit_to_read
    from tui.report_look import look_of

    langs: list[ReportLang] = asked["langs"]
    look = look_of(asked["copy"], asked["brand"])
    body_of = pdf_bytes if asked["form"] == "pdf" else report_bytes
    with audit_to_read(asked["store"], asked["ref"]) as session:
        summary = summarize(session, pictures=True)
    for place, lang in enumerate(langs):

        def tell(done: int, total: int, place: int = place) -> None:
            # The last step is told once the file is whole.
            reached = place * total + done
            if reached < total * len(langs):
                _say({"done": reached, "total": total * len(langs)})

        (Path(asked["folder"]) / lang).write_bytes(body_of(summary, lang, tell, look))
    _say({"done": 1, "total": 1})


def _say(said: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
