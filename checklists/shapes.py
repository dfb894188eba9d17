"""What an author can write in a checklist: every key, what it holds, and whether it must be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from checklists.compound import keyed, listed, shape, text, text_or_symbol
from checklists.issues import MAPPING, IssueCode
from checklists.kinds import (
    ABSENT,
    Kind,
    bounded,
    choice,
    either,
    flag,
    label,
    number,
    pass_mark,
    points,
    share,
    whole,
    word,
)
from checklists.model import FORMAT, CriticalPolicy, Facility, NoDataCause, Tag
from checklists.rules import RULE_KINDS
from checklists.text import joined, same

if TYPE_CHECKING:
    from checklists.sources.folder import Tree
    from checklists.sources.yaml_source import NodePath, Raw

MOST_LEVELS = 20

_STEPS = shape(
    {"start": number, "per": number},
    {
        "take": number,
        "give": number,
        "better": choice("higher", "lower"),
        "count": choice("whole", "started", "proportional"),
    },
    one_of=("take", "give"),
)
_BAND = shape({}, {"from": number, "to": number, "take": number, "give": number}, one_of=("take", "give"))
_FAULT = shape(
    {"id": word, "name": text},
    {"points": number, "steps": _STEPS, "bands": listed(_BAND), "unit": text_or_symbol},
    one_of=("points", "steps", "bands"),
)
_LINE = {"zero_at": number, "full_at": number}
_FLANKS = {"zero_below": number, "full_from": number, "full_to": number, "zero_above": number}
_MEASURE = shape(
    {"kind": word, "unit": text_or_symbol},
    {**_LINE, **_FLANKS, "steps": _STEPS, "bands": listed(_BAND), "of_plan": flag},
)
_SCALES: tuple[dict[str, Any], ...] = (_LINE, _FLANKS, {"steps": _STEPS}, {"bands": listed(_BAND)})
"""The keys of each scale a measure can have; it has exactly one."""

_RULES: dict[str, Kind] = {
    "yes_no": shape({"kind": word}),
    "levels": shape(
        {"kind": word},
        {"top": bounded(1, MOST_LEVELS), "shares": listed(share), "observations": whole},
        one_of=("top", "shares"),
    ),
    "sample": shape(
        {"kind": word},
        {"size": either("all", whole), "zero_at": share, "full_at": share, "all_or_nothing": flag},
    ),
    "deduct": shape({"kind": word, "faults": listed(_FAULT)}),
    "bonus": shape({"kind": word, "merits": listed(_FAULT)}),
}
_RULE_KIND = choice(*RULE_KINDS, code=IssueCode.UNKNOWN_RULE)


def rule(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read a scoring rule by its kind; a measure's keys say which scale it has."""
    if not isinstance(raw, dict):
        tree.report(IssueCode.WRONG_SHAPE, path, key=label(path), expected=MAPPING)
        return ABSENT
    if "kind" not in raw:
        tree.report(IssueCode.MISSING_KEY, (*path, "kind"), key="kind")
        return ABSENT
    kind = _RULE_KIND(tree, (*path, "kind"), raw["kind"])
    if kind is ABSENT:
        return ABSENT
    return _measure(tree, path, raw) if kind == "measure" else _RULES[kind](tree, path, raw)


def _measure(tree: Tree, path: NodePath, raw: dict[str, Raw]) -> Any:
    found_before = len(tree.issues)
    values = _MEASURE(tree, path, raw)
    readable = len(tree.issues) == found_before
    scales = [keys for keys in _SCALES if keys.keys() & raw.keys()]
    if len(scales) > 1 or (readable and not scales):
        keys = joined([same(" + ".join(scale)) for scale in _SCALES], zh="；", en="; ")
        tree.report(IssueCode.EXACTLY_ONE, path, keys=keys)
    elif readable:
        for key in [key for scale in scales for key in scale if key not in raw]:
            tree.report(IssueCode.MISSING_KEY, (*path, key), key=key)
    return values


