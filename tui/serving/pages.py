"""The two pages: the window with the screens, and the question for the token."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from checklists.text import Text

if TYPE_CHECKING:
    from checklists.text import Lang

HERE = Path(__file__).parent / "static"

_WORDS = {
    "title": Text("经销商售后评估", "Dealer audit"),
    "opening": Text("正在打开……", "Opening ..."),
    "closed": Text("窗口已关闭。已评的内容都已保存。", "The window is closed. Everything scored was saved."),
    "again": Text("重新打开", "Open again"),
    "keyboard": Text("键盘", "Keyboard"),
    "ask": Text(
        "请输入口令：启动 dealer-audit serve 的电脑上有显示",
        "The token, as shown where dealer-audit serve was started",
    ),
    "enter": Text("进入", "Enter"),
    "wrong": Text("口令不对", "That is not the token"),
}
_PUBLIC = ("/static/", "/own/")


def window_page(lang: Lang) -> str:
    """Return the page that shows the screens."""
    return _filled("window.html", lang)


def login_page(lang: Lang, *, wrong: bool) -> str:
    """Return the page that asks for the token; it needs no other file, as none is given out before."""
    return _filled("login.html", lang, hidden="" if wrong else "hidden")


def public_file(path: str) -> bool:
    """Say whether a browser may keep what lies under a path: nothing of an audit does."""
    return path.startswith(_PUBLIC)


def _filled(name: str, lang: Lang, **more: str) -> str:
    words = {key: escape(text.of(lang)) for key, text in _WORDS.items()}
    template = Template((HERE / name).read_text(encoding="utf-8"))
    return template.substitute(words, lang="zh-CN" if lang == "zh" else "en", **more)
