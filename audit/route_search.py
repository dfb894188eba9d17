"""Finding the best choice: an integer program, solved exactly, and every solution scored again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.route_program import Row
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from audit.route_program import Program

_SECONDS = 60.0
"""How long one search may take; the sample needs a part of one."""
_TOLERANCE = 1e-9


class RouteNotFound(UserError):
    """The search did not come to an end."""


_NOT_FOUND = Text(
    "没有在 {seconds} 秒内算出最省的路径：请换一个目标，或少选一些条件",
    "The route of least effort was not found within {seconds} seconds: choose another target, or ask for less",
)


def best_choice(program: Program, reaches: Callable[[frozenset[str]], bool]) -> frozenset[str]:
    """Return the items of the least effort that reach every line; of equal ones those with most points.

    Args:
        program: the choice; rows are added to it.
        reaches: scores a choice again and says whether it truly reaches the lines; more items never reach less.

    Raises:
        RouteNotFound: when it takes too long.
    """
    while program.items:
        effort = _least(program)
        chosen = _most_points(program, effort)
        if reaches(chosen):
            return chosen
        program.forbid(chosen)
    return frozenset()


def _least(program: Program) -> float:
    """Return the least effort."""
    values = _solve(program, program.effort, ())
    return sum(cost * values[column] for column, cost in program.effort.items())


def _most_points(program: Program, effort: float) -> frozenset[str]:
    """Return the items with most points at that effort."""
    within = Row(program.effort, float("-inf"), effort + 0.5)
    values = _solve(program, {column: -part for column, part in program.total.parts.items()}, (within,))
    return frozenset(item for item, column in program.items.items() if values[column])


def _solve(program: Program, costs: Mapping[int, float], more: tuple[Row, ...]) -> list[int]:
    """Return whole numbers for the columns at which the costs are least."""
    import highspy

    solver = highspy.Highs()
    options = {"output_flag": False, "threads": 1, "time_limit": _SECONDS, "mip_rel_gap": 0.0, "mip_abs_gap": 0.0}
    tolerances = dict.fromkeys(("mip_feasibility_tolerance", "primal_feasibility_tolerance"), _TOLERANCE)
    for name, value in {**options, **tolerances}.items():
        solver.setOptionValue(name, value)
    for column, (lower, upper) in enumerate(program.bounds):
        solver.addVar(lower, upper)
        solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        solver.changeColCost(column, costs.get(column, 0.0))
    for row in (*program.rows, *more):
        solver.addRow(row.lower, row.upper, len(row.parts), list(row.parts), list(row.parts.values()))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RouteNotFound(_NOT_FOUND.format(seconds=round(_SECONDS)))
    return [round(value) for value in solver.getSolution().col_value]
