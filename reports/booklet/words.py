"""Headings and labels of the booklet, the same in the workbook, Markdown and HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text

if TYPE_CHECKING:
    from checklists.model import Tag

COVER_SHEET = Text("封面", "Cover")
CONTENTS = Text("目录", "Contents")
HOW_TO = Text("怎样评分", "How to score")
POINTS_TABLE = Text("分值与得分", "Points and totals")
SETS = Text("抽样记录表", "Record sheets")
INTERVIEWS = Text("访谈提纲", "Interview guides")
KPIS = Text("KPI清单", "KPI list")
DIRECTIONS = Text("辅导方向", "Coaching directions")

EARNED = Text("得分", "Earned")
LOOK_AT, SCORING = Text("看什么", "Look at"), Text("计分", "Scoring")
ANSWER = Text("结果", "Answer")
BY_COUNT = Text("√/{size}：得分", "√ of {size}: points")
BY_VALUE = Text("数值：得分", "Value: points")
STATES, CAUSES = Text("无法评分时", "No answer"), Text("失分原因", "Causes")
OWNER, METHOD, PLACE = Text("责任岗位", "Owner"), Text("方式", "Method"), Text("地点", "Place")
SET, KPI, DIRECTION = Text("抽样组", "Sample set"), Text("KPI", "KPI"), Text("辅导方向", "Direction")
TAGGED = Text("标签", "Tags")

TAGS: dict[Tag, Text] = {
    "5s": Text("5S", "5S"),
    "dms": Text("DMS", "DMS"),
    "safety": Text("安全", "safety"),
    "legal": Text("法规", "legal"),
    "customer": Text("客户可感知", "customer"),
}
