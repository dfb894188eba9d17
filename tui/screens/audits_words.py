"""What the list of audits says."""

from __future__ import annotations

from checklists.text import Text

TITLE = Text("评估列表", "Audits")
OPENING = Text("正在打开……", "Opening ...")
EMPTY = Text(
    "还没有评估。\n\n按 n 新建评估；\n按 d 载入样例，看看一次完整的评估是什么样子。\n\n按 ? 随时查看可用的按键。",
    "No audits yet.\n\nPress n to begin one;\npress d to load the sample and see what a whole audit looks like.\n\n"
    "? shows the keys at any time.",
)
NONE_FITS = Text("没有符合的评估", "No audit fits")
NONE_FITS_ESCAPE = Text("没有符合的评估；Esc 清除查找", "No audit fits; Esc clears the search")
ALL_ASIDE = Text("所有评估都已搁置；按 v 显示", "All audits are put aside; v shows them")
FILTER = Text("按 / 后输入经销商、编号、日期或状态", "Press / and type a dealership, reference, date or status")
GO_ON = Text(
    "按 c 继续上次的评估：{dealer} {date}{item}（{done}/{items}）",
    "Press c to go on with {dealer} {date}{item} ({done}/{items})",
)
AT = Text("，停在 {item}", ", at {item}")
COUNT = Text("{shown} / {all} 次评估{aside}", "{shown} of {all} audits{aside}")
ASIDE = Text("；已搁置 {count} 次，按 v 显示", "; put aside: {count}, v shows them")
CUT = Text("；只列出前 {most} 次，请输入文字查找", "; only the first {most} are listed, type to find others")
PROBLEM = Text("! 无法读取 {ref}：{problem}", "! {ref} cannot be read: {problem}")
PUT_ASIDE = Text("{ref} 已搁置；按 v 显示，再按 a 找回", "{ref} is put aside; v shows it, a brings it back")
BROUGHT_BACK = Text("{ref} 已回到列表", "{ref} is back in the list")
CLEAR_TOUCH = Text("清除查找", "Clear the search")
ASIDE_TOUCH = Text("搁置/找回", "Put aside / bring back")
SHOW_TOUCH = Text("显示/隐藏搁置的", "Show / hide those put aside")
