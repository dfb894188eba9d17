"""YAML as authors write it: plain strings with the line they stand in.

There are no implicit types: a bare `no`, `1.10`, `0777` or a date stays the string that was written; what it means is
decided by whoever reads it.  Anchors and aliases are refused (a few lines of them can grow into gigabytes), duplicate
keys are problems and not silently the last of them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from checklists.issues import Issue, IssueCode
from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Raw = str | list["Raw"] | dict[str, "Raw"]
"""What a YAML file holds: strings, lists and mappings of them."""
NodePath = tuple[str | int, ...]
"""Keys and indices that lead to a node."""

MAX_MEGABYTES = 5
MAX_DEPTH = 30
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One file's content with the line of every node."""

    file: str
    data: Raw
    lines: dict[NodePath, int] = field(repr=False)

    def line(self, path: NodePath) -> int:
        """Return the line of the node at `path`, or of the nearest node around it where there is none."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(path: Path, name: str | None = None) -> tuple[YamlFile | None, list[Issue]]:
    """Read a file.

    Args:
        path: the file.
        name: how issues call it; its name when omitted.

    Returns:
        The content, or None where nothing could be read, and every problem found.
    """
    file = name or path.name
    try:
        if path.stat().st_size > MAX_MEGABYTES * 1_000_000:
            return None, [_issue(IssueCode.FILE_TOO_LARGE, file, 0, limit=MAX_MEGABYTES)]
        body = path.read_bytes()
    except FileNotFoundError:
        return None, [_issue(IssueCode.FILE_MISSING, file, 0, name=file, hint="")]
    except (OSError, ValueError):
        return None, [_issue(IssueCode.FILE_UNREADABLE, file, 0, name=file)]
    return parse_yaml(body, file)


def parse_yaml(body: bytes, file: str) -> tuple[YamlFile | None, list[Issue]]:
    """Read YAML from bytes; see `read_yaml`."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        return None, [_issue(IssueCode.FILE_ENCODING, file, line)]
    builder = _Builder(file)
    try:
        data = builder.build(text)
    except yaml.YAMLError as error:
        hint = _hint(str(getattr(error, "problem", None) or getattr(error, "reason", "")))
        builder.report(IssueCode.YAML_SYNTAX, _error_line(error, text), hint=hint)
        return None, builder.issues
    except _TooDeep as error:
        builder.report(IssueCode.YAML_DEPTH, error.line, limit=MAX_DEPTH)
        return None, builder.issues
    if data is None:
        builder.report(IssueCode.FILE_EMPTY, 0)
        return None, builder.issues
    return YamlFile(file, data, builder.lines), builder.issues


class _TooDeep(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Builder:
    """Builds plain data out of the parser's events, noting lines and problems."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.issues: list[Issue] = []
        self.lines: dict[NodePath, int] = {}

    def report(self, code: IssueCode, line: int, **values: object) -> None:
        self.issues.append(_issue(code, self.file, line, **values))

    def build(self, text: str) -> Raw | None:
        """Return the first document's content, None where the file has none."""
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        data: Raw | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self.report(IssueCode.YAML_DOCUMENTS, _line(event))
            elif isinstance(event, yaml.NodeEvent):
                if documents == 1:
                    data = self.node(event, events, ())
                else:
                    _Builder(self.file).node(event, events, ())
        return None if data == "" else data

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], path: NodePath) -> Raw:
        """Return the content of the node that begins with `event`."""
        line = _line(event)
        self.lines.setdefault(path, line)
        if len(path) > MAX_DEPTH:
            raise _TooDeep(line)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.report(IssueCode.YAML_ALIAS, line)
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            self.report(IssueCode.YAML_TAG, line, tag=str(tag).replace("tag:yaml.org,2002:", "!!"))
        if isinstance(event, yaml.ScalarEvent):
            return "" if not event.style and event.value in _NULLS else unicodedata.normalize("NFC", event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        return ""

    def _sequence(self, events: Iterator[yaml.Event], path: NodePath) -> list[Raw]:
        values: list[Raw] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self.node(event, events, (*path, len(values))))
        return values

    def _mapping(self, events: Iterator[yaml.Event], path: NodePath) -> dict[str, Raw]:
        values: dict[str, Raw] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, events, path)
            child = (*path, key)
            line = _line(event)
            first = self.lines.setdefault(child, line)
            value = self.node(next(events), events, child)
            if key in values:
                self.report(IssueCode.YAML_DUPLICATE_KEY, line, key=key, first=first)
            else:
                values[key] = value
        return values

    def _key(self, event: yaml.Event, events: Iterator[yaml.Event], path: NodePath) -> str:
        if isinstance(event, yaml.ScalarEvent) and not event.anchor:
            return unicodedata.normalize("NFC", event.value)
        self.report(IssueCode.YAML_KEY, _line(event))
        _Builder(self.file).node(event, events, (*path, "?"))
        return f"({_line(event)})"


_HINTS = (
    (
        ("mapping values are not allowed", "expected ':'"),
        Text(
            "请检查冒号和缩进；文字里有“: ”时整段加引号",
            'check colons and indents; a text that contains ": " needs quotes',
        ),
    ),
    (
        ("cannot start any token",),
        Text(
            "缩进只能用空格；文字以 % @ ` 或制表符开头时加引号",
            "indent with blanks, not tabs; a text that begins with % @ ` needs quotes",
        ),
    ),
    (
        ("unexpected end of stream", "',' or '}'", "',' or ']'"),
        Text("引号或括号没有成对；请检查这里及上文", "a quote or bracket is not closed; check here and above"),
    ),
    (
        ("control characters", "special characters", "not allowed"),
        Text("这里有不可见的控制字符；请删去", "there is an invisible control character; delete it"),
    ),
    (
        ("undefined alias",),
        Text("文字以 * 开头时加引号", "a text that begins with * needs quotes"),
    ),
)
_OTHER_HINT = Text(
    "请检查这里及上一行的缩进、冒号和引号",
    "check indent, colon and quotes here and in the line above",
)


def _hint(problem: str) -> Text:
    for phrases, hint in _HINTS:
        if any(phrase in problem for phrase in phrases):
            return hint
    return _OTHER_HINT


def _error_line(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return min(int(mark.line) + 1, max(1, len(text.splitlines())))
    position = getattr(error, "position", 0)
    return text.encode()[: max(0, int(position or 0))].count(b"\n") + 1


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 1


def _issue(code: IssueCode, file: str, line: int, **values: object) -> Issue:
    return Issue(code, code.template.format(**values), file, line)
