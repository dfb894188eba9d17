"""What loads when: heavy libraries only where they are used.  The layers themselves are checked by import-linter."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "textual",
    "pydantic",
    "yaml",
    "sqlalchemy",
    "alembic",
    "xlsxwriter",
    "openpyxl",
    "pandas",
    "numpy",
    "matplotlib",
    "PIL",
    "highspy",
    "typst",
)


def loaded_by(statement: str) -> set[str]:
    script = f"import sys\n{statement}\nprint(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(
    ("statement", "must_not_load"),
    [
        ("import tui.cli, tui.main", HEAVY),
        ("import audit.journal, audit.state, audit.store.errors", ("sqlalchemy", "alembic", "xlsxwriter", "openpyxl")),
        (
            "import audit.session, audit.summary",
            ("alembic", "PIL", "xlsxwriter", "openpyxl", "typer", "rich", "textual", "highspy", "numpy"),
        ),
        ("import checklists.catalog", ("sqlalchemy", "xlsxwriter", "openpyxl", "numpy")),
        ("import reports.pdf.document", ("typst", "PIL", "xlsxwriter", "openpyxl", "sqlalchemy")),
        ("import reports.workbook", ("PIL", "xlsxwriter", "openpyxl", "sqlalchemy", "typer", "rich")),
    ],
)
def test_heavy_libraries_wait_until_they_are_used(statement: str, must_not_load: tuple[str, ...]) -> None:
    assert not loaded_by(statement) & set(must_not_load)


def test_imports_run_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(linter), "--no-cache"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
