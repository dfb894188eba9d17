"""How an item's answer becomes points, in words and in figures; every figure is computed by the item's own rule."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.scoring import item_points
from checklists.points import plain, printed, round_points
from checklists.rules import Deduct, Levels, Measure, Sample, YesNo
from checklists.scales import Bands, Flanks, Line, Steps
from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checklists.model import Checklist, Item
    from checklists.rules import Fault
    from checklists.scales import Band

LONGEST_LADDER = 20
"""Samples of more records get no line of points by count."""
_FIFTHS = 5
"""Parts a straight line of a measure is shown in."""

_ALL_OR_NOTHING = Text("是得 {points} 分，否得 0 分。", "Yes gives {points} points, no gives 0.")
_LEVELS = Text("勾选一个等级。", "Tick one level.")
_OBSERVED = Text(
    "观察 {count} 次，各记一个等级；得分为各次等级占比的平均值 × {points} 分。",
    "Observe {count} times and note a level each; {points} points × the mean of their shares.",
)
_SET_LEVELS = Text(
    "按抽样记录表 {set} 逐条记等级，抽 {count} 条；得分为各条等级占比的平均值 × {points} 分。",
    "A level for each of {count} records on record sheet {set}; {points} points × the mean of their shares.",
)
_SET = Text("按抽样记录表 {set} 判断，抽 {size} 条；", "From record sheet {set}, {size} records. ")
_RECORDS = Text("抽查 {size} 个；", "Check {size}. ")
_EVERY = Text("逐个检查，全部都看；", "Check every one there is. ")
_SHARE = Text("得分 = {points} 分 × 符合数 ÷ 检查数。", "{points} points × conforming ÷ checked.")
_EACH_ONE = Text(
    "全部符合得 {points} 分，有一个不符合即得 0 分。", "All {points} points when every one conforms, otherwise 0."
)
_BETWEEN = Text(
    "符合率 {low} 及以下得 0 分，{high} 及以上得 {points} 分，中间按直线折算："
    "{points} 分 ×（符合率 − {low}）÷ {span}。",
    "0 points when {low} or less conform, all {points} from {high} on, a straight line between: {points} points × "
    "(share conforming − {low}) ÷ {span}.",
)
_FULL_ONLY = Text(
    "符合率 {low} 及以下得 0 分，全部符合得 {points} 分，中间按直线折算：{points} 分 ×（符合率 − {low}）÷ {span}。",
    "0 points when {low} or less conform, all {points} when all conform, a straight line between: {points} points × "
    "(share conforming − {low}) ÷ {span}.",
)
_KPI = Text("取自 KPI {kpi}。", "Taken from KPI {kpi}. ")
_OF_PLAN = Text("数值为实际占计划的百分比。", "The value is the actual figure in percent of the plan. ")
_RISING = Text(
    "{zero} 及以下得 0 分，{full} 及以上得 {points} 分，中间按直线折算。",
    "{zero} or less gives 0 points, {full} or more all {points}, a straight line between.",
)
_FALLING = Text(
    "{zero} 及以上得 0 分，{full} 及以下得 {points} 分，中间按直线折算。",
    "{zero} or more gives 0 points, {full} or less all {points}, a straight line between.",
)
_FLANKS = Text(
    "{full_from} 至 {full_to} 得 {points} 分；{zero_below} 及以下、{zero_above} 及以上得 0 分；两侧各按直线折算。",
    "{full_from} to {full_to} gives all {points} points; {zero_below} or less and {zero_above} or more give 0; "
    "a straight line on either side.",
)
_STEPS_TAKE = Text(
    "满分 {points} 分；比 {start} 每{worse} {per}扣 {take} 分{count}，扣完为止。",
    "From {points} points, {take} off for every {per} {worse} {start}{count}, not below 0.",
)
_STEPS_GIVE = Text(
    "从 0 分起；比 {start} 每{better} {per}得 {give} 分{count}，最多 {points} 分。",
    "From 0 points, {give} more for every {per} {better} {start}{count}, at most {points}.",
)
_STEPS_COST = Text("比 {start} 每{worse} {per}扣 {take} 分{count}", "{take} off for every {per} {worse} {start}{count}")
_COUNTS = {
    "whole": Text("（不足一档不计）", " (whole steps only)"),
    "started": Text("（不足一档按一档计）", " (a started step counts as one)"),
    "proportional": Text("（不足一档按比例计）", " (parts of a step in proportion)"),
}
_HIGH, _LOW = Text("高", "above"), Text("低", "below")
_BANDS = Text("按所在区间得分，勾选一个。", "Tick the band the value lies in.")
_BAND_BELOW, _BAND_FROM = Text("{to} 以下（不含）", "below {to}"), Text("{lower} 及以上", "{lower} or more")
_BAND = Text("{lower} 至 {to}（不含）", "{lower} to below {to}")
_BAND_ANY = Text("任何数值", "any value")
_BAND_COST = Text("{band}扣 {take} 分", "{take} off at {band}")
_FAULTS = Text(
    "从 {points} 分起，每发现一处按下表扣分，扣完为止；每处写明地点。",
    "From {points} points, each fault found costs what the table says, not below 0; note the place of each.",
)
_UNIT, _PERCENT = Text("{value} {unit}", "{value} {unit}"), Text("{value}%", "{value}%")


def scoring_words(checklist: Checklist, item: Item) -> Text:
    """Return how the item's answer becomes points."""
    rule, points = item.rule, printed(item.points)
    match rule:
        case YesNo():
            return _ALL_OR_NOTHING.format(points=points)
        case Levels():
            if item.set is not None:
                return _SET_LEVELS.format(set=item.set, count=checklist.sample_size(item), points=points)
            return _LEVELS if rule.observations == 1 else _OBSERVED.format(count=rule.observations, points=points)
        case Sample():
            return _before(_how_many(checklist, item), _sample(rule, points))
        case Measure():
            words = _measure(rule, points)
            words = _before(_OF_PLAN, words) if rule.of_plan else words
            return _before(_KPI.format(kpi=item.kpi), words) if item.kpi else words
        case Deduct():
            return _FAULTS.format(points=points)


