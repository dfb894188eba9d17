"""Checking an author's files: a whole checklist, or one of its files within the whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checklists.compile import compile_folder
from checklists.issues import Issue, IssueCode, Severity
from checklists.sources.folder import COACHING_KEYS, GUIDE_KEYS, KPI_KEYS, MAIN, is_folder
from checklists.sources.yaml_source import read_yaml
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from checklists.model import Checklist
    from checklists.sources.yaml_source import Raw

_NAMING = ("coaching", "kpis", "interviews")
"""Keys of the main file that name a file each, beside the list of departments."""
_PARTS = frozenset({"sections", *COACHING_KEYS, *KPI_KEYS, *GUIDE_KEYS})
"""Keys with which the file of a part begins; the main file has departments."""


_NOTHING = Text("没有文件或文件夹“{path}”，请检查路径", 'There is no file or folder "{path}"; check the path')


class NothingToCheck(UserError):
    """There is no such file or folder."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in an author's files."""

    checklist: Checklist | None
    """None where the checklist as a whole has errors."""
    findings: tuple[Issue, ...]
    """Errors and warnings by file and line; of a part those in its own file."""
    part_of: str | None = None
    """The main file's name where only one of the files it names was asked for."""
    elsewhere: int = 0
    """Errors and warnings in the other files then."""

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(issue.severity is Severity.ERROR for issue in self.findings)

    @property
    def warnings(self) -> int:
        """How many of the findings are warnings."""
        return len(self.findings) - self.errors


def check_path(path: Path | str) -> Checked:
    """Check a checklist.

    Args:
        path: a folder with `checklist.yaml`, a file that holds everything, or a file which the `checklist.yaml` beside
            it names: the whole is checked then, and what is found in that file is returned.

    Raises:
        NothingToCheck: when there is no such file or folder.
    """
    path = Path(path)
    if not _exists(path):
        raise NothingToCheck(_NOTHING.format(path=path))
    if is_folder(path) or path.name == MAIN:
        return _whole(path)
    main, _ = read_yaml(path.parent / MAIN)
    if main is not None and path.name in _named(main.data):
        compiled = compile_folder(path.parent)
        own = tuple(issue for issue in compiled.findings if issue.file == path.name)
        return Checked(compiled.checklist, own, MAIN, len(compiled.findings) - len(own))
    source, _ = read_yaml(path)
    if source is not None and isinstance(source.data, dict) and _is_part(source.data):
        text = IssueCode.PART_ALONE.template.format(name=path.name, main=MAIN)
        return Checked(None, (Issue(IssueCode.PART_ALONE, text, path.name, 0),))
    return _whole(path)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _whole(path: Path) -> Checked:
    compiled = compile_folder(path)
    return Checked(compiled.checklist, compiled.findings)


def _named(main: Raw) -> set[str]:
    """Return the names of the files that a main file names."""
    if not isinstance(main, dict):
        return set()
    departments = main.get("departments")
    named = [*(departments if isinstance(departments, list) else ()), *(main.get(key) for key in _NAMING)]
    return {name for name in named if isinstance(name, str) and name}


def _is_part(data: dict[str, Raw]) -> bool:
    return "departments" not in data and bool(_PARTS & data.keys())
