"""A checklist's files put together: one tree, in which every node still knows its file and line.

A checklist is a folder with `checklist.yaml`, which names a file for each department, one for the coaching directions,
one for the KPIs and one for the interview guides, or a single file that holds everything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from checklists.hints import hint_at
from checklists.issues import MAPPING, Issue, IssueCode, Severity
from checklists.sources.yaml_source import NodePath, Raw, YamlFile, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

MAIN = "checklist.yaml"
SUFFIXES = (".yaml", ".yml")
COACHING_KEYS = {"directions": "directions"}
KPI_KEYS = {"categories": "kpi_categories", "kpis": "kpis"}
GUIDE_KEYS = {"guides": "guides"}
"""What a file named in the main file may hold, and under which keys the whole checklist has it."""
_LEVELS = frozenset({"departments", "sections", "items", "bonus"})


@dataclass
class Tree:
    """The whole checklist as plain data, with the problems found so far."""

    main: YamlFile
    data: dict[str, Raw]
    mounts: dict[NodePath, tuple[YamlFile, NodePath]] = field(default_factory=dict)
    """Which part of the tree comes from which other file, and from where in it."""
    unread: set[NodePath] = field(default_factory=set)
    """Nodes whose file could not be read, which has been reported already."""
    issues: list[Issue] = field(default_factory=list)
    reported: set[NodePath] = field(default_factory=set)
    """Nodes with a problem."""

    def where(self, path: NodePath) -> tuple[str, int]:
        """Return file and line of a node."""
        for length in range(len(path), 0, -1):
            mount = self.mounts.get(path[:length])
            if mount is not None:
                source, prefix = mount
                return source.file, source.line(prefix + path[length:])
        return self.main.file, self.main.line(path)

    def owner(self, path: NodePath) -> str | None:
        """Return the id of the item, else the section, else the department a node belongs to.

        Of a node elsewhere: the id of the KPI, the direction or the question.
        """
        if path[:1] in {("kpis",), ("directions",)}:
            return str(path[1]) if len(path) > 1 else None
        node: Raw = self.data
        if path[:1] == ("guides",):
            return _id_of(_at(node, path[:3])) if len(path) > 2 else None
        found: str | None = None
        for key, index in zip(path[::2], path[1::2], strict=False):
            level = node.get(key) if isinstance(node, dict) and key in _LEVELS else None
            if not isinstance(level, list) or not isinstance(index, int) or index >= len(level):
                break
            node = level[index]
            found = _id_of(node) or found
        return found

    def report(self, code: IssueCode, path: NodePath, **values: object) -> None:
        """Note a problem at a node; one with a warning is still readable."""
        file, line = self.where(path)
        if code.severity is Severity.ERROR:
            self.reported.add(path)
        self.issues.append(Issue(code, code.template.format(**values), file, line, self.owner(path)))


def _at(node: Raw, path: NodePath) -> Raw:
    """Return the node at a path, an empty one where there is none."""
    for key in path:
        if isinstance(node, dict) and isinstance(key, str):
            node = node.get(key, "")
        elif isinstance(node, list) and isinstance(key, int) and key < len(node):
            node = node[key]
        else:
            return ""
    return node


def _id_of(node: Raw) -> str | None:
    own_id = node.get("id") if isinstance(node, dict) else None
    return own_id if isinstance(own_id, str) and own_id else None


def is_folder(path: Path) -> bool:
    """Say whether a path is a folder; one that cannot be looked at is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def main_file(path: Path) -> Path:
    """Return the file with which a checklist begins."""
    return path / MAIN if is_folder(path) else path


def yaml_files(folder: Path) -> list[Path]:
    """Return the YAML files of a folder by name; none when it cannot be looked at."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())
    except OSError:
        return []


def gather(path: Path) -> tuple[Tree | None, list[Issue]]:
    """Read a checklist's files into one tree.

    Args:
        path: a folder, or one file.

    Returns:
        The tree (None where there is nothing to go on with) and the problems met before there was one.
    """
    folder = path if is_folder(path) else path.parent
    main, issues = read_yaml(main_file(path))
    if main is None:
        return None, issues
    if not isinstance(main.data, dict):
        text = IssueCode.WRONG_SHAPE.template.format(key=main.file, expected=MAPPING)
        return None, [*issues, Issue(IssueCode.WRONG_SHAPE, text, main.file, 1)]
    tree = Tree(main, dict(main.data), issues=issues)
    _mount_departments(tree, folder)
    _mount_file(tree, folder, "coaching", COACHING_KEYS)
    _mount_file(tree, folder, "kpis", KPI_KEYS)
    _mount_file(tree, folder, "interviews", GUIDE_KEYS)
    return tree, []


def _mount_departments(tree: Tree, folder: Path) -> None:
    named = tree.data.get("departments")
    if not isinstance(named, list):
        return
    departments = list(named)
    for index, entry in enumerate(named):
        if isinstance(entry, str) and entry:
            departments[index] = _mounted(tree, folder, entry, ("departments", index))
    tree.data["departments"] = departments


def _mounted(tree: Tree, folder: Path, name: str, place: NodePath) -> Raw:
    source = _named_file(tree, folder, name, place)
    if source is None:
        tree.unread.add(place)
        return ""
    tree.mounts[place] = (source, ())
    return source.data


def _mount_file(tree: Tree, folder: Path, naming: str, keys: Mapping[str, str]) -> None:
    """Take over the keys of a file as if they stood in the main file, which names it under `naming`."""
    name = tree.data.get(naming)
    if not isinstance(name, str) or not name:
        return
    del tree.data[naming]
    source = _named_file(tree, folder, name, (naming,))
    if source is None or not isinstance(source.data, dict):
        if source is not None:
            _report_in(tree, source, (), IssueCode.WRONG_SHAPE, key=source.file, expected=MAPPING)
        for key in keys.values():
            tree.unread.add((key,))
            tree.data.setdefault(key, "")
        return
    for key, value in source.data.items():
        whole = keys.get(key)
        if whole is None:
            hint = hint_at(key, keys)
            _report_in(tree, source, (key,), IssueCode.UNKNOWN_KEY, key=key, hint=hint)
        elif whole in tree.data:
            first = tree.main.line((whole,))
            _report_in(tree, source, (key,), IssueCode.YAML_DUPLICATE_KEY, key=key, first=first)
        else:
            tree.data[whole] = value
            tree.mounts[(whole,)] = (source, (key,))


def _report_in(tree: Tree, source: YamlFile, path: NodePath, code: IssueCode, **values: object) -> None:
    tree.issues.append(Issue(code, code.template.format(**values), source.file, source.line(path)))


def _named_file(tree: Tree, folder: Path, name: str, place: NodePath) -> YamlFile | None:
    """Read a file that the main file names; it must lie in the same folder."""
    if Path(name).name != name or name.startswith(".") or len(name) > 100 or set(name) & set("\\\0"):
        tree.report(IssueCode.FILE_OUTSIDE, place, name=name)
        return None
    others = [path.name for path in yaml_files(folder) if path.name != tree.main.file]
    path = folder / name
    if name not in others and not is_folder(path):
        tree.report(IssueCode.FILE_MISSING, place, name=name, hint=hint_at(name, others))
        return None
    source, issues = read_yaml(path)
    tree.issues.extend(issues)
    return source
