"""What is wrong with a filled record sheet, in words."""

from __future__ import annotations

from checklists.text import Text

NO_FORM = Text(
    "“{file}”不是本工具的抽样记录表：请用 records sheet 生成后填写",
    '"{file}" is no record sheet of this tool: write one with records sheet and fill it in',
)
OTHER_AUDIT = Text("“{file}”属于评估 {ref}", '"{file}" belongs to audit {ref}')
OTHER_DRAW = Text(
    "“{file}”填写的是“{set}”的另一次抽样，与现在的抽样不符",
    '"{file}" holds another draw of {set} than the one that stands',
)
UNKNOWN_HEAD = Text("表头“{head}”不是此表的检查项", 'the head "{head}" is no item of this sheet')
TWICE = Text("“{what}”在 {first} 已经出现过", '"{what}" stands in {first} already')
NO_RECORD = Text("有标记但没有记录编号", "there are marks but no record number")
OUTSIDE = Text("“{text}”写在表格的列之外", '"{text}" stands outside the columns of the sheet')
CLEARED = Text(
    "原有的标记“{mark}”被清空：请改写，或用 records mark … open 清除",
    'the mark "{mark}" was emptied: change it, or take it back with records mark ... open',
)
CHANGED = Text(
    "生成此表之后已有人改为“{mark}”：请核对后写成同样的标记，或用 records mark 更改",
    'this was marked "{mark}" since the form was written: check it, then write the same or use records mark',
)
NOT_APPLICABLE = Text(
    "{item} 已记为不适用；若适用，请用 records mark 标记", "{item} is not applicable; if it is, use records mark"
)
NO_FAILURE = Text(
    "备注没有写明检查项，这一行也没有 ×：请写成“{item}：……”",
    "this remark names no item and nothing fails: “{item}: ...”",
)
STRANGER = Text(
    "备注中的“{item}”不是此表的检查项：请改正编号，或在编号和冒号之间加字",
    'the remark names "{item}", which is no item of this sheet: mend the id, or put a word between id and colon',
)
REMARK_ONLY = Text("{item} 有备注但没有标记", "{item} has a remark but no mark")
IS_DATE = Text("“{text}”是日期，不是标记", '"{text}" is a date and no mark')
BARE = Text(
    "公式没有存储的结果：请用 Excel 打开并保存后再导入",
    "a formula without stored value: open and save the file in Excel, then read it again",
)
BOTH = Text("记为未出示的记录不能再有标记", "a record that was not produced can have no marks")
TOO_LONG = Text("备注超过 {most} 个字符", "a remark has more than {most} characters")
