"""The least effort that brings the total, and each department if asked, over its line.

Effort is that of the directions carried out, each once, and a little for every weak item put right under them.  Weak
items that are critical, or about safety or law, are always in.  The choice is exact (`audit.route_search`); every total
shown comes from scoring again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.coaching import direction_of, effort_of
from audit.findings import WeakKind
from audit.raising import Raising, regained
from audit.route import ITEM_DAYS, MUST, BadTarget, Route, RouteItem, RouteStep, Why
from audit.route_program import Candidate, Lines, program_of
from audit.route_search import best_choice
from audit.route_words import missed, reason_of
from audit.scoring import department_shares
from checklists.points import ZERO, plain
from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from audit.findings import WeakItem
    from audit.route_words import Short
    from audit.scorecard import Scorecard
    from audit.state import AuditState
    from checklists.model import Checklist


def best_route(
    checklist: Checklist,
    state: AuditState,
    weak_items: Sequence[WeakItem],
    target: Decimal | None = None,
    *,
    departments: bool = False,
    item_days: Decimal = ITEM_DAYS,
) -> Route:
    """Return the route of least effort to a target; of equal ones the one with most points.

    Args:
        checklist: the checklist.
        state: the audit's answers.
        weak_items: its weak items.
        target: points the total is to reach; None for the points to pass, as a bonus that counts leaves them.
        departments: whether each department is to reach its pass mark too; an audit of some departments only, which has
            no points to pass, always asks for it where no target is given.
        item_days: working days of each weak item beside its direction's.

    Raises:
        BadTarget: when the target is more than the audit can give at all.
        RouteNotFound: when the search takes too long.
    """
    search = _Search.of(checklist, state, weak_items, item_days)
    _refuse_above(search.now.total.possible, target)
    lines = _lines(checklist, search.now, target, departments=departments)
    everything = search.score(search.candidates)
    if _misses(everything, lines):
        return search.route(frozenset(search.candidates), lines)
    shares = department_shares(checklist, state)
    efforts = {one.group: search.days(one.group) for one in search.candidates.values()}
    program = program_of(search.now, shares, [*search.candidates.values()], (efforts, item_days), lines)
    chosen = best_choice(program, lambda items: not _misses(search.score(items), lines))
    return search.route(chosen, lines)


_ABOVE = Text(
    "目标 {target} 分高于满分 {most} 分：请给出不超过满分的目标",
    "The target of {target} points is above the maximum of {most}: name one that can be reached",
)


@dataclass(frozen=True, slots=True)
class _Search:
    """What a route is looked for in."""

    raising: Raising
    now: Scorecard
    weak: Mapping[str, WeakItem]
    """By item id."""
    candidates: Mapping[str, Candidate]
    item_days: Decimal

    @classmethod
    def of(cls, checklist: Checklist, state: AuditState, weak_items: Sequence[WeakItem], item_days: Decimal) -> _Search:
        """Put together the weak items that may be chosen: those that regain points, and those that must be in."""
        raising = Raising(checklist, state)
        weak = {one.item.id: one for one in weak_items if one.item is not None}
        candidates = {
            item: Candidate(item, one.direction, regained(one), must=_must(one) is not None)
            for item, one in weak.items()
            if regained(one) or _must(one) is not None
        }
        return cls(raising, raising.with_cured(()), weak, candidates, item_days)

    def score(self, items: Iterable[str]) -> Scorecard:
        """Return the scorecard once these items are cured."""
        return self.raising.with_cured(self.weak[item] for item in items)

    def days(self, letter: str) -> Decimal:
        """Return a direction's own working days; nothing where the checklist does not say."""
        return effort_of(direction_of(self.raising.checklist, letter)) or ZERO

    def route(self, chosen: frozenset[str], lines: Lines) -> Route:
        """Lay the chosen items out as steps."""
        end = self.score(chosen)
        short = _misses(end, lines)
        whys = {item: self._why(item, chosen, lines) for item in self.candidates if item in chosen}
        groups: dict[str, list[RouteItem]] = {}
        for item, why in whys.items():
            one = self.candidates[item]
            groups.setdefault(one.group, []).append(RouteItem(self.weak[item], why, one.gain))
        steps, done = [], list[str]()
        for letter, items in sorted(groups.items(), key=self._rank):
            done += [one.weak.number for one in items]
            steps.append(self._step(letter, items, self.score(done)))
        total = end.total
        return Route(
            steps=tuple(steps),
            start=self.now.total.earned,
            total=total.earned,
            possible=total.possible,
            target=lines.total,
            reached=not short,
            passes=total.passed,
            departments=tuple((d.department.id, d.earned, d.pass_points) for d in end.departments),
            effort=sum((step.effort for step in steps), ZERO),
            item_days=self.item_days,
            unreachable=missed(end, short) if short else None,
        )

    def _step(self, letter: str, items: Sequence[RouteItem], after: Scorecard) -> RouteStep:
        effort = self.days(letter) + self.item_days * len(items)
        points = sum((one.points for one in items), ZERO)
        return RouteStep(
            letter=letter,
            direction=direction_of(self.raising.checklist, letter),
            items=tuple(items),
            effort=effort,
            points=points,
            total_after=after.total.earned,
            passes_after=after.total.passed,
            reason=reason_of(items, points, effort),
        )

    def _rank(self, group: tuple[str, Sequence[RouteItem]]) -> tuple[int, Decimal, str]:
        """Order the steps: what must be in first, then most points a day."""
        letter, items = group
        effort = self.days(letter) + self.item_days * len(items)
        points = sum((one.points for one in items), ZERO)
        first = 0 if any(one.why in MUST for one in items) else 1
        return first, -(points / effort if effort else points), letter

    def _why(self, item: str, chosen: frozenset[str], lines: Lines) -> Why:
        must = _must(self.weak[item])
        if must is not None:
            return must
        if lines.departments and self._holds_department(item, chosen, lines):
            return Why.DEPARTMENT
        return Why.POINTS

    def _holds_department(self, item: str, chosen: frozenset[str], lines: Lines) -> bool:
        """Say whether without the item its department misses its mark."""
        own = self.weak[item].department.id
        return own in lines.departments and own in dict(_misses(self.score(chosen - {item}), lines))


