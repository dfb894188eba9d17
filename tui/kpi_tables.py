"""KPIs on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.kpi_findings import status_text
from audit.kpi_levels import KpiStatus
from audit.kpi_values import LAST_YEAR, PLAN, PROVENANCE_NAMES
from checklists.points import percent, plain
from checklists.text import Text, same
from tui.console import Cell, Column
from tui.words import NAME, NOTHING, STATE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from audit.kpi import Completeness, KpiResult
    from audit.kpi_writing import Changes, Given
    from audit.summary import AuditSummary
    from tui.console import Row, Terminal

_STYLES = {KpiStatus.MET: "green", KpiStatus.NEAR: "yellow", KpiStatus.MISSED: "red", KpiStatus.MISSING: "red"}
_COLUMNS = [
    Column(Text("指标", "KPI"), whole=True),
    Column(NAME),
    Column(Text("取用值", "value"), right=True, whole=True),
    Column(Text("单位", "unit")),
    Column(Text("合格", "pass"), right=True, whole=True),
    Column(Text("目标", "target"), right=True, whole=True),
    Column(STATE),
    Column(Text("来源", "source"), narrow=True),
    Column(Text("数据", "data"), right=True, whole=True),
]
_COMPLETENESS = [
    Column(Text("类别", "category")),
    Column(Text("要求", "wanted"), right=True, whole=True),
    Column(Text("收集", "collected"), right=True, whole=True),
    Column(Text("完整度", "rate"), right=True, whole=True),
]
_CHANGE_COLUMNS = [
    Column(Text("指标", "KPI"), whole=True),
    Column(Text("数据序列", "series")),
    Column(Text("月份", "month"), whole=True),
    Column(Text("数值", "value"), right=True, whole=True),
    Column(Text("变化", "change")),
]
_NEW, _CHANGED, _SAME = Text("新", "new"), Text("改", "changed"), Text("不变", "same")
_NAMES = {"": Text("取值", "value"), PLAN: Text("计划", "plan"), LAST_YEAR: Text("去年", "last year")}
_DIFFERS = Text(
    "{id} {name}：复算值 {value} 与经销商提供的 {stated} 不符",
    "{id} {name}: recomputed {value} differs from stated {stated}",
)
_CONFLICT = Text(
    "{id}：{slots} 同时有不同的数值，请用 kpi set 重新录入",
    "{id}: different values side by side in {slots}; record the right one with kpi set",
)
_NO_KPIS = Text("评估表没有为这些部门定义指标", "The checklist defines no KPIs for these departments")
_MOST_SKIPPED = 10
_MORE = Text(
    "……另有 {count} 个数据序列有未取用的月份，--dry-run 可全部列出",
    "... and {count} more series with months not used; --dry-run lists all",
)
_MONTHS = Text("读到的月份：{first} 至 {last}", "Months read: {first} to {last}")
_ALL = Text("合计", "total")
NOT_AVAILABLE = Text("无", "NA")


def show_kpis(terminal: Terminal, summary: AuditSummary) -> None:
    """Show every KPI, what differs or is in conflict, and how complete the data are."""
    report = summary.kpis
    if not report.kpis:
        terminal.line(_NO_KPIS)
        return
    terminal.table(_COLUMNS, [_row(summary, result) for result in report.kpis])
    for result in report.kpis:
        if result.conflicts:
            slots = ", ".join(slot.partition(":")[2] for slot in result.conflicts)
            terminal.line(_CONFLICT.format(id=result.id, slots=slots), style="red")
        if result.agrees is False and result.value is not None and result.stated is not None:
            said = {"value": plain(result.value), "stated": plain(result.stated)}
            terminal.line(_DIFFERS.format(id=result.id, name=result.kpi.name, **said), style="yellow")
    categories = summary.checklist.kpi_categories
    rows = [
        _share(categories[own_id].name, share) for own_id, share in report.categories.items() if own_id in categories
    ]
    if len(report.departments) > 1:
        known = {department.id: department.name for department in summary.checklist.departments}
        rows += [[], *(_share(known[own_id], share) for own_id, share in report.departments.items())]
    terminal.table(_COMPLETENESS, [*rows, [], _share(_ALL, report.whole)])


def show_changes(terminal: Terminal, changes: Changes) -> None:
    """Show what an import would do, figure by figure."""
    groups = ((_NEW, changes.added), (_CHANGED, changes.changed), (_SAME, changes.same))
    terminal.table(_CHANGE_COLUMNS, [_change(given, word) for word, each in groups for given in each])


def say_months(terminal: Terminal, months: Sequence[str]) -> None:
    """Say which months a sheet was taken to have."""
    if months:
        terminal.say(_MONTHS.format(first=months[0], last=months[-1]))


def show_skipped(terminal: Terminal, skipped: Sequence[Text], *, whole: bool) -> None:
    """Say which figures were read and not used; of many the first ones, unless all are asked for."""
    for line in skipped if whole else skipped[:_MOST_SKIPPED]:
        terminal.say(line, style="yellow")
    if not whole and len(skipped) > _MOST_SKIPPED:
        terminal.say(_MORE.format(count=len(skipped) - _MOST_SKIPPED), style="yellow")


def given_value(value: Decimal | None) -> Text:
    """Return a value as it is shown; NA where there is none."""
    return NOT_AVAILABLE if value is None else same(plain(value))


def _change(given: Given, word: Text) -> Row:
    series = _NAMES.get(given.series, same(given.series))
    return [given.kpi, series, given.month or NOTHING, given_value(given.recorded.value), word]


def _row(summary: AuditSummary, result: KpiResult) -> Row:
    return [
        result.id,
        result.kpi.name,
        _shown(result.value),
        result.kpi.unit,
        _shown(result.limits.passing),
        _shown(result.limits.target),
        Cell(status_text(summary.checklist, result), _STYLES.get(result.status, "") if result.status else ""),
        PROVENANCE_NAMES[result.provenance] if result.provenance and result.value is not None else NOTHING,
        f"{result.collected}/{result.wanted}",
    ]


def _shown(value: Decimal | None) -> str:
    return NOTHING if value is None else plain(value)


def _share(name: Text, share: Completeness) -> Row:
    from decimal import Decimal

    return [name, share.wanted, share.collected, percent(Decimal(share.collected), Decimal(share.wanted))]
