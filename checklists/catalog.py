"""Checklists by id: those in the package, an author's own, and the copies that audits are bound to."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from checklists.canonical import from_store
from checklists.compile import compile_folder
from checklists.hints import hint_at
from checklists.issues import Issue, load_error_text
from checklists.reading import shown
from checklists.sources.folder import MAIN, is_folder, main_file, yaml_files
from checklists.sources.yaml_source import Raw, read_yaml
from checklists.text import Text, UserError, same

if TYPE_CHECKING:
    from checklists.model import Checklist

APP = "dealer-audit"
FOLDER_VARIABLE = "DEALER_AUDIT_CHECKLISTS"
"""Environment variable that names another folder for an author's own checklists."""


class UnknownChecklist(UserError):
    """No checklist has this id, and no file or folder this name."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(
            Text(
                "没有名为“{name}”的评估表，也没有这样的文件或文件夹{hint}",
                'There is no checklist "{name}", nor a file or folder of that name{hint}',
            ).format(name=shown(name, 200), hint=hint_at(name, known))
        )


class BrokenChecklist(UserError):
    """A checklist has problems; `issues` holds all of them."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        super().__init__(load_error_text(issues))
        self.issues = issues


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """One checklist that can be named by its id."""

    id: str
    version: str
    title: Text
    folder: Path
    """Where its files are; for a checklist of one file, the file."""
    packaged: bool


def own_folder() -> Path:
    """Return the folder of an author's own checklists."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir(APP, appauthor=False)) / "checklists"


def available() -> list[CatalogEntry]:
    """Return every checklist by id, an author's own first: with the same id it comes before the packaged one."""
    own = [_entry(path, packaged=False) for path in _candidates(own_folder())]
    packaged = [_entry(path, packaged=True) for path in _candidates(Path(str(files("checklists") / "data")))]
    return sorted(own, key=lambda entry: entry.id) + sorted(packaged, key=lambda entry: entry.id)


def load(id_or_path: str | Path) -> Checklist:
    """Return a checklist, from its canonical copy where its files have not changed since the last time.

    Args:
        id_or_path: the id of a packaged or own checklist, or the path of a folder or file.

    Raises:
        UnknownChecklist: when there is no such checklist.
        BrokenChecklist: when it has problems.
    """
    path = _find(id_or_path)
    digest = _digest(path)
    kept = None if digest is None else _kept(digest)
    if kept is not None:
        return kept
    compiled = compile_folder(path)
    if compiled.checklist is None:
        raise BrokenChecklist(compiled.issues)
    if digest is not None:
        _keep(digest, compiled.checklist)
    return compiled.checklist


def _candidates(folder: Path) -> list[Path]:
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return []
    return [path for path in found if path in yaml_files(folder) or path / MAIN in yaml_files(path)]


def _entry(path: Path, *, packaged: bool) -> CatalogEntry:
    """Read what a list shows of a checklist; one that is broken is listed under its file's name."""
    main, _ = read_yaml(main_file(path))
    data = main.data if main is not None and isinstance(main.data, dict) else {}
    name = path.name if is_folder(path) else path.stem
    title = data.get("title")
    words = title if isinstance(title, dict) else {}
    return CatalogEntry(
        _string(data.get("id")) or name,
        _string(data.get("version")),
        Text(_string(words.get("zh")) or name, _string(words.get("en")) or name) if words else same(name),
        path,
        packaged,
    )


def _string(value: Raw | None) -> str:
    return value.strip() if isinstance(value, str) else ""


def _find(id_or_path: str | Path) -> Path:
    entries = [] if isinstance(id_or_path, Path) else available()
    for entry in entries:
        if entry.id == id_or_path:
            return entry.folder
    path = Path(id_or_path)
    try:
        if str(id_or_path).strip() and path.exists():
            return path
    except (OSError, ValueError):
        pass
    raise UnknownChecklist(str(id_or_path), list(dict.fromkeys(entry.id for entry in entries)))


@cache
def _tool_digest() -> bytes:
    """Return a digest of the code that compiles, so that another version of it never trusts older copies."""
    package = Path(str(files("checklists")))
    code = sorted([*package.glob("*.py"), *package.glob("sources/*.py")])
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in code)).digest()


def _digest(path: Path) -> str | None:
    """Return a digest of all bytes a checklist is compiled from; None where they cannot be read."""
    sources = yaml_files(path) if is_folder(path) else [path]
    digest = hashlib.sha256(_tool_digest())
    try:
        for source in sources:
            body = source.read_bytes()
            digest.update(f"\0{source.name}\0{len(body)}\0".encode())
            digest.update(body)
    except OSError:
        return None
    return digest.hexdigest()


def _cache_folder() -> Path:
    return Path(platformdirs.user_cache_dir(APP, appauthor=False)) / "checklists"


def _kept(digest: str) -> Checklist | None:
    """Return the canonical copy kept for these sources, None where there is none that can be trusted."""
    try:
        expected = (_cache_folder() / f"{digest}.hash").read_text("ascii").strip()
        if not expected.isalnum():
            return None
        return from_store((_cache_folder() / f"{expected}.json").read_bytes(), expected)
    except (OSError, ValueError, UserError):
        return None


def _keep(digest: str, checklist: Checklist) -> None:
    """Keep the canonical copy under its hash; a cache that cannot be written is no error."""
    try:
        folder = _cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / f"{checklist.hash}.json", checklist.canonical)
        _write(folder / f"{digest}.hash", checklist.hash.encode())
    except OSError:
        return


def _write(path: Path, body: bytes) -> None:
    """Write a file so that a reader sees all of it or nothing."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
