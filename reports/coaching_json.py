"""Coaching directions, the earlier audit, the forecast and the route as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from audit.coaching import DirectionEffect
    from audit.earlier import EarlierAudit
    from audit.forecast import Forecast
    from audit.route import Route, RouteStep
    from checklists.text import Lang

Json = dict[str, Any]


def effect_json(effect: DirectionEffect, lang: Lang) -> Json:
    """Return what a direction brings; totals and departments are re-scored, alone and in the order given."""
    return {
        "direction": effect.letter,
        "name": effect.direction.name.of(lang),
        "effect": effect.direction.effect.of(lang),
        "weak_items": [weak.number for weak in effect.weak],
        "points_lost": _number(effect.points_lost),
        "attainable": _number(effect.attainable),
        "effort_days": _number(effect.effort_days),
        "roles": list(effect.roles),
        "alone": _result(effect.total_after, effect.passes_after, effect.departments_after),
        "in_order": _result(effect.cumulative_total, effect.cumulative_passes, effect.cumulative_departments),
        "kpis": [
            {
                "kpi": move.kpi,
                "by": _number(move.by),
                "now": _number(move.now),
                "after": _number(move.after),
                "status": move.status.value if move.status else None,
            }
            for move in effect.kpis
        ],
    }


def earlier_json(earlier: EarlierAudit | None) -> Json | None:
    """Return the dealership's last signed audit before this one."""
    if earlier is None:
        return None
    return {
        "ref": earlier.ref,
        "date": earlier.date,
        "earned": _number(earlier.earned),
        "possible": _number(earlier.possible),
        "passed": earlier.passed,
        "whole": earlier.whole,
        "departments": {
            name: {"earned": _number(earned), "possible": _number(possible)}
            for name, (earned, possible) in earlier.departments.items()
        },
        "weak_items": sorted(earlier.weak),
    }


def forecast_json(forecast: Forecast | None) -> Json | None:
    """Return the total by date if the plan holds."""
    if forecast is None:
        return None
    return {
        "target": _number(forecast.target),
        "reached_on": forecast.reached_on,
        "points": [
            {"date": day, "total": _number(total), "passes": passes}
            for (day, total), passes in zip(forecast.points, forecast.passes, strict=True)
        ],
    }


def route_json(ref: str, route: Route, lang: Lang) -> Json:
    """Return the route to a target."""
    return {
        "ref": ref,
        "target": _number(route.target),
        "start": _number(route.start),
        "total": _number(route.total),
        "possible": _number(route.possible),
        "reached": route.reached,
        "passes": route.passes,
        "effort_days": _number(route.effort),
        "item_days": _number(route.item_days),
        "unreachable": route.unreachable.of(lang) if route.unreachable else None,
        "departments": [
            {"id": name, "earned": _number(earned), "pass_points": _number(needed)}
            for name, earned, needed in route.departments
        ],
        "steps": [_step(step, lang) for step in route.steps],
    }


def _step(step: RouteStep, lang: Lang) -> Json:
    return {
        "direction": step.letter,
        "name": step.direction.name.of(lang),
        "effort_days": _number(step.effort),
        "points": _number(step.points),
        "total_after": _number(step.total_after),
        "passes_after": step.passes_after,
        "reason": step.reason.of(lang),
        "items": [{"item": one.weak.number, "why": one.why.value, "points": _number(one.points)} for one in step.items],
    }


def _result(total: Decimal, passed: bool | None, departments: tuple[tuple[str, Decimal], ...]) -> Json:
    return {
        "total": _number(total),
        "passed": passed,
        "departments": {name: _number(earned) for name, earned in departments},
    }


def _number(value: Decimal | None) -> int | float | None:
    """Return a JSON number: whole ones without a point."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
