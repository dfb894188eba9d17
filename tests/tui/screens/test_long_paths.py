"""Every box that asks for a path says of a name too long for any file that it cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Paste

from checklists.text import Text
from tests.tui.screens.conftest import SMALL, screen_text, settled
from tui.report_file import write_kpi_sheet
from tui.screens.asking import AskPath
from tui.screens.evidence_file import look_at_file
from tui.screens.kpi_import import KpiImportDialog
from tui.screens.plan_import import PlanImportDialog
from tui.screens.report import ReportDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.tui.screens.conftest import MakeApp
    from tui.screens.page import Dialog

LONG = "/" + "\\ ".join(f"RO-{n:05}" for n in range(600)) + ".xlsx"
ASKED = Text("文件", "File")


async def write(path: Path) -> None:
    write_kpi_sheet(None, path, "en")  # type: ignore[arg-type]


DIALOGS: dict[str, Callable[[], Dialog[Any]]] = {
    "folder": lambda: AskPath(ASKED, ASKED, folders=True),
    "evidence": lambda: AskPath(ASKED, ASKED, trying=look_at_file),
    "export": lambda: AskPath(ASKED, ASKED, trying=write),
    "kpis": lambda: KpiImportDialog(2026),
    "plan": PlanImportDialog,
    "report": lambda: ReportDialog("D1-2026-05-12"),
}


@pytest.mark.parametrize("name", DIALOGS)
async def test_a_name_too_long_is_refused_and_nothing_ends(audit_app: MakeApp, small_ref: str, name: str) -> None:
    app = audit_app("en", small_ref)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settled(pilot)
        dialog = DIALOGS[name]()
        app.push_screen(dialog)
        await settled(pilot)
        if name == "report":
            dialog.query_one("#folder").focus()
            await pilot.pause()
        app.post_message(Paste(LONG))
        await pilot.pause(0.5)
        await pilot.press(*(["tab"] if name == "folder" else []), "enter")
        await settled(pilot)
        assert app.screen is dialog
        assert any(said in screen_text(app) for said in ("no such folder", "cannot be", "no file"))


async def test_a_report_name_too_long_is_refused(audit_app: MakeApp, small_ref: str) -> None:
    app = audit_app("en", small_ref)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settled(pilot)
        dialog = ReportDialog(small_ref)
        app.push_screen(dialog)
        await settled(pilot)
        dialog.query_one("#name").focus()
        app.post_message(Paste("n" * 300))
        await pilot.press("enter")
        await settled(pilot)
        assert "not too long" in screen_text(app)
