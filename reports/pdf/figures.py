"""The charts: departments against their pass marks, rates, where the points went, the seed's curve."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from checklists.points import percent, printed
from checklists.text import Text, joined
from reports import charts
from reports.pdf.blocks import heading
from reports.words import CHARTS_SHEET

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from audit.scorecard import Level
    from audit.summary import AuditSummary
    from reports.pdf.blocks import Block, Words

_BARS = Text("各部门得分与及格分", "Departments: points earned and points to pass")
_SECTION_BARS = Text("各项目得分与及格分", "Sections: points earned and points to pass")
_RATES = Text("得分率", "Rates")
_FALL = Text("失分分布：从满分到得分", "Where the points went: from the maximum to the points earned")
_CURVE = Text("各项目满分、得分、及格分", "Sections: maximum, points earned, points to pass")
_FIGURE = Text("{earned} / {possible}（{rate}），及格 {needed}", "{earned} of {possible} ({rate}), {needed} to pass")
_PLAIN = Text("{earned} / {possible}（{rate}）", "{earned} of {possible} ({rate})")
_MISSED = Text("{name}（差 {by}）", "{name} (by {by})")
_BELOW = Text("低于及格分：{names}。", "Below their pass marks: {names}.")
_NONE_BELOW = Text("全部达到及格分。", "All reach their pass marks.")
_MOST_LOST = Text("失分最多：{name}，{points} 分。", "Most was lost in {name}: {points} points.")
_LOWEST = Text("最低：{name}，{rate}。", "Lowest: {name}, {rate}.")
_LEAST_RADAR, _MOST_RADAR = 3, 12
"""Corners a radar needs, and more than which nobody can read."""
_TICKS = 5

_Part = tuple[Text, "Level", "Fraction", tuple[Decimal, Decimal] | None]
"""Name, points, pass rate, and (earned, possible) in the last audit."""


def charts_of(summary: AuditSummary, words: Words) -> list[Block]:
    """Return the charts, each below its heading; nothing where nothing was possible."""
    departments, sections = _parts(summary)
    main = departments if len(departments) > 1 else sections
    if not main:
        return []
    blocks = [heading(words, CHARTS_SHEET)]
    blocks += [heading(words, _BARS if main is departments else _SECTION_BARS, 2), _bars(main, words)]
    if summary.scorecard.total.possible:
        blocks += [heading(words, _FALL, 2), _waterfall(summary, words)]
    if _LEAST_RADAR <= len(main) <= _MOST_RADAR:
        blocks += [heading(words, _RATES, 2), _radar(main, words)]
    if len(sections) > 1:
        blocks += [heading(words, _CURVE, 2), _curve(sections, words)]
    return blocks


def line_chart(
    names: Sequence[str],
    series: Sequence[Block],
    told: str,
    *,
    tall: float = 50,
    under: float = 9,
    turned: bool = False,
) -> Block:
    """Return a chart of lines.

    Args:
        names: what stands below.
        series: name, values (None where there is none), colour, dash, marks, and what is told at each point.
        told: what to see.
        tall: height in mm.
        under: room for the names in mm.
        turned: whether the names stand upright.
    """
    values = [value for one in series for value in one["values"] if value is not None]
    high = max(values, default=1) or 1
    low = min(values, default=0)
    low = 0 if low < high / 2 else low - (high - low) * 0.4
    step = _step((high - low) / _TICKS)
    low = step * int(low // step)
    ticks = [low + step * n for n in range(int((high - low) // step) + 2)]
    return {
        "kind": "lines",
        "told": told,
        "names": list(names),
        "series": list(series),
        "low": low,
        "high": ticks[-1],
        "ticks": [int(tick) if tick == int(tick) else tick for tick in ticks],
        "tall": tall,
        "under": under,
        "turned": turned,
    }


def one_line(name: str, values: Sequence[float | None], colour: str, dash: str = "solid", **look: bool) -> Block:
    """Return a line of a chart."""
    return {
        "name": name,
        "values": list(values),
        "colour": colour,
        "dash": dash,
        "marks": False,
    } | look


def _parts(summary: AuditSummary) -> tuple[list[_Part], list[_Part]]:
    then = summary.earlier.departments if summary.earlier else {}
    scores = [score for score in summary.scorecard.departments if score.possible]
    departments: list[_Part] = [
        (s.department.name, s, s.department.pass_rate, then.get(s.department.id)) for s in scores
    ]
    sections: list[_Part] = [
        (s.section.name, s, s.section.pass_rate, None) for d in scores for s in d.sections if s.possible
    ]
    return departments, sections


def _bars(parts: list[_Part], words: Words) -> Block:
    shown = []
    for name, level, rate, then in parts:
        mark = rate if level.passed is False else None
        figures = {
            "earned": printed(level.earned),
            "possible": printed(level.possible),
            "rate": percent(level.earned, level.possible, 1, mark),
        }
        needed = level.pass_points
        text = _PLAIN if needed is None else _FIGURE
        shown.append(
            {
                "name": words(name),
                "possible": float(level.possible),
                "earned": float(level.earned),
                "needed": None if needed is None else float(needed),
                "passed": level.passed,
                "earlier": float(then[0] / then[1]) if then and then[1] else None,
                "figure": words(text.format(**figures, needed="" if needed is None else printed(needed))),
            }
        )
    below = [
        _MISSED.format(name=name, by=printed(level.pass_points - level.earned))
        for name, level, _, _ in parts
        if level.pass_points is not None and level.earned < level.pass_points
    ]
    return {
        "kind": "bars",
        "told": words(_BELOW.format(names=joined(below)) if below else _NONE_BELOW),
        "parts": shown,
        "earlier": any(part["earlier"] is not None for part in shown),
        "words": _words(words, earned=charts.EARNED, possible=charts.MAXIMUM, needed=charts.NEEDED),
    }


def _radar(parts: list[_Part], words: Words) -> Block:
    shown = []
    for name, level, rate, then in parts:
        mark = rate if level.passed is False else None
        told = percent(level.earned, level.possible, 1, mark)
        shown.append(
            {
                "label": f"{words(name)}\n{told}",
                "rate": float(level.earned / level.possible),
                "mark": float(rate),
                "earlier": float(then[0] / then[1]) if then and then[1] else None,
            }
        )
    name, level, rate, _ = min(parts, key=lambda part: part[1].earned / part[1].possible)
    lowest = percent(level.earned, level.possible, 1, rate if level.passed is False else None)
    return {
        "kind": "radar",
        "told": words(_LOWEST.format(name=name, rate=lowest)),
        "parts": shown,
        "earlier": any(part["earlier"] is not None for part in shown),
        "words": _words(words, rate=charts.RATE, mark=charts.PASS_RATE),
    }


def _waterfall(summary: AuditSummary, words: Words) -> Block:
    total = summary.scorecard.total
    steps = [_stands(words, charts.MAXIMUM, total.possible)]
    level, worst = total.possible, (Decimal(-1), Text("", ""))
    for score in summary.scorecard.departments:
        lost = score.contributed_possible - score.contributed
        worst = max(worst, (lost, score.department.name), key=lambda pair: pair[0])
        steps.append(_step_of(words, score.department.name, level, -lost))
        level -= lost
    if level != total.earned:
        steps.append(_step_of(words, charts.SCALED, level, total.earned - level))
    steps.append(_stands(words, charts.EARNED, total.earned))
    return {
        "kind": "waterfall",
        "told": words(_MOST_LOST.format(name=worst[1], points=printed(worst[0]))),
        "steps": steps,
        "needed": None if total.pass_points is None else float(total.pass_points),
        "words": _words(words, stands=charts.EARNED, lost=charts.LOST, needed=charts.NEEDED),
    }


def _stands(words: Words, name: Text, value: Decimal) -> Block:
    whole = float(value)
    return {"name": words(name), "base": 0.0, "top": whole, "stands": True, "won": False, "figure": printed(value)}


def _step_of(words: Words, name: Text, level: Decimal, change: Decimal) -> Block:
    after = level + change
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return {
        "name": words(name),
        "base": float(min(level, after)),
        "top": float(max(level, after)),
        "stands": False,
        "won": change > 0,
        "figure": f"{sign}{printed(abs(change))}",
    }


def _curve(sections: list[_Part], words: Words) -> Block:
    levels = [level for _, level, _, _ in sections]
    name, worst, _, _ = max(sections, key=lambda part: part[1].points_lost)
    series = [
        one_line(words.line(charts.MAXIMUM), [float(s.possible) for s in levels], "muted", "dotted"),
        one_line(words.line(charts.EARNED), [float(s.earned) for s in levels], "bars", marks=True),
        one_line(
            words.line(charts.NEEDED),
            [None if s.pass_points is None else float(s.pass_points) for s in levels],
            "failed",
            "dashed",
        ),
    ]
    told = words(_MOST_LOST.format(name=name, points=printed(worst.points_lost)))
    names = [words.line(name) for name, _, _, _ in sections]
    return line_chart(names, series, told, tall=70, under=30 if words.lang == "zh" else 48, turned=True)


def _words(words: Words, **texts: Text) -> dict[str, str]:
    return {name: words.line(text) for name, text in texts.items()} | {"earlier": words.line(charts.EARLIER)}


def _step(rough: float) -> float:
    """Return a round distance between two lines of a chart."""
    from math import floor, log10

    size = 10.0 ** floor(log10(rough)) if rough > 0 else 1.0
    return next(size * factor for factor in (1, 2, 5, 10) if rough <= size * factor)
