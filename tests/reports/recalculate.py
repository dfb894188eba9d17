"""LibreOffice as a second opinion: takes a workbook's stored values away and lets it compute them again."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Cells = dict[str, object]
"""Values by "sheet!cell"."""

_STORED = re.compile(r"(<c [^>]*?)(?: t=\"\w+\")?(>)(<f>[^<]*</f>)<v>[^<]*</v>", re.DOTALL)


def load(path: Path, *, data_only: bool = False) -> Any:
    from openpyxl import load_workbook

    return load_workbook(path, data_only=data_only)


def soffice() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def formulas(path: Path) -> dict[str, str]:
    book = load(path)
    return {
        f"{sheet.title}!{cell.coordinate}": str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def values(path: Path) -> Cells:
    book = load(path, data_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def strip_values(source: Path, target: Path) -> None:
    """Copy a workbook without the values stored beside its formulas."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                body = _STORED.sub(r"\1\2\3", body.decode()).encode()
            new.writestr(name, body)


def recalculate(paths: list[Path], folder: Path) -> list[Path]:
    """Let LibreOffice compute stripped copies of workbooks; all of them in one start."""
    bare = folder / "bare"
    done = folder / "done"
    bare.mkdir()
    done.mkdir()
    copies = []
    for path in paths:
        strip_values(path, bare / path.name)
        assert not formulas(path).keys() & values(bare / path.name).keys(), "values were left beside formulas"
        copies.append(str(bare / path.name))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(soffice()), profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(done), *copies], check=True, capture_output=True, timeout=240)
    return [done / path.name for path in paths]