def _format(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Refuse a newer format; what an older one can hold, this one can hold too, so the number itself is let go."""
    value = word(tree, path, raw)
    if value is ABSENT or value in {str(number) for number in range(1, FORMAT + 1)}:
        return ABSENT
    tree.report(IssueCode.FORMAT_NEWER, path, value=value, known=FORMAT)
    return ABSENT


def _named(tree: Tree, path: NodePath, raw: Raw) -> Any:
    value = text(tree, path, raw)
    return ABSENT if value is ABSENT else {"name": value}


_CRITICAL = shape(
    {},
    {"below": share, "at_most": share, "min_checked": whole, "min_failed": whole},
    one_of=("below", "at_most"),
    none_allowed=True,
)
_ITEM = shape(
    {
        "id": word,
        "statement": text,
        "weak": text,
        "evidence": text,
        "points": points,
        "rule": rule,
        "method": word,
        "place": word,
        "owner": word,
        "direction": word,
    },
    {
        "former_ids": listed(word),
        "anchors": listed(text),
        "causes": listed(text),
        "no_data": text,
        "not_applicable": text,
        "first_step": text,
        "tags": listed(choice(*get_args(Tag))),
        "attainable": points,
        "set": word,
        "kpi": word,
        "requires": listed(choice(*get_args(Facility))),
        "critical": _CRITICAL,
    },
)
_SECTION = shape(
    {"id": word, "name": text, "points": points, "items": listed(_ITEM)},
    {"pass": pass_mark, "critical": _CRITICAL},
)
_DEPARTMENT = shape(
    {"id": word, "name": text, "points": points, "sections": listed(_SECTION)},
    {"pass": pass_mark, "critical": _CRITICAL, "weight": number},
)
_BONUS_ITEM = shape({"id": word, "statement": text, "points": points, "rule": rule})
_GRADE = shape({"id": word, "name": text, "from": share}, {"to": share})
_SAMPLE_SET = shape({"name": text, "size": whole, "period": text, "drawn": text})
_DIRECTION = shape(
    {"name": text, "cures": text, "first_step": text, "effect": text},
    {
        "steps": listed(shape({"do": text, "role": word, "days": number})),
        "training": text,
        "proof": text,
        "moves": listed(shape({"kpi": word, "by": number})),
        "effort_days": number,
        "suits": text,
    },
)
_QUESTION = shape({"id": word, "ask": text, "good": text, "items": listed(word)}, {"must": flag, "kpis": listed(word)})
_PARAMETER = shape({"name": text, "value": word})

_KPI_CATEGORY = shape({"name": text, "department": word})
_SERIES = shape({"name": text, "months": whole}, {"unit": text_or_symbol})
_KPI_LEVEL = shape({"value": number}, {"of": choice("value", "plan", "last_year")})


def _kpi_level(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read a level: `{value: 95, of: plan}`, or its value alone."""
    if not isinstance(raw, str):
        return _KPI_LEVEL(tree, path, raw)
    value = number(tree, path, raw)
    return ABSENT if value is ABSENT else {"value": value}


_KPI = shape(
    {
        "name": text,
        "formula": text,
        "unit": text_or_symbol,
        "better": choice("higher", "lower", "watch"),
        "category": word,
        "department": word,
        "value": choice("last", "mean", "sum", "ratio"),
        "series": keyed(_SERIES),
        "direction": word,
    },
    {
        "fields": listed(word),
        "pass_level": _kpi_level,
        "target": _kpi_level,
        "tolerance": share,
        "missed": text,
        "missing": text,
    },
)

CHECKLIST = shape(
    {
        "id": word,
        "version": word,
        "title": text,
        "assesses": text,
        "total": points,
        "pass": pass_mark,
        "departments": listed(_DEPARTMENT),
    },
    {
        "format": _format,
        "coaching": word,
        "interviews": word,
        "when_not_applicable": choice("redistribute", "exclude"),
        "critical_policy": choice(*get_args(CriticalPolicy)),
        "recheck_days": whole,
        "no_data_not_applicable": listed(choice(*get_args(NoDataCause))),
        "grades": listed(_GRADE),
        "bonus": listed(_BONUS_ITEM),
        "bonus_cap": points,
        "bonus_counts": flag,
        "profiles": keyed(keyed(number)),
        "sample_sets": keyed(_SAMPLE_SET),
        "directions": keyed(_DIRECTION),
        "guides": keyed(listed(_QUESTION)),
        "methods": keyed(_named),
        "places": keyed(_named),
        "roles": keyed(_named),
        "parameters": keyed(_PARAMETER),
        "kpi_categories": keyed(_KPI_CATEGORY),
        "kpis": keyed(_KPI),
    },
)
