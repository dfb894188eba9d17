"""How to score, in half a page: the rules the checklist uses, the states, and when points leave the possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.answers import CAUSES, STATE_NAMES
from audit.state import ItemState
from audit.verdict import ASSESSED_FOR_RANKING
from checklists.points import plain, printed
from checklists.text import Text, joined, same
from reports.booklet.model import Row
from reports.booklet.rule_words import share_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from checklists.model import Checklist, Department

_RULES = {
    "yes_no": (
        Text("是 / 否", "Yes or no"),
        Text("勾选“是”得满分，“否”得 0 分，没有中间值。", "Yes gives all points, no gives none; nothing in between."),
    ),
    "levels": (
        Text("等级", "Levels"),
        Text(
            "从低到高读各等级的描述，勾选与现场完全相符的最高一级；得分印在右侧。要求多次观察时取各次平均。",
            "Read the levels upwards and tick the highest one that is met in full; its points stand at the right. "
            "Where "
            "several observations are asked for, their mean counts.",
        ),
    ),
    "sample": (
        Text("抽样", "Sample"),
        Text(
            "逐个检查，符合记 √，不符合记 ×，不适用于该个的记 –（不计入）。得分 = 分值 × √ 的个数 ÷（√ + ×）；"
            "卡片上另有起点或满分线的按卡片计。同一抽样组的单据只抽一次，在书后的抽样记录表上一次看完。",
            "Mark each one: √ conforms, × does not, – does not apply (not counted). Points × number of √ ÷ (√ + ×), "
            "unless the card gives limits of its own. The records of a sample set are drawn once and read once for all "
            "its items, on the record sheets at the end.",
        ),
    ),
    "measure": (
        Text("数值", "Measure"),
        Text(
            "写下数值和单位，按卡片上的界限折算得分；取自 KPI 的用 KPI 清单中的值。",
            "Write down the value and turn it into points by the card's limits; where it comes from a KPI, use the "
            "value "
            "in the KPI list.",
        ),
    ),
    "deduct": (
        Text("扣分", "Faults"),
        Text(
            "边走边数，每发现一处在该缺陷后画一笔并写地点；得分 = 分值 − 各项扣分之和，不低于 0。",
            "Tally every fault found and write down its place; the item's points less what the faults cost, not "
            "below 0.",
        ),
    ),
}
_BONUS = (
    Text("加分项", "Bonus"),
    Text(
        "在总分之外单列，不计入满分。",
        "Counted on a line of its own beside the total, never part of the possible points.",
    ),
)
_BONUS_CAP = Text("最多加 {cap} 分。", " At most {cap} points.")
_BONUS_COUNTS = Text("判定合格时计入总分。", " They help to reach the pass mark.")
_ROUNDING = (
    Text("小数", "Rounding"),
    Text(
        "每项得分四舍五入到 0.01，只取舍一次；以上各级直接相加。"
        "每个失分都写明原因和证据（勾选原因，备注写单号或地点）。",
        "Each item's points are rounded to 0.01 once, halves up; everything above is added as it is. Every point "
        "lost needs "
        "its reason and its proof: tick a cause, note the record or the place.",
    ),
)
_NOT_APPLICABLE = Text(
    "本店没有这类业务或设施，写明原因。分值从满分中剔除。",
    "The dealership has no such thing; write down why. Its points leave the possible points.",
)
_NO_CASE = Text(
    "期间内没有发生可查的情况，写明查了什么。分值从满分中剔除。",
    "Nothing of the kind happened; write down what was searched. Its points leave the possible points.",
)
_NO_DATA = Text(
    "应有而拿不出来，勾选原因（{causes}）。得 0 分，分值保留，单独列为弱项。",
    "It should be there and cannot be shown; tick the cause ({causes}). 0 points, its points stay, a weak item of "
    "its own.",
)
_NO_DATA_LEAVES = Text("原因为{causes}的按不适用处理。", " With the cause {causes} it counts as not applicable.")
_NOT_ASSESSED = Text(
    "评估员没来得及看，写明原因。分值从满分中剔除；已评分值不足 {share} 时结果只是初步的。",
    "The auditor did not get to it; write down why. Its points leave; with less than {share} of the points assessed "
    "the "
    "result is only preliminary.",
)
_LEAVING = Text("分值剔除以后", "When points leave")
_REDISTRIBUTE = Text(
    "小计得分 × 小计满分 ÷ 剩余分值，四舍五入到 0.01，即恢复到原满分。"
    "剩余分值不到一半的项目不可比，整个项目从部门中剔除；"
    "部门和总分同样处理。单个检查项从不换算。",
    "Points earned × the section's full points ÷ the points that remain, rounded to 0.01: the section is scaled back "
    "to its "
    "full points. With less than half of its points left it is not comparable and leaves its department. Departments "
    "and the "
    "total follow the same rule; no item is ever scaled.",
)
_EXCLUDE = Text(
    "不换算；及格分按剩余分值同比例减少。",
    "Nothing is scaled; pass marks shrink in proportion to the points that remain.",
)
_PASS = Text("合格", "Pass")
_PASSES = Text(
    "得分达到及格分即合格（及格分 = 及格率 × 满分，向上取到 0.01）。",
    "Passed from the pass points on (pass rate × possible points, rounded up to 0.01). ",
)
_POLICY = {
    "report": Text(
        "关键项不合格只在结论旁列出，不改变结论。", "A failed critical item is shown and changes no verdict."
    ),
    "fail_department": Text("关键项不合格，所在部门即不合格。", "A failed critical item fails its department."),
    "fail_audit": Text("关键项不合格，整个评估不合格。", "A failed critical item fails the whole audit."),
    "conditional": Text(
        "总分达标但有部门不达标或关键项不合格的，有条件通过，{days} 天内复查。",
        "With the total reached but a department below its mark or a critical item failed it is a pass on condition "
        "of a "
        "re-check within {days} days.",
    ),
}
_PARTIAL = Text(
    "本册只含部分部门：没有总分结论。", " This booklet holds some departments only: the total carries no verdict."
)
_WEIGHTS = (
    Text("部门权重", "Weights"),
    Text(
        "各部门按权重计入总分：部门得分 × 总分 × 权重 ÷ 各部门（权重之和 × 该部门满分）；权重：{weights}。",
        "Departments count by weight: points earned × total × weight ÷ (sum of the weights × the department's points). "
        "Weights: {weights}.",
    ),
)
_PROFILE = Text("方案 {id}：{weights}", "profile {id}: {weights}")
_WEIGHT = Text("{name} {weight}", "{name} {weight}")
_GRADES = Text("等级", "Grades")
_GRADE = Text("{name}：{lower} 至 {to}（不含）", "{name}: {lower} to below {to}")
_TOP_GRADE = Text("{name}：{lower} 及以上", "{name}: {lower} and above")


def how_to(checklist: Checklist, departments: list[Department]) -> tuple[Row, ...]:
    """Return how to score, a row a rule, a state and a consequence; only rules that the departments use."""
    used = {item.rule.kind for department in departments for item in department.items}
    rows = [Row(name, (text,)) for kind, (name, text) in _RULES.items() if kind in used]
    if checklist.bonus:
        rows.append(Row(_BONUS[0], (_bonus(checklist),)))
    rows.append(Row(_ROUNDING[0], (_ROUNDING[1],)))
    rows += [Row(STATE_NAMES[state], (text,)) for state, text in _states(checklist)]
    rows.append(Row(_LEAVING, (_REDISTRIBUTE if checklist.when_not_applicable == "redistribute" else _EXCLUDE,)))
    rows.append(Row(_PASS, (_passing(checklist, partial=len(departments) < len(checklist.departments)),)))
    weights = _weights(checklist)
    if weights:
        rows.append(Row(_WEIGHTS[0], (_WEIGHTS[1].format(weights=joined(weights, "；", "; ")),)))
    if checklist.grades:
        rows.append(Row(_GRADES, tuple(_grades(checklist))))
    return tuple(rows)


def consequences(checklist: Checklist) -> list[tuple[Text, Text]]:
    """Return how points leave and when something passes: what is true of a booklet and of a report."""
    rows = [(_BONUS[0], _bonus(checklist))] if checklist.bonus else []
    rows.append((_LEAVING, _REDISTRIBUTE if checklist.when_not_applicable == "redistribute" else _EXCLUDE))
    rows.append((_PASS, _passing(checklist, partial=False)))
    weights = _weights(checklist)
    if weights:
        rows.append((_WEIGHTS[0], _WEIGHTS[1].format(weights=joined(weights, "；", "; "))))
    if checklist.grades:
        rows.append((_GRADES, joined(list(_grades(checklist)), "；", "; ")))
    return rows


def _states(checklist: Checklist) -> Iterator[tuple[ItemState, Text]]:
    yield ItemState.NOT_APPLICABLE, _NOT_APPLICABLE
    yield ItemState.NO_CASE, _NO_CASE
    no_data = _NO_DATA.format(causes=joined(list(CAUSES.values())))
    leaves = [CAUSES[cause] for cause in checklist.no_data_not_applicable]
    if leaves:
        no_data = _with(no_data, _NO_DATA_LEAVES.format(causes=joined(leaves)))
    yield ItemState.NO_DATA, no_data
    yield ItemState.NOT_ASSESSED, _NOT_ASSESSED.format(share=share_words(ASSESSED_FOR_RANKING))


def _bonus(checklist: Checklist) -> Text:
    text = _BONUS[1]
    if checklist.bonus_cap is not None:
        text = _with(text, _BONUS_CAP.format(cap=printed(checklist.bonus_cap)))
    return _with(text, _BONUS_COUNTS) if checklist.bonus_counts else text


def _passing(checklist: Checklist, *, partial: bool) -> Text:
    policy = _POLICY[checklist.critical_policy].format(days=checklist.recheck_days)
    text = _with(_PASSES, policy)
    return _with(text, _PARTIAL) if partial else text


def _weights(checklist: Checklist) -> list[Text]:
    """Return the departments' weights, those of the checklist first."""
    names = {department.id: department.name for department in checklist.departments}
    own = {d.id: d.weight for d in checklist.departments if d.weight is not None}
    found = [_weights_of(own, names)] if own else []
    return found + [
        _PROFILE.format(id=profile, weights=_weights_of(weights, names))
        for profile, weights in checklist.profiles.items()
    ]


def _weights_of(weights: Mapping[str, Decimal], names: Mapping[str, Text]) -> Text:
    return joined([_WEIGHT.format(name=names.get(key, same(key)), weight=plain(w)) for key, w in weights.items()])


def _grades(checklist: Checklist) -> Iterator[Text]:
    for grade in checklist.grades:
        shape = _TOP_GRADE if grade.to is None else _GRADE
        to = same("") if grade.to is None else share_words(grade.to)
        yield shape.format(name=grade.name, lower=share_words(grade.lower), to=to)


def _with(text: Text, more: Text) -> Text:
    return Text(text.zh + more.zh, text.en + more.en)
