"""The rules in words, as the dealership's manager reads them: how answers became points, and what decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.answers import CAUSES, STATE_NAMES
from audit.state import ItemState
from audit.verdict import ASSESSED_FOR_RANKING
from checklists.text import Text, joined
from reports.booklet.how_to import consequences
from reports.booklet.rule_words import share_words

if TYPE_CHECKING:
    from audit.summary import AuditSummary

_RULES = {
    "yes_no": (Text("是 / 否", "Yes or no"), Text("是得满分，否得 0 分。", "Yes gives all points, no gives none.")),
    "levels": (
        Text("等级", "Levels"),
        Text(
            "取与现场完全相符的最高一级，按该级的占比得分；观察多次取平均。",
            "The highest level that is met in full gives its share of the points; several observations give the mean.",
        ),
    ),
    "sample": (
        Text("抽样", "Sample"),
        Text(
            "分值 × 符合数 ÷ 检查数；检查项另有起点或满分线的，中间按直线折算。不适用的单据不计入。",
            "Points × records that conform ÷ records checked; where an item has limits of its own, a straight line "
            "between them. Records it does not apply to do not count.",
        ),
    ),
    "measure": (
        Text("数值", "Measure"),
        Text(
            "按检查项规定的界限折算：直线、分档或逐级加减；取自 KPI 的用“KPI”表中的取用值。",
            "Turned into points by the item's limits: a straight line, bands or steps; where it comes from a KPI, the "
            "value used on the sheet KPIs.",
        ),
    ),
    "deduct": (
        Text("扣分", "Faults"),
        Text("分值减去各处缺陷的扣分，不低于 0。", "The points less what every fault found costs, not below 0."),
    ),
}


_STATES = (
    (
        STATE_NAMES[ItemState.NOT_APPLICABLE],
        Text("本店没有这类业务或设施：分值从满分中剔除。", "The dealership has no such thing: its points leave."),
    ),
    (
        STATE_NAMES[ItemState.NO_CASE],
        Text(
            "期间内没有可查的情况，查找了什么写在原因中：分值从满分中剔除。",
            "Nothing of the kind happened; the reason says what was searched: its points leave.",
        ),
    ),
    (
        STATE_NAMES[ItemState.NO_DATA],
        Text(
            "应有而拿不出来：得 0 分，单独列为弱项。",
            "It should be there and could not be shown: 0 points, a weak item.",
        ),
    ),
)
_LEAVES = Text(
    "应有而拿不出来：得 0 分，单独列为弱项；原因为{causes}的按不适用处理。",
    "It should be there and could not be shown: 0 points, a weak item; with the cause {causes} it does not apply.",
)
_NOT_ASSESSED = Text(
    "评估员没有看到：分值从满分中剔除；已评估的分值不足 {share} 时，结果只是初步的。",
    "The auditor did not get to it: its points leave; with less than {share} of the points assessed the result is only "
    "preliminary.",
)
_ROUNDING = (
    Text("小数", "Rounding"),
    Text(
        "每个检查项的得分四舍五入到 0.01，只取舍一次；以上各级直接相加。",
        "An item's points are rounded to 0.01 once, halves up; everything above is added as it is.",
    ),
)


_DAYS = (
    Text("工作日", "Working days"),
    Text(
        "期限中的工作日指周一至周五：法定节假日不扣除，调休上班的周末不计入。",
        "Dates count Monday to Friday: public holidays are not known, nor weekends that are worked in their stead.",
    ),
)


def rules_of(summary: AuditSummary) -> list[tuple[Text, Text]]:
    """Return the rules that the audit's items use, then what follows from states, weights and pass marks."""
    used = {score.item.rule.kind for score in summary.scorecard.items}
    rules = [rule for kind, rule in _RULES.items() if kind in used]
    days = [_DAYS] if summary.signature is not None or summary.plan.actions else []
    return [*rules, _ROUNDING, *_states(summary), *consequences(summary.checklist), *days]


def _states(summary: AuditSummary) -> list[tuple[Text, Text]]:
    """Return what follows from the states in which an item is not answered."""
    away, without, missing = _STATES
    causes = [CAUSES[cause] for cause in summary.checklist.no_data_not_applicable]
    if causes:
        missing = (missing[0], _LEAVES.format(causes=joined(causes)))
    share = share_words(ASSESSED_FOR_RANKING)
    return [away, without, missing, (STATE_NAMES[ItemState.NOT_ASSESSED], _NOT_ASSESSED.format(share=share))]
