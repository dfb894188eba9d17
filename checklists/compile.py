"""From an author's files to a checklist: everything that is wrong is reported at once, with its place and remedy."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from checklists.advice import warn
from checklists.bands import check_bands
from checklists.checks import SET_COUNTS, Values, check
from checklists.guidance_checks import check_guidance
from checklists.issues import Issue, Severity, sorted_issues
from checklists.kinds import ABSENT, PassMark
from checklists.kpi_checks import check_kpis
from checklists.model import Checklist
from checklists.refused import report_refusals
from checklists.shapes import CHECKLIST
from checklists.sources.folder import gather

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of an author's files."""

    checklist: Checklist | None
    """None where there is any issue."""
    issues: tuple[Issue, ...]
    """All errors, by file and line."""
    warnings: tuple[Issue, ...] = ()
    """What a checklist that can be used may still lack, by file and line."""

    @property
    def findings(self) -> tuple[Issue, ...]:
        """Errors and warnings together, by file and line."""
        return sorted_issues([*self.issues, *self.warnings])


def compile_folder(path: Path | str) -> Compiled:
    """Compile a checklist, never stopping at the first problem.

    Args:
        path: a folder with `checklist.yaml`, or a single YAML file that holds everything.

    Returns:
        The checklist where it is without fault, and every issue.
    """
    tree, issues = gather(Path(path))
    if tree is None:
        return Compiled(None, sorted_issues(issues))
    written: Values = CHECKLIST(tree, (), dict(tree.data))
    unreadable = tree.reported | tree.unread
    check(tree, written)
    check_bands(tree, written)
    check_kpis(tree, written)
    check_guidance(tree, written)
    values, checklist = _checklist(written), None
    try:
        checklist = Checklist.model_validate(values)
    except ValidationError as error:
        report_refusals(tree, error, unreadable)
    warn(tree, values)
    found = sorted_issues(issue for issue in tree.issues if issue.severity is Severity.ERROR)
    warnings = sorted_issues(issue for issue in tree.issues if issue.severity is Severity.WARNING)
    return Compiled(None if found else checklist, found, warnings)


def _checklist(written: Values) -> Any:
    """Return the values as the model takes them: pass rates inherited, sample sizes filled in."""
    level, rate = _with_rate(written, "total", Fraction(1))
    sizes = _set_sizes(written)
    return _without_absent(level | _children(level, "departments", lambda values: _department(values, rate, sizes)))


def _department(written: Values, inherited: Fraction, sizes: Values) -> Values:
    level, rate = _with_rate(written, "points", inherited)
    return level | _children(level, "sections", lambda values: _section(values, rate, sizes))


def _section(written: Values, inherited: Fraction, sizes: Values) -> Values:
    level, _ = _with_rate(written, "points", inherited)
    return level | _children(level, "items", lambda values: _item(values, sizes))


def _item(written: Values, sizes: Values) -> Values:
    rule, size = written.get("rule"), sizes.get(written.get("set", ""))
    count = SET_COUNTS.get(rule.get("kind", "")) if isinstance(rule, dict) else None
    if size is None or count is None or not isinstance(rule, dict):
        return written
    return written | {"rule": rule | {count: size}}


def _set_sizes(written: Values) -> Values:
    sets = written.get("sample_sets")
    if not isinstance(sets, dict):
        return {}
    sizes = {key: values.get("size", 0) for key, values in sets.items() if isinstance(values, dict)}
    return {key: size for key, size in sizes.items() if size > 0}


def _with_rate(written: Values, key: str, inherited: Fraction) -> tuple[Values, Fraction]:
    """Return a level with its pass rate in place of its pass mark, and the rate; a mark above 100 % counts as 100."""
    mark, points = written.get("pass"), written.get(key)
    rate = inherited
    if isinstance(mark, PassMark) and points is not None and points > 0:
        rate = min(mark.rate_of(points), Fraction(1))
    rest = {name: value for name, value in written.items() if name != "pass"}
    return rest | {"pass_rate": rate}, rate


def _children(level: Values, key: str, convert: Callable[[Values], Values]) -> Values:
    children = level.get(key)
    if not isinstance(children, list):
        return {}
    return {key: [convert(child) if isinstance(child, dict) else child for child in children]}


def _without_absent(value: Any) -> Any:
    """Put None where nothing could be read, so that everything else keeps its place."""
    if isinstance(value, dict):
        return {key: _without_absent(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_without_absent(part) for part in value]
    return None if value is ABSENT else value