def share_words(share: Fraction) -> Text:
    """Return a share in percent, exact where it can be: 40 %, 33.3 %."""
    return same(_percent(share))


def level_points(item: Item) -> tuple[Decimal, ...]:
    """Return what each level, or no and yes, gives."""
    if isinstance(item.rule, YesNo):
        return item_points(item, "n"), item_points(item, "y")
    top = item.rule.top if isinstance(item.rule, Levels) else -1
    return tuple(item_points(item, str(level)) for level in range(top + 1))


def band_points(item: Item) -> list[tuple[Text, Decimal]]:
    """Return the bands of a measure that has them, each with its points."""
    rule = item.rule
    if not isinstance(rule, Measure) or not isinstance(rule.scale, Bands):
        return []
    unit = same("%") if rule.of_plan else rule.unit
    # A band's points are the same all through it, so those at one of its ends are.
    return [(_band(band, unit), round_points(rule.scale.earn(_inside(band), item.points))) for band in rule.scale.bands]


def ladder(checklist: Checklist, item: Item) -> list[tuple[Text, Decimal]]:
    """Return points by number of records conforming, or by value; none where there are too many, or words suffice."""
    rule = item.rule
    if isinstance(rule, Sample) and not rule.all_or_nothing:
        size = checklist.sample_size(item)
        if not isinstance(size, int) or size > LONGEST_LADDER:
            return []
        return _runs([(same(str(n)), item_points(item, f"{n}/{size}")) for n in range(size + 1)])
    if isinstance(rule, Measure):
        unit = same("%") if rule.of_plan else rule.unit
        values = _waypoints(rule.scale)
        return [(with_unit(value, unit), round_points(rule.scale.earn(value, item.points))) for value in values]
    return []


def fault_words(fault: Fault) -> Text | None:
    """Return what a measured fault costs; None where it is so many points each."""
    scale = fault.scale
    if scale is None:
        return None
    unit = fault.unit or same("")
    if isinstance(scale, Steps):
        return _STEPS_COST.format(**_step_words(scale, unit))
    costs = [
        _BAND_COST.format(band=_band(band, unit), take=printed(round_points(scale.cost(_inside(band)))))
        for band in scale.bands
    ]
    return joined(costs, "；", "; ")


