"""`dealer-audit plan route`: the least effort that reaches a target."""

from typing import TYPE_CHECKING, Annotated

import typer

from tui.options import AsJson, Lang, Ref, Store

if TYPE_CHECKING:
    from decimal import Decimal

Target = Annotated[
    str | None, typer.Option("--target", metavar="POINTS", help="Total to reach (default: to pass) 目标总分")
]
Departments = Annotated[
    bool, typer.Option("--departments", help="Each department reaches its pass mark too 各部门也须及格")
]
ItemDays = Annotated[
    str | None,
    typer.Option("--item-days", metavar="DAYS", help="For each weak item beside its direction (0.5) 每个弱项的工作日"),
]


def route(
    ref: Ref,
    target: Target = None,
    departments: Departments = False,
    item_days: ItemDays = None,
    store: Store = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Least effort that reaches the target; critical, safety and legal items are always in 推荐达标路径."""
    from audit.route import ITEM_DAYS
    from audit.routing import best_route
    from audit.summary import summarize
    from tui.console import terminal
    from tui.exits import ExitCode
    from tui.opening import audit_to_read
    from tui.route_tables import show_route

    out = terminal(lang)
    wanted = None if target is None else _points("--target", target)
    days = ITEM_DAYS if item_days is None else _points("--item-days", item_days)
    with audit_to_read(store, ref) as session:
        summary, state = summarize(session, ahead=False), session.state
    found = best_route(summary.checklist, state, summary.weak_items, wanted, departments=departments, item_days=days)
    if as_json:
        from reports.coaching_json import route_json

        out.json(route_json(summary.ref, found, out.lang))
    else:
        show_route(out, summary, found)
    if found.unreachable is not None:
        raise typer.Exit(ExitCode.ATTENTION)


def _points(option: str, typed: str) -> "Decimal":
    """Read a number of zero or more with two decimals at most.

    Raises:
        BadTarget: for anything else.
    """
    from audit.route import BadTarget
    from checklists.points import round_points
    from checklists.reading import UnreadableAnswer, read_number, shown
    from checklists.text import Text

    try:
        number = read_number(typed)
    except UnreadableAnswer as error:
        raise BadTarget(Text("{option}：{text}", "{option}: {text}").format(option=option, text=error.text)) from error
    if number < 0 or number != round_points(number):
        raise BadTarget(
            Text(
                "{option} 的“{typed}”不能用：请输入不小于 0、最多两位小数的数，如 700",
                '{option} cannot be "{typed}": type a number of 0 or more with two decimals at most, e.g. 700',
            ).format(option=option, typed=shown(typed))
        )
    return number
