"""What the dialog that draws a sample says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from audit.drawing import Population

TITLE = Text("抽样：{name}（{size} 条，{period}）", "Draw: {name} ({size}, {period})")
LIST = Text("清单：{drawn}", "List: {drawn}")
WAYS = {
    "file": Text("文件", "file"),
    "paste": Text("粘贴编号", "pasted numbers"),
    "range": Text("号段", "range"),
}
WAYS_KEY = Text("      F5 切换", "      F5 changes")
PATH = Text("清单文件 .xlsx 或 .csv：Tab 补全", "the list, .xlsx or .csv: Tab completes")
RANGE = Text("首号..末号，如 1001..1250 或 RO0001..RO0250", "first..last, as in 1001..1250 or RO0001..RO0250")
COLUMN = Text("哪一列是编号？回车选定", "Which column holds the numbers? Enter takes it")
SEED = Text("种子", "Seed")
WAITING = Text("给出完整清单后，这里预览将抽取的记录", "Give the whole list: what will be drawn is shown here first")
READING = Text("正在读取……", "Reading ...")
PREVIEW = Text(
    "清单 {population} 条（{source}），抽 {count}/{size}{short}{twice}\n{records}",
    "{population} in the list ({source}), {count} of {size} drawn{short}{twice}\n{records}",
)
SHORT = Text("，样本不足", ", a short sample")
TWICE = Text("，{count} 个重复编号各算一次", ", {count} duplicates counted once")
NOTHING_YET = Text("还没有可抽的清单", "There is no list to draw from yet")
BEFORE = Text(
    "已直接评分，抽样后将由记录取代：{answers}",
    "Answered already; will be replaced by the records: {answers}",
)
SURE = Text("以下评分将由抽样记录取代：{answers}", "These answers will be replaced by the records: {answers}")
YES = Text("抽样，原评分不再计分（操作记录中保留）", "Draw; they count no more (the history keeps them)")
NO = Text("不抽样", "Do not draw")


def preview(whole: Population, size: int, seed: str) -> Text:
    """Return what would be drawn.

    Args:
        whole: the list.
        size: records wanted.
        seed: what the drawing follows from.
    """
    records = whole.draw(size, seed)
    return PREVIEW.format(
        population=len(whole.numbers),
        source=whole.source,
        count=len(records),
        size=size,
        short=SHORT if len(records) < size else same(""),
        twice=TWICE.format(count=whole.duplicates) if whole.duplicates else same(""),
        records=joined([same(record) for record in records], zh="  ", en="  "),
    )
