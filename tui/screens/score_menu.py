"""Enter on an item: all that can be done with it, for arrows and Enter alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from tui.how_answered import faults_of
from tui.screens.asking import Pick
from tui.screens.score_answer_text import is_drawn, observations_of

if TYPE_CHECKING:
    from textual.events import Key

    from tui.screens.score_text import View

_CHOICE = tuple[str, Text]
"""An action of the page, and its words, which begin with its key."""

_NO, _YES = Text("n 否", "n no"), Text("y 是", "y yes")
_TYPE = Text("v 输入……", "v type the answer ...")
_NO_FAULT = Text("0 没有缺陷", "0 none")
_LESS = Text("- 减一处", "- one less")
_KEEP = Text("{number} 保留这一个：{value} {person}", "{number} keep this one: {value} {person}")
_NUMBERED = Text("{number} {what}", "{number} {what}")
_FURTHER: tuple[_CHOICE, ...] = (
    ("setting('not_applicable')", Text("x 不适用", "x not applicable")),
    ("setting('no_case')", Text("c 本期未发生", "c no case")),
    ("setting('no_data')", Text("d 无法提供", "d no data")),
    ("setting('not_assessed')", Text("s 未评估", "s not assessed")),
    ("note", Text("m 备注", "m note")),
    ("evidence", Text("e 佐证文件", "e evidence")),
    ("flag", Text("f 标记待复看", "f flag for later")),
    ("undo", Text("z 撤销", "z undo")),
    ("redo", Text("Z 重做", "Z redo")),
    ("next_open(1)", Text("Tab 下一未评项", "Tab next open item")),
    ("section(1)", Text("→ 下一组", "→ next group")),
    ("find", Text("/ 查找", "/ find")),
    ("full", Text("a 本项目全部满分，除了……", "a whole section full marks, except ...")),
    ("grouping", Text("g 换分组方式", "g group otherwise")),
    ("points", Text("p 显示或隐藏分数", "p show or hide points")),
    ("history", Text("l 这一项的操作记录", "l history of this item")),
)


class Menu(Pick):
    """Offers them; the keys work here, too."""

    ABOUT = Text(
        "这一项可以做的一切：用方向键选择，回车确定；也可以直接按各行开头的键。",
        "All that can be done with the item: choose with the arrows and Enter, or press the key a row begins with.",
    )

    def __init__(self, view: View) -> None:
        title = _NUMBERED.format(number=view.item.id, what=view.item.statement)
        self._choices = menu_of(view)
        super().__init__(title, self._choices)

    def on_key(self, event: Key) -> None:
        """Take the row that begins with the key."""
        named = {words.of(self.lang).partition(" ")[0]: action for action, words in self._choices}
        if event.character in named:
            event.stop()
            self.dismiss(named[event.character])


def menu_of(view: View) -> list[_CHOICE]:
    """Return everything the item in view can be given or asked, answers first."""
    from audit.history import told

    conflict = view.seen.state.conflicts.get(f"item:{view.item.id}", ())
    kept = [
        (f"digit({n})", _KEEP.format(number=n, value=told(e, view.checklist), person=e.person))
        for n, e in enumerate(conflict, start=1)
    ]
    records = [("records", Text("r 抽样记录表", "r record sheet"))] if getattr(view.item, "set", None) else []
    answers = [] if is_drawn(view) or conflict else _answers(view)
    return [*kept, *records, *answers, *_FURTHER]


def _answers(view: View) -> list[_CHOICE]:
    item, rule = view.item, view.item.rule
    anchors = getattr(item, "anchors", ())
    if rule.kind == "yes_no":
        words = [joined([word, anchor], "  ", "  ") for word, anchor in zip((_NO, _YES), anchors, strict=False)]
        no, yes = words if len(words) == 2 else (_NO, _YES)
        return [("yes_no('y')", yes), ("yes_no('n')", no)]
    if rule.kind == "levels" and rule.top <= 9 and observations_of(view) >= 1:
        said = [*anchors, *[same("")] * (rule.top + 1 - len(anchors))]
        return [(f"digit({n})", _NUMBERED.format(number=n, what=said[n])) for n in range(rule.top, -1, -1)]
    if rule.kind in {"deduct", "bonus"}:
        named = [_NUMBERED.format(number=n, what=fault.name) for n, fault in enumerate(faults_of(item), start=1)]
        counted = [(f"digit({n})", words) for n, words in enumerate(named, start=1)]
        return [("digit(0)", _NO_FAULT), *counted, ("minus", _LESS)]
    return [("value", _TYPE)]
