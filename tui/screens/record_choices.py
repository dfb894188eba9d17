"""All that can be done with a cell of a record sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text

if TYPE_CHECKING:
    from checklists.model import Item

_CHOICES = (
    ("missing", Text("u  整单未提供 / 找到了", "u  record not produced / found")),
    ("remark", Text("m  备注", "m  remark")),
    ("open_cell", Text("o  下一个未标的格", "o  next cell without a mark")),
    ("turn", Text("t  标记后走向：按单 / 按项", "t  go on by record / by item")),
    ("close_short", Text("c  提前结束抽样", "c  close the set short")),
    ("export", Text("e  导出 Excel 记录表", "e  write the Excel sheet")),
    ("import", Text("i  导入 Excel 记录表", "i  read an Excel sheet")),
    ("undo", Text("z  撤销", "z  undo")),
    ("redo", Text("Z  重做", "Z  redo")),
    ("sets", Text("Esc  抽样组列表", "Esc  list of sets")),
)


def choices_for(item: Item) -> list[tuple[str, Text]]:
    """Return the actions for a cell of an item's, with what they are called."""
    if item.rule.kind == "levels":
        marks = [
            (f"mark('{level}')", Text("{n}  {text}", "{n}  {text}").format(n=level, text=text))
            for level, text in reversed(list(enumerate(item.anchors)))
        ]
    else:
        marks = [
            ("mark('y')", Text("y  符合", "y  conforms")),
            ("mark('n')", Text("n  不符合", "n  does not conform")),
        ]
    return [
        *marks,
        ("mark('x')", Text("x  本单不适用", "x  does not apply to this record")),
        ("mark('open')", Text("Del  清除标记", "Del  clear the mark")),
        *_CHOICES,
    ]
