"""What the form for a new audit says."""

from __future__ import annotations

from checklists.text import Text

TITLE = Text("新建评估", "New audit")
LABELS = {
    "dealer": Text("经销商", "Dealership"),
    "code": Text("代码", "Code"),
    "name": Text("名称", "Name"),
    "city": Text("城市", "City"),
    "has": Text("设有", "It has"),
    "date": Text("日期", "Date"),
    "kind": Text("类型", "Kind"),
    "earlier": Text("上次评估", "It follows"),
    "checklist": Text("评估表", "Checklist"),
    "departments": Text("评估部门", "Departments"),
    "auditors": Text("评估员", "Auditors"),
    "participants": Text("其他参加人员", "Also present"),
    "contact": Text("联系方式", "Contact"),
    "profile": Text("权重方案", "Weights"),
    "create": Text("", ""),
}
SEARCH = Text("输入代码、名称或城市", "Type a code, name or city")
SEVERAL = Text("几位之间用逗号或顿号隔开", "commas between several")
TYPED_CODE = Text("字母、数字，如 SH01", "letters and digits, such as SH01")
DEALER_FIRST = Text("先选经销商", "choose the dealership first")
NO_EARLIER = Text("不对照上次", "none")
NONE_SIGNED = Text("没有已签字的评估", "none is signed yet")
NEW = Text("+ 新经销商“{typed}”", "+ a new dealership: {typed}")
NEW_EMPTY = Text("+ 新经销商", "+ a new dealership")
IS_NEW = Text("新经销商", "a new dealership")
TOGETHER = Text("共同", "together")
NO_PROFILE = Text("不加权", "none")
CREATE = Text("建立并开始评分", "Begin and score")
WRONG = Text("有 {count} 处需要修改；还没有写入任何内容", "To be mended: {count}; nothing is written yet")
READY = Text("Ctrl+S 建立", "Ctrl+S begins it")
