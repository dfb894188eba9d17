"""The lines below an item: its answer, what is being counted, and the keys that answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from checklists.text import Text
from tui.how_answered import faults_of
from tui.screens.score_asks import AMOUNT, PLACE
from tui.screens.score_marks import bonus_mark, mark_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.records import Grid
    from checklists.model import Item
    from tui.screens.score_text import Paragraph, View

_OPEN = Text("未评", "open")
_YES_NO = Text("y 是  n 否", "y yes  n no")
_LEVELS = Text("0–{top} 等级", "0–{top} level")
_OBSERVED = Text(
    "{digits}   {count} 次观察，逐次按数字，回车确认", "{digits}   {count} observations: a digit each, then Enter"
)
_SAMPLE = Text("直接输入 符合/检查，如 8/10", "type conforming/checked, e.g. 8/10")
_TO_DRAW = Text("r 抽样记录表；未抽样时可直接输入 8/10", "r record sheet; while nothing is drawn, type 8/10")
_DRAWN = Text("r 抽样记录表：{done}/{size} 份已看", "r record sheet: {done} of {size} read")
_MEASURE = Text("直接输入数值（{unit}）", "type the value ({unit})")
_OF_PLAN = Text("直接输入 实际/计划（{unit}）", "type actual/plan ({unit})")
_COUNT = Text("0 没有  1-{most} 加一处  - 减一处  回车完成", "0 none  1-{most} one more  - one less  Enter done")
_KPI = Text("指标 {kpi} {name}：{value}", "KPI {kpi} {name}: {value}")
_OVERRIDE = Text("F5 指标页；改为直接评分须写原因", "F5 KPIs; another answer needs its reason")
_SHORTENED = Text("{reason}…（PgDn 看全文）", "{reason}… (PgDn shows all of it)")
_LONG, _LINES = 160, 4
"""Cells and lines of a reason that stands whole beside the answer."""
_REASON = Text("{value}  {reason}", "{value}  {reason}")


def answer_text(view: View, collected: str, asking: str) -> list[Paragraph]:
    """Return the answer, then how to answer.

    Args:
        view: the item.
        collected: levels pressed so far, where several observations are collected.
        asking: for what a question stands below, which leaves no room for the keys; empty while none does.
    """
    sign, style = _mark(view)
    lang = view.lang
    found: list[Paragraph] = [(f"{sign} ", _answered(view).of(lang), f"bold ${style}" if style else "bold")]
    asked = view.asked
    if asked is not None and view.checklist.kpis and asked.kpi is not None:
        found += [("", line.of(lang), "") for line in _kpi_lines(view, asked)]
    if asking in {"", PLACE, AMOUNT}:
        found += [("", line.of(lang), "dim") for line in _how(view, collected)]
    return found


def observations_of(view: View) -> int:
    """Return how many levels an item takes; 0 where it takes none."""
    asked = view.asked
    if asked is None or asked.rule.kind != "levels":
        return 0
    size = view.checklist.sample_size(asked)
    return size if isinstance(size, int) else asked.rule.observations


def drawn_grid(view: View) -> Grid | None:
    """Return the record sheet an item is read from; None where nothing is drawn."""
    set_id = None if view.asked is None else view.asked.set
    if set_id is None or f"draw:{set_id}" not in view.seen.state.material:
        return None
    from audit.records import drawn_sets

    return drawn_sets(view.checklist, view.seen.state).get(set_id)


def is_drawn(view: View) -> bool:
    """Say whether an item is read from drawn records, so that nothing can be typed for it."""
    set_id = None if view.asked is None else view.asked.set
    slot, state = f"draw:{set_id}", view.seen.state
    return set_id is not None and (slot in state.material or slot in state.conflicts)


def is_bound(view: View) -> bool:
    """Say whether a KPI answers the item."""
    from audit.kpi import bound_kpi

    return bound_kpi(view.checklist, view.item) is not None


def _mark(view: View) -> tuple[str, str]:
    if view.score is not None:
        return mark_of(view.score, view.seen.state)
    from checklists.model import BonusItem

    assert isinstance(view.item, BonusItem)  # noqa: S101 - what has no score is a bonus item
    return bonus_mark(view.item, view.answer, view.seen.state)


def _answered(view: View) -> Text:
    from audit.answers import STATE_NAMES, reason_text

    answer = view.answer
    if answer.state == "open":
        return _OPEN
    value = STATE_NAMES[answer.state]
    if answer.state == "answered":
        value = _value(view)
    reason = reason_text(answer, view.item)
    if is_long(reason.of(view.lang)):
        reason = _SHORTENED.format(reason=set_cell_size(" ".join(reason.of(view.lang).split()), _LONG).rstrip())
    return _REASON.format(value=value, reason=reason)


def is_long(reason: str) -> bool:
    """Say whether a reason would leave no room for the item: it is shortened, and stands whole below its text."""
    return cell_len(reason) > _LONG or reason.count("\n") >= _LINES


def _value(view: View) -> Text:
    if view.score is not None:
        from reports.words import answer_text as words

        return words(view.score)
    from audit.answers import value_words

    return value_words(view.item, view.answer.value)


def _kpi_lines(view: View, item: Item) -> Sequence[Text]:
    if item.kpi not in view.checklist.kpis:
        return ()
    from audit.kpi import bound_kpi, result_of
    from audit.kpi_values import figures
    from checklists.points import plain

    kpi = view.checklist.kpis[item.kpi]
    result = result_of(item.kpi, kpi, view.seen.state, figures(view.seen.state))
    value = result.words
    if result.value is not None:
        value = Text("{value} {unit}（{words}）", "{value} {unit} ({words})").format(
            value=plain(result.value), unit=kpi.unit, words=result.words
        )
    line = _KPI.format(kpi=item.kpi, name=kpi.name, value=value)
    return (line, _OVERRIDE) if bound_kpi(view.checklist, item) else (line,)


def _how(view: View, collected: str) -> Sequence[Text]:
    """Return the keys that answer the item."""
    rule, asked = view.item.rule, view.asked
    grid = drawn_grid(view)
    if grid is not None and asked is not None:
        return (_DRAWN.format(done=grid.done(asked), size=len(grid.draw.records)),)
    if rule.kind == "levels":
        return (_level_line(view, rule.top, collected),)
    if rule.kind in {"deduct", "bonus"}:
        return _fault_lines(view)
    if rule.kind == "measure":
        return ((_OF_PLAN if rule.of_plan else _MEASURE).format(unit=rule.unit),)
    if rule.kind == "sample":
        return (_TO_DRAW if asked is not None and asked.set is not None else _SAMPLE,)
    return (_YES_NO,)


def _level_line(view: View, top: int, collected: str) -> Text:
    count = observations_of(view)
    if count <= 1 and not collected:
        return _LEVELS.format(top=top)
    pressed = collected.split()
    digits = pressed + ["_"] * max(0, min(count, 20) - len(pressed))
    return _OBSERVED.format(digits=" ".join(digits), count=count)


def _fault_lines(view: View) -> Sequence[Text]:
    from checklists.points import plain

    faults = faults_of(view.item)
    rule = view.item.rule
    counts = rule.counts(view.answer.value) if rule.kind in {"deduct", "bonus"} and view.answer.value else ()
    lines = []
    for number, fault in enumerate(faults, start=1):
        mine = [count for count in counts if count.id == fault.id]
        places = ", ".join(count.place for count in mine if count.place)
        amount = plain(sum((count.amount for count in mine), type(mine[0].amount)(0))) if mine else ""
        told = Text("{number} {name}  {amount}  {places}", "{number} {name}  {amount}  {places}")
        lines.append(told.format(number=number, name=fault.name, amount=f"×{amount}" if amount else "", places=places))
    return (*lines, _COUNT.format(most=min(9, len(faults))))
