"""What the model refuses, said in our own sentences: pydantic's messages never reach a user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checklists.issues import IssueCode
from checklists.kinds import label
from checklists.text import Text, joined

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from checklists.sources.folder import Tree
    from checklists.sources.yaml_source import NodePath

_REASONS: dict[str, tuple[IssueCode, str]] = {
    "zero_at and full_at must differ": (IssueCode.EQUAL_LIMITS, ""),
    "limits must rise: zero_below < full_from <= full_to < zero_above": (
        IssueCode.LIMITS_ORDER,
        "zero_below < full_from ≤ full_to < zero_above",
    ),
    "zero_at must lie below full_at": (IssueCode.LIMITS_ORDER, "zero_at < full_at"),
    "shares must rise and end at 1": (IssueCode.LIMITS_ORDER, "shares: a < b < … < 100 %"),
}
"""The model's own refusals; keyed by their messages."""
_SAMPLE_KEYS = "all_or_nothing leaves no room for zero_at or full_at"
_CODES = {
    "greater_than": IssueCode.NOT_POSITIVE,
    "greater_than_equal": IssueCode.OUT_OF_RANGE,
    "less_than_equal": IssueCode.OUT_OF_RANGE,
    "decimal_max_places": IssueCode.TOO_MANY_DECIMALS,
    "string_pattern_mismatch": IssueCode.BAD_ID,
    "string_too_long": IssueCode.TOO_LONG,
    "too_short": IssueCode.TOO_FEW,
    "too_long": IssueCode.TOO_MANY,
}
"""pydantic's types of errors that the model's fields can give once their values have been read."""
_FOLLOWING = frozenset({"missing", "too_short", "union_tag_invalid", "literal_error"})
"""Errors that follow from a part that could not be read; said only where nothing was wrong with a part."""
_LIMITS = {"ge": Text("不小于 {limit}", "{limit} or more"), "le": Text("不大于 {limit}", "{limit} or less")}
_MODEL_KEYS = {"pass_rate": "pass"}


def report_refusals(tree: Tree, error: ValidationError, reported: set[NodePath]) -> None:
    """Report what the model refused, each at its node.

    Args:
        tree: the checklist as written.
        error: pydantic's errors.
        reported: nodes that could not be read; what lies in them has been reported.
    """
    for detail in error.errors(include_url=False):
        path = _written_path(tree, detail["loc"])
        if any(path[: len(known)] == known for known in reported):
            continue
        if detail["type"] in _FOLLOWING and any(known[: len(path)] == path for known in tree.reported):
            continue
        code, values = _said(detail, path)
        tree.report(code, path, **values)


def _written_path(tree: Tree, loc: tuple[int | str, ...]) -> NodePath:
    """Return the path of an error as the author wrote it: steps that only the model has are left out."""
    node: Any = tree.data
    path: list[int | str] = []
    for step in loc:
        key = _MODEL_KEYS.get(step, step) if isinstance(step, str) else step
        is_entry = isinstance(node, list) and isinstance(key, int) and key < len(node)
        if is_entry or (isinstance(node, dict) and key in node):
            node = node[key]
            path.append(key)
    return tuple(path)


def _said(detail: ErrorDetails, path: NodePath) -> tuple[IssueCode, dict[str, object]]:
    context = detail.get("ctx", {})
    if detail["type"] == "value_error":
        return _reason(str(context.get("error", "")), label(path))
    code = _CODES.get(detail["type"], IssueCode.VALUE_REFUSED)
    limits = joined([words.format(limit=context[name]) for name, words in _LIMITS.items() if name in context])
    limit = context.get("max_length", context.get("min_length"))
    values = {"key": label(path), "value": detail["input"], "range": limits, "limit": limit}
    return code, values


def _reason(message: str, key: str) -> tuple[IssueCode, dict[str, object]]:
    if message == _SAMPLE_KEYS:
        return IssueCode.AT_MOST_ONE, {"keys": "all_or_nothing, zero_at / full_at"}
    if message == "size must be 1 or more":
        return IssueCode.NOT_POSITIVE, {"key": "size", "value": "< 1"}
    code, order = _REASONS.get(message, (IssueCode.VALUE_REFUSED, ""))
    return code, {"key": key, "order": order}
