"""Checklists as text, for tests: files are written to a folder and what is wrong with them is compared by place."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from checklists.compile import Compiled, compile_folder

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
id: small
version: "1"
title: {zh: 小表, en: Small}
assesses: {zh: 前台, en: the front desk}
total: 10
pass: 70 %
methods: {walk: {zh: 巡视, en: Walk}}
places: {desk: {zh: 前台, en: Desk}}
roles: {advisor: {zh: 顾问, en: Advisor}}
sample_sets:
  orders: {name: {zh: 工单, en: Orders}, size: 5, period: {zh: 上月, en: last month}, drawn: {zh: 清单, en: list}}
directions:
  A: {name: {zh: 流程, en: Process}, cures: {zh: 乱, en: D}, first_step: {zh: 学, en: L}, effect: {zh: 好, en: O}}
parameters:
  months: {name: {zh: 月数, en: Months}, value: "12"}
"""
"""15 lines; what a test adds begins in line 16."""

BODY = """\
departments:
  - id: front
    name: {zh: 前台, en: Front}
    points: 10
    sections:
      - id: S1
        name: {zh: 流程, en: Process}
        points: 10
        items:
          - id: A1
            statement: {zh: "每{months}个月检查", en: "Checked every {months} months"}
            weak: {zh: 没检查, en: Not checked}
            evidence: {zh: 看单, en: Read it}
            points: 4
            rule: {kind: yes_no}
            method: walk
            place: desk
            owner: advisor
            direction: A
          - id: A2
            statement: {zh: 有记录, en: Recorded}
            weak: {zh: 无记录, en: Not recorded}
            evidence: {zh: 看簿, en: Read the book}
            points: 6
            rule: {kind: sample}
            set: orders
            method: walk
            place: desk
            owner: advisor
            direction: A
"""
"""Two items, A1 in line 25 and A2 in line 35 of the file; rules in lines 30 and 40."""

SMALL = HEAD + BODY

TEXTS = "statement: {zh: 句, en: S}, weak: {zh: 弱, en: W}, evidence: {zh: 据, en: E}"
PLACES = "method: walk, place: desk, owner: advisor, direction: A"


def item(item_id: str, points: str = "10", rule: str = "{kind: yes_no}", more: str = "") -> str:
    """Return one item as a line of flow YAML."""
    extra = f", {more}" if more else ""
    return f"{{id: {item_id}, {TEXTS}, points: {points}, rule: {rule}, {PLACES}{extra}}}"


def one_item(rule: str, more: str = "", points: str = "10") -> str:
    """Return a checklist of one item in line 25."""
    return HEAD + textwrap.dedent(f"""\
        departments:
          - id: front
            name: {{zh: 前台, en: Front}}
            points: 10
            sections:
              - id: S1
                name: {{zh: 流程, en: Process}}
                points: 10
                items:
                  - {item("A1", points, rule, more)}
        """)


def compiled(folder: Path, *texts: str, **files: str) -> Compiled:
    """Compile checklist.yaml with this text, and other files by their stems."""
    folder.mkdir(parents=True, exist_ok=True)
    for text in texts:
        (folder / "checklist.yaml").write_text(text, "utf-8")
    for stem, text in files.items():
        (folder / f"{stem}.yaml").write_text(text, "utf-8")
    return compile_folder(folder)


def found(result: Compiled) -> list[tuple[str, int, str | None]]:
    """Return (code, line, item) of every issue."""
    return [(issue.code.value, issue.line, issue.item) for issue in result.issues]