def _must(weak: WeakItem) -> Why | None:
    """Say why a weak item is in whatever it costs, if it is."""
    if weak.item is None:
        return None
    if weak.kind is WeakKind.CRITICAL or weak.item.critical is not None:
        return Why.CRITICAL
    return next((why for why in (Why.SAFETY, Why.LEGAL) if why.value in weak.item.tags), None)


def _lines(checklist: Checklist, now: Scorecard, target: Decimal | None, *, departments: bool) -> Lines:
    """Return what has to be reached; what the department marks ask for leaves out those that cannot be passed."""
    total = target
    if target is None and now.total.pass_points is not None:
        total = now.total.pass_points - (now.total.bonus if checklist.bonus_counts else ZERO)
    if not departments and total is not None:
        return Lines(total)
    return Lines(total, {d.department.id: d.pass_points for d in now.departments if d.pass_points is not None})


def _refuse_above(most: Decimal, target: Decimal | None) -> None:
    if target is not None and target > most:
        raise BadTarget(_ABOVE.format(target=plain(target), most=plain(most)))


def _misses(scorecard: Scorecard, lines: Lines) -> list[Short]:
    """Return the lines a scorecard falls short of, and by how much; the total has no id."""
    short: list[Short] = []
    if lines.total is not None and scorecard.total.earned < lines.total:
        short.append(("", lines.total - scorecard.total.earned))
    for one in scorecard.departments:
        needed = lines.departments.get(one.department.id)
        if needed is not None and one.earned < needed:
            short.append((one.department.id, needed - one.earned))
    return short