def with_unit(value: Decimal | Fraction, unit: Text) -> Text:
    """Return a number with its unit."""
    number = (
        plain(value) if isinstance(value, Decimal) else plain(Decimal(value.numerator) / Decimal(value.denominator))
    )
    if unit.en == "%":
        return _PERCENT.format(value=number)
    return Text(*(_UNIT.format(value=number, unit=unit).of(lang).strip() for lang in ("zh", "en")))


def _before(first: Text, second: Text) -> Text:
    return Text(first.zh + second.zh, first.en + second.en)


def _percent(share: Fraction) -> str:
    value = share * 100
    if value.denominator == 1:
        return f"{value}%"
    return f"{plain(round(Decimal(value.numerator) / Decimal(value.denominator), 1))}%"


def _how_many(checklist: Checklist, item: Item) -> Text:
    size = checklist.sample_size(item)
    if item.set is not None:
        return _SET.format(set=item.set, size=size)
    return _RECORDS.format(size=size) if isinstance(size, int) else _EVERY


def _sample(rule: Sample, points: str) -> Text:
    if rule.all_or_nothing:
        return _EACH_ONE.format(points=points)
    low = Fraction(0) if rule.zero_at is None else rule.zero_at
    high = Fraction(1) if rule.full_at is None else rule.full_at
    if low == 0 and high == 1:
        return _SHARE.format(points=points)
    words = _FULL_ONLY if high == 1 else _BETWEEN
    return words.format(low=_percent(low), high=_percent(high), span=_percent(high - low), points=points)


def _measure(rule: Measure, points: str) -> Text:
    scale, unit = rule.scale, same("%") if rule.of_plan else rule.unit
    match scale:
        case Line():
            words = _RISING if scale.zero_at < scale.full_at else _FALLING
            limits = {"zero": with_unit(scale.zero_at, unit), "full": with_unit(scale.full_at, unit)}
            return words.format(points=points, **limits)
        case Flanks():
            names = ("zero_below", "full_from", "full_to", "zero_above")
            return _FLANKS.format(points=points, **{name: with_unit(getattr(scale, name), unit) for name in names})
        case Steps():
            words = _STEPS_TAKE if scale.give is None else _STEPS_GIVE
            return words.format(points=points, **_step_words(scale, unit))
        case Bands():
            return _BANDS


def _step_words(scale: Steps, unit: Text) -> dict[str, object]:
    better, worse = (_HIGH, _LOW) if scale.better == "higher" else (_LOW, _HIGH)
    return {
        "start": with_unit(scale.start, unit),
        "per": with_unit(scale.per, unit),
        "take": plain(scale.take or Decimal(0)),
        "give": plain(scale.give or Decimal(0)),
        "count": _COUNTS[scale.count],
        "better": better,
        "worse": worse,
    }


def _band(band: Band, unit: Text) -> Text:
    lower = None if band.lower is None else with_unit(band.lower, unit)
    upper = None if band.to is None else with_unit(band.to, unit)
    if lower is None:
        return _BAND_ANY if upper is None else _BAND_BELOW.format(to=upper)
    return _BAND_FROM.format(lower=lower) if upper is None else _BAND.format(lower=lower, to=upper)


def _inside(band: Band) -> Fraction:
    """Return a value that lies in a band."""
    if band.lower is not None:
        return Fraction(band.lower)
    return Fraction(0) if band.to is None else Fraction(band.to) - 1


def _waypoints(scale: Line | Flanks | Steps | Bands) -> list[Fraction]:
    if isinstance(scale, Line):
        return _fifths(scale.zero_at, scale.full_at)
    if isinstance(scale, Flanks):
        return _fifths(scale.zero_below, scale.full_from) + _fifths(scale.full_to, scale.zero_above)
    return []


def _fifths(first: Decimal, last: Decimal) -> list[Fraction]:
    start, span = Fraction(first), Fraction(last) - Fraction(first)
    return [start + span * step / _FIFTHS for step in range(_FIFTHS + 1)]


def _runs(rungs: Sequence[tuple[Text, Decimal]]) -> list[tuple[Text, Decimal]]:
    """Put neighbours that give the same together: "0-5"."""
    found: list[tuple[str, str, Decimal]] = []
    for name, points in rungs:
        if found and found[-1][2] == points:
            found[-1] = (found[-1][0], name.en, points)
        else:
            found.append((name.en, name.en, points))
    return [(same(first if first == last else f"{first}–{last}"), points) for first, last, points in found]
