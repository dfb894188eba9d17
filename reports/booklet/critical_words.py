"""When a critical item, section or department fails beyond its points, in words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from checklists.points import printed, round_points
from checklists.rules import Levels, Sample, YesNo
from checklists.text import Text, joined, same
from reports.booklet.rule_words import level_points, share_words

if TYPE_CHECKING:
    from checklists.model import Critical, Item

CRITICAL = Text("关键项", "Critical")
_ITEM = Text("{when}即判关键项不合格；无法提供同样判不合格。", "Failed {when}, or when nothing can be shown.")
_ANY = Text("有一个不符合，", "as soon as one does not conform")
_NONE = Text("没有一个符合，", "when none conforms")
_BELOW = Text("符合率低于 {share}，", "when fewer than {share} conform")
_AT_MOST = Text("符合率不超过 {share}，", "when {share} or less conform")
_LEAST_FAILED = Text("至少 {count} 个不符合且", ", with at least {count} that do not")
_LEAST_CHECKED = Text("检查不少于 {count} 个、", ", of at least {count} checked")
_LEVELS = Text("等级为 {levels}，", "at level {levels}")
_NO = Text("答“否”，", "when the answer is no")
_POINTS_BELOW = Text("得分低于 {points} 分，", "below {points} points")
_POINTS_AT_MOST = Text("得分不超过 {points} 分，", "at {points} points or less")
_LEVEL_BELOW = Text("得分低于满分的 {share} 即判关键不合格。", "Critical: failed below {share} of its points.")
_LEVEL_AT_MOST = Text("得分不超过满分的 {share} 即判关键不合格。", "Critical: failed at {share} of its points or less.")
_LEVEL_ZERO = Text("得 0 分即判关键不合格。", "Critical: failed at 0 points.")


def critical_item(item: Item) -> Text | None:
    """Return when a critical item fails; None for any other."""
    if item.critical is None:
        return None
    rule = item.rule
    if isinstance(rule, Sample):
        when = _sample(item.critical)
    elif isinstance(rule, Levels):
        # An item of several observations has no one level: its points decide.
        when = _levels(item, item.critical) if rule.observations == 1 and not item.set else _points(item, item.critical)
    elif isinstance(rule, YesNo) and item.critical.reached(Fraction(0)):
        when = _NO
    else:
        when = _points(item, item.critical)
    return _ITEM.format(when=when)


def critical_level(critical: Critical | None) -> Text | None:
    """Return when a critical section or department fails."""
    if critical is None:
        return None
    if critical.below is not None:
        return _LEVEL_BELOW.format(share=share_words(critical.below))
    if not critical.at_most:
        return _LEVEL_ZERO
    return _LEVEL_AT_MOST.format(share=share_words(critical.at_most))


def _sample(critical: Critical) -> Text:
    if critical.below is not None:
        whole = critical.below == 1 and critical.min_failed == 1
        when = _ANY if whole else _BELOW.format(share=share_words(critical.below))
    elif critical.at_most:
        when = _AT_MOST.format(share=share_words(critical.at_most))
    else:
        when = _NONE
    failed = _LEAST_FAILED.format(count=critical.min_failed) if critical.min_failed > 1 else same("")
    checked = _LEAST_CHECKED.format(count=critical.min_checked) if critical.min_checked > 1 else same("")
    return Text(checked.zh + failed.zh + when.zh, when.en + failed.en + checked.en)


def _levels(item: Item, critical: Critical) -> Text:
    reached = [
        str(level)
        for level, points in enumerate(level_points(item))
        if critical.reached(Fraction(points) / Fraction(item.points))
    ]
    return _LEVELS.format(levels=joined([same(level) for level in reached], "、", " or "))


def _points(item: Item, critical: Critical) -> Text:
    if critical.below is not None:
        return _POINTS_BELOW.format(points=printed(round_points(critical.below * Fraction(item.points))))
    limit = Fraction(critical.at_most or 0) * Fraction(item.points)
    return _POINTS_AT_MOST.format(points=printed(round_points(limit)))
