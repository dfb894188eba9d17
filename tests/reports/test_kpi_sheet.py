"""The report's sheet of KPIs: figures are never broken, and no KPI is cut by the end of a page."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, get_args

import pytest

from audit.kpi_values import Recorded
from audit.kpi_writing import Given, record
from audit.store.store import Store
from audit.summary import summarize
from checklists.text import Lang
from reports import breaks
from reports.measure import lines_of
from reports.sheets import kpis
from reports.style import LINE_HEIGHT, Styles
from tests.kpi_samples import MONTHS, begin

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("lang", get_args(Lang))
def test_figures_are_whole_and_blocks_uncut(tmp_path: Path, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import load_workbook
    from xlsxwriter import Workbook

    monkeypatch.setitem(kpis._HEADS, kpis.Column.FIGURES, (kpis._HEADS[kpis.Column.FIGURES][0], 24.0))
    monkeypatch.setattr(breaks, "_HEIGHT", 80.0)
    with Store.open(str(tmp_path / "audits.db")) as store:
        session = begin(store)
        record(session, [Given("K10", Recorded(Decimal(12345)), own, m) for own in ("kept", "all") for m in MONTHS])
        summary = summarize(session)
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as workbook:
        kpis.write(workbook, Styles(workbook), summary, lang)
    sheet: Any = load_workbook(out).active
    begins = [row for row in range(3, sheet.max_row) if str(sheet.cell(row, 1).value or "").startswith("K")]
    assert sheet.row_breaks.brk
    assert {each.id + 1 for each in sheet.row_breaks.brk} <= {*begins, begins[-1] + 1}
    row = next(row for row in begins if sheet.cell(row, 1).value.startswith("K10"))
    written = sheet.cell(row, 4).value
    assert all(line.count("12345") * 5 == sum(c.isdecimal() for c in line) for line in written.split("\n")[1:])
    assert sheet.row_dimensions[row].height >= lines_of(written, 24.0) * LINE_HEIGHT
    assert written.count("12345") == 3
