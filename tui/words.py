"""Headings and figures that several commands show; words of results are those of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.points import printed
from checklists.text import Text

if TYPE_CHECKING:
    from decimal import Decimal

NOTHING = "–"
DEALER, DATE, KIND, STATE = (
    Text("经销商", "dealership"),
    Text("日期", "date"),
    Text("类型", "kind"),
    Text("状态", "status"),
)
ITEM, VALUE = Text("检查项", "item"), Text("评分", "answer")
FULL, EARNED, PASS_POINTS = Text("满分", "full"), Text("得分", "earned"), Text("及格分", "pass")
RATE, OUTCOME = Text("得分率", "rate"), Text("合格值", "result")
NAME, PERSON, TIME = Text("名称", "name"), Text("操作人", "by"), Text("时间", "time")


def points(value: Decimal | None) -> str:
    """Return points as they are printed, a dash where there are none."""
    return NOTHING if value is None else printed(value)
