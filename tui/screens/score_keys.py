"""The keys of the Score page, the footer's six among them.

All stand before the focused widget: what a key did is saved before the next one is looked at.  While a question is open
`ScorePage.check_action` leaves them to its line.  Letters have no other way but the menu under Enter, where an input
method that eats letters does no harm.
"""

from __future__ import annotations

from functools import partial

from tui.keys import key as _key

key = partial(_key, priority=True)

KEYS = [
    key("enter,f10", "enter('menu')", "全部操作", "Menu", show=True),
    key("enter,f10", "enter('go on')", "继续", "Go on", show=True),
    key("enter,f10", "enter('record')", "记录", "Record", show=True),
    key("enter,f10", "enter('pick')", "选这条", "Pick it", show=True),
    key("y", "yes_no('y')", "是", "Yes"),
    key("n", "yes_no('n')", "否", "No"),
    *[key(f"{n}", f"digit({n})", "等级、编号或数值", "Level, number or figure") for n in range(10)],
    key("minus", "minus", "减一处", "One less"),
    key("backspace", "back", "退一位", "Last digit back"),
    key("v", "value", "输入数值", "Type a value"),
    key("x", "setting('not_applicable')", "不适用", "N/A", show=True),
    key("c", "setting('no_case')", "本期未发生", "No case"),
    key("d", "setting('no_data')", "无法提供", "No data", show=True),
    key("s", "setting('not_assessed')", "未评估", "Not assessed"),
    key("r", "records", "抽样表", "Record sheet"),
    key("m", "note", "备注", "Note", show=True),
    key("e", "evidence", "佐证文件", "Evidence"),
    key("f,asterisk", "flag", "标记待复看", "Flag for later"),
    key("z,ctrl+z", "undo", "撤销", "Undo"),
    key("Z,ctrl+y", "redo", "重做", "Redo"),
    key("tab,full_stop", "next_open(1)", "下一未评", "Next open", show=True),
    key("shift+tab,comma", "next_open(-1)", "上一未评", "Open before"),
    key("down,j", "move(1)", "下一项", "Next item"),
    key("up,k", "move(-1)", "上一项", "Item before"),
    key("right,right_square_bracket", "section(1)", "下一组", "Next group"),
    key("left,left_square_bracket", "section(-1)", "上一组", "Group before"),
    key("pagedown,space", "read(1)", "向下看", "Read on"),
    key("pageup", "read(-1)", "向上看", "Read back"),
    key("slash", "find", "查找", "Find"),
    key("a", "full", "整个项目满分，除了……", "Whole section full marks, except ..."),
    key("g", "grouping", "换分组：部门、场所、方法", "Group by department, place, method"),
    key("p", "points", "显示或隐藏分数", "Show or hide points"),
    key("l", "history", "这一项的操作记录", "History of this item"),
    key("escape", "escape", "离开输入框", "Leave the box"),
    key("ctrl+q", "leave", "退出", "Quit"),
]
