"""Scoring on a tablet, with fingers only: log in, ten items, the server killed between, the report downloaded."""

from __future__ import annotations

import signal
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from audit.session import AuditSession
from audit.store.store import Store
from tests.tui.serving.tablet import CHROMIUM, Tablet, tablet
from tui.opening import reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.tui.conftest import Person
    from tests.tui.serving.conftest import Serve

_OFFERED = {"yes_no": "是", "levels": "1", "deduct": "0 没有", "sample": "输入", "measure": "输入"}
"""What is touched first, by the kind of rule: the buttons of the item before may stand a moment longer."""
TOKEN = "four-score-and-ten"  # noqa: S105 - of a server that lives for one test
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is needed: on Debian, apt-get install chromium"),
]


def answered(person: Person, ref: str) -> int:
    """Return how many items have an answer on disk."""
    with Store.open(str(person.store)) as store:
        counts = AuditSession.open(store, ref, reader()).scorecard.total.counts
        return counts.items - counts.open


def answer(tab: Tablet, number: int, rules: Mapping[str, str]) -> str:
    """Answer the item in view with what is offered for fingers; returns what was touched first."""
    item = f"FD{number:02}"
    tab.wait(rf">  +{item}")
    tab.wait(rf"│ {item} ")
    offered = _OFFERED[rules[item]]
    tab.tap(offered)
    if offered == "输入":
        tab.wait(r" 退格 ")
        for character in ("9", "/", "1", "0"):
            tab.tap(character)
        tab.wait("9/10")
        tab.tap("确定")
    if offered in {"输入", "1"}:
        tab.wait("为什么失分")
        tab.wait(r"离开，记下")
        if tab.sees(r" 1 \S+"):
            tab.tap(r"1 \S+")
        tab.tap("确定")
    return offered


def log_in(tab: Tablet, url: str) -> None:
    tab.page.goto(url)
    assert not tab.sees("评估列表")
    tab.page.get_by_label("请输入口令").fill("wrong-token")
    tab.page.get_by_role("button", name="进入").click()
    tab.page.get_by_text("口令不对").wait_for()
    tab.page.get_by_label("请输入口令").fill(TOKEN)
    tab.page.get_by_role("button", name="进入").click()
    tab.wait("评估列表")


def test_a_finger_that_moves_scrolls_and_one_that_trembles_taps(person: Person, serve: Serve) -> None:
    person.well("audit", "new", "--dealer", "SH01", "--name", "上海店", "--date", "2026-05-12")
    served = serve("--lang", "zh")
    with tablet() as (tab, _):
        tab.page.goto(served.url)
        tab.tap("打开")
        tab.wait("FD04")
        assert not tab.sees("FD14 ")
        tab.drag("FD08 ", 22)
        tab.wait("FD14 ")
        assert not tab.sees("   FD04")
        assert tab.sees("│ FD01")  # the finger has chosen nothing
        tab.drag("FD14 ", 0.2)
        tab.wait("│ FD14")
        tab.drag("FD10 ", -18)
        tab.wait("   FD04")
        assert tab.sees("│ FD14")
        tab.tap("更多")
        tab.wait("r 抽样记录表")
        assert not tab.sees("l 这一项的操作记录")
        for word, beneath in pairwise(("s 未评估", "Tab 下一未评项", "g 换分组方式", "l 这")):
            tab.drag(word, 15)
            tab.wait(beneath)
        tab.wait("l 这一项的操作记录")
        tab.tap("l 这一项的操作记录")
        tab.until(lambda: not tab.sees("g 换分组方式"), "the menu gone")
        tab.tap("esc 关闭")
        tab.tap("页面")
        tab.tap(r"指标  \(f5\)")
        tab.tap("⏎ 打开")
        for label in ("8", "4", "退格", "6", "⏎ 保存"):
            tab.tap(label)
        tab.wait(r"已保存  K01 .* 86")
    assert served.stop(signal.SIGINT) == 0


def test_ten_items_are_scored_with_fingers_and_the_report_comes_down(person: Person, serve: Serve) -> None:
    ref = person.well("audit", "new", "--dealer", "SH01", "--name", "上海店", "--date", "2026-05-12").out.strip()
    before = answered(person, ref)  # one is out of scope from the beginning
    with Store.open(str(person.store)) as store:
        asked = AuditSession.open(store, ref, reader()).checklist.items
    rules = {item.id: item.rule.kind for item in asked.values()}
    served = serve("--token", TOKEN, "--lang", "zh")
    with tablet() as (tab, foreign):
        log_in(tab, served.url)
        tab.tap("打开")
        touched = []
        for done in range(1, 6):
            touched.append(answer(tab, done, rules))
            tab.until(lambda done=done: answered(person, ref) == before + done, f"{done} answers")  # type: ignore[misc]
        assert tab.page.locator(".xterm-helper-textarea").get_attribute("inputmode") == "none"
        served.stop(signal.SIGKILL)
        tab.page.get_by_text("已评的内容都已保存").wait_for()
        served.start()
        tab.page.get_by_role("button", name="重新打开").click()
        tab.tap("继续")
        tab.wait(r">~ +FD\d+")  # where one was: the item answered last
        tab.tap("下一项")
        for done in range(6, 11):
            touched.append(answer(tab, done, rules))
            tab.until(lambda done=done: answered(person, ref) == before + done, f"{done} answers")  # type: ignore[misc]
        tab.tap("页面")
        tab.tap(r"评估列表  \(f2\)")
        tab.tap("报告")
        with tab.page.expect_download(timeout=60_000) as download:
            tab.tap("⏎ 生成")
        assert download.value.suggested_filename == f"{ref}-zh.xlsx"
        with zipfile.ZipFile(download.value.path()) as report:
            assert "xl/workbook.xml" in report.namelist()
    assert foreign == []
    assert len(set(touched)) > 1
    assert served.stop(signal.SIGINT) == 0
    assert "Traceback" not in served.told
