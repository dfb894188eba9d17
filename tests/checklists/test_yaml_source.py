"""YAML is read as plain strings, every node with its line; what is dangerous or ambiguous is refused with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklists.issues import IssueCode
from checklists.sources.yaml_source import MAX_DEPTH, Raw, parse_yaml, read_yaml

if TYPE_CHECKING:
    from pathlib import Path


def data(text: str) -> Raw:
    file, issues = parse_yaml(text.encode(), "t.yaml")
    assert issues == []
    assert file is not None
    return file.data


def problems(body: str | bytes) -> list[tuple[IssueCode, int]]:
    _, issues = parse_yaml(body.encode() if isinstance(body, str) else body, "t.yaml")
    assert {issue.file for issue in issues} <= {"t.yaml"}
    return [(issue.code, issue.line) for issue in issues]


@pytest.mark.parametrize(
    "bare", ["no", "1.10", "2026.1", "0777", "2026-03-25", "12:30", "1e3", "true", "0x1F", "=", ".5"]
)
def test_a_bare_value_stays_what_was_written(bare: str) -> None:
    assert data(f"a: {bare}\n{bare}: b\n") == {"a": bare, bare: "b"}


def test_nothing_is_an_empty_string() -> None:
    assert data("a:\nb: ~\nc: null\nd: ''\ne: 'null'\n") == {"a": "", "b": "", "c": "", "d": "", "e": "null"}


def test_a_byte_order_mark_and_full_width_text_are_read() -> None:
    file, issues = parse_yaml(b"\xef\xbb\xbf" + "名称: 前台".encode(), "t.yaml")
    assert issues == []
    assert file is not None
    assert file.data == {"名称": "前台"}


def test_texts_are_normalised() -> None:
    assert data("a: e\u0301") == {"a": "é"}


def test_every_node_knows_its_line() -> None:
    file, _ = parse_yaml(b"a:\n  - x\n  - b:\n      c: {d: 1,\n          e: 2}\n", "t.yaml")
    assert file is not None
    assert file.line(()) == 1
    assert file.line(("a", 0)) == 2
    assert file.line(("a", 1, "b")) == 3
    assert file.line(("a", 1, "b", "c", "d")) == 4
    assert file.line(("a", 1, "b", "c", "e")) == 5
    assert file.line(("a", 1, "b", "missing", "deeper")) == 3


def test_duplicate_keys_are_reported_and_the_first_counts() -> None:
    file, issues = parse_yaml(b"a: 1\nb: 2\na: 3\n", "t.yaml")
    assert file is not None
    assert file.data == {"a": "1", "b": "2"}
    assert [(issue.code, issue.line) for issue in issues] == [(IssueCode.YAML_DUPLICATE_KEY, 3)]
    assert "line 1" in issues[0].text.en


def test_a_billion_laughs_are_refused_without_growing() -> None:
    lines = ["a: &a [x, x]"] + [
        f"{b}: &{b} [{', '.join(['*' + a] * 9)}]" for a, b in zip("abcdefg", "bcdefgh", strict=True)
    ]
    found = problems("\n".join(lines))
    assert {code for code, _ in found} == {IssueCode.YAML_ALIAS}
    assert (IssueCode.YAML_ALIAS, 8) in found


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: c: d\n", IssueCode.YAML_SYNTAX, 2),
        ("a: [1\nb: 2\n", IssueCode.YAML_SYNTAX, 2),
        ("a: 1\n\tb: 2\n", IssueCode.YAML_SYNTAX, 2),
        ("a: 'x\n", IssueCode.YAML_SYNTAX, 1),
        ("a: 1\nb: \x07\n", IssueCode.YAML_SYNTAX, 2),
        ("a: 1\n  b: 2\n", IssueCode.YAML_SYNTAX, 2),
        ("a: @x\n", IssueCode.YAML_SYNTAX, 1),
        ("a: !!python/object/apply:os.system ['ls']\n", IssueCode.YAML_TAG, 1),
        ("a: 1\n&k b: 2\n", IssueCode.YAML_KEY, 2),
        ("? [a, b]\n: c\n", IssueCode.YAML_KEY, 1),
        ("a: 1\n---\nb: 1\n", IssueCode.YAML_DOCUMENTS, 2),
        ("", IssueCode.FILE_EMPTY, 0),
        ("# only a remark\n", IssueCode.FILE_EMPTY, 0),
        ("a: " + "[" * (MAX_DEPTH + 2), IssueCode.YAML_DEPTH, 1),
        ("? " * 5000, IssueCode.YAML_DEPTH, 1),
    ],
)
def test_what_is_refused_is_refused_with_its_line(text: str, code: IssueCode, line: int) -> None:
    assert (code, line) in problems(text)


@pytest.mark.parametrize("body", ["名称: 前台".encode("gb18030"), "a: é".encode("latin-1"), "a: b".encode("utf-16")])
def test_other_encodings_are_refused(body: bytes) -> None:
    assert problems(body) == [(IssueCode.FILE_ENCODING, 1)]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * 5_000_001)
    for path, code in [
        (tmp_path / "none.yaml", IssueCode.FILE_MISSING),
        (tmp_path, IssueCode.FILE_UNREADABLE),
        (big, IssueCode.FILE_TOO_LARGE),
    ]:
        file, issues = read_yaml(path)
        assert file is None
        assert [(issue.code, issue.file) for issue in issues] == [(code, path.name)]
