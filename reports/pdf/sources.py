"""What the result rests on: KPIs, interviews, sampled records, evidence, objections, and the report itself."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.clock import shown
from audit.closing import Decision
from audit.evidence import TAKEN_FROM
from audit.kpi_findings import short, status_text
from audit.kpi_levels import STATUS_RULE
from audit.objecting import DECISION_NAMES
from checklists.points import percent
from checklists.text import Text, joined, same
from reports.late_evidence import all_evidence
from reports.pdf.blocks import NOTHING, Column, cell, facts, heading, note, points, row, table, trend
from reports.record_groups import count_of, groups_of, together, told_groups
from reports.report_rules import rules_of
from reports.sheets import about as about_sheet
from reports.sheets import kpis as kpi_sheet
from reports.sheets import objections as objections_sheet
from reports.sheets.interviews import OTHER, asked_of, finding_line
from reports.sheets.sampled import source_of
from reports.thumbnails import with_room
from reports.words import (
    ABOUT_SHEET,
    EVIDENCE_SHEET,
    INTERVIEWS_SHEET,
    KPI_SHEET,
    OBJECTIONS_SHEET,
    SAMPLED_SHEET,
    answer_text,
    answer_words,
)

if TYPE_CHECKING:
    from audit.evidence import Evidence
    from audit.kpi import KpiResult
    from audit.objecting import Objection
    from audit.records import Grid
    from audit.scorecard import ItemScore
    from audit.state import Amendment, Answer
    from audit.summary import AuditSummary
    from checklists.model import Item
    from reports.pdf.blocks import Block, Cell, Words

_KPIS = (
    Column(Text("指标", "KPI"), 3.0),
    Column(Text("取用值", "Value used"), 1.1, "r"),
    Column(Text("单位", "Unit"), 0.8, "c"),
    Column(Text("走势", "Trend"), 1.25, "c"),
    Column(Text("合格 / 目标", "Pass / target"), 2.0),
    Column(Text("状态", "Status"), 1.6, "c"),
    Column(Text("取值依据", "Value by"), 2.2),
    Column(Text("收集 / 要求", "Collected / wanted"), 1.1, "c"),
)
_INTERVIEWS = (
    Column(Text("编号", "No."), 0.6, "c"),
    Column(Text("岗位", "Role"), 1.4),
    Column(Text("姓名", "Name"), 1.0),
    Column(Text("问题", "Question"), 2.8),
    Column(Text("记录", "Note"), 3.8),
    Column(Text("发现", "Findings that follow"), 3.4),
)
_FINDINGS = (Column(Text("部门", "Department"), 1.5), Column(Text("其他发现", "Other findings"), 8.0))
_SAMPLED = (
    Column(Text("编号", "Item"), 0.75),
    Column(Text("检查项", "What is checked"), 3.6),
    Column(Text("评分", "Answer"), 0.9, "c"),
    Column(Text("样本", "Sample"), 1.0, "c"),
    Column(Text("符合的记录", "Records that conform"), 3.0),
    Column(Text("不符合的记录（备注）", "Records that do not (remarks)"), 3.8),
    Column(Text("不适用的记录", "Does not apply to"), 1.6),
)
_FILES = (
    Column(Text("编号", "Item"), 0.75),
    Column(Text("检查项", "What is checked"), 4.0),
    Column(Text("文件名", "File"), 2.2),
    Column(Text("时间", "Time"), 2.1, "c"),
    Column(Text("添加人", "Added by"), 1.1),
    Column(Text("大小（KB）", "Size (KB)"), 0.9, "r"),
    Column(Text("校验码", "SHA-256"), 1.7, "c"),
)
_OBJECTIONS = (
    Column(Text("编号", "No."), 0.6, "c"),
    Column(Text("检查项", "Item"), 2.7),
    Column(Text("提出", "Raised"), 1.3, "c"),
    Column(Text("异议与补充佐证", "Objection, late evidence"), 3.2),
    Column(Text("原评分", "Answer"), 1.0, "c"),
    Column(Text("原得分", "Points"), 0.8, "r"),
    Column(Text("结论", "Decision"), 1.0, "c"),
    Column(Text("答复", "Reply"), 3.0),
    Column(Text("答复人", "Decided"), 1.3, "c"),
    Column(Text("现评分", "Answer now"), 1.0, "c"),
    Column(Text("现得分", "Points now"), 0.8, "r"),
)
_CHANGES = (
    Column(Text("时间", "Time"), 1.3),
    Column(Text("操作人", "Who"), 1.2),
    Column(Text("内容", "What"), 6.5),
)
_COMPLETENESS = Text("数据完整度：{rate}（{collected} / {wanted}）", "Data collected: {rate} ({collected} of {wanted})")
_MASKED_FILES = Text(
    "本份报告不含照片和原文件名；原文件在经销商一份的评估数据库中，可按校验码索取。",
    "This copy holds no pictures and no file names; the files are in the dealership's own store, by their SHA-256.",
)
_ORIGINALS = Text(
    "原文件保存在评估数据库中，可用 dealer-audit evidence export 导出；校验码为 SHA-256 的前 16 位。",
    "The originals are kept in the audit's store (dealer-audit evidence export); of the SHA-256 16 digits are shown.",
)
_NO_ROOM = Text(
    "{count} 张图片没有放入，以免报告超过 10 MB；文件都列在下表中。",
    "{count} pictures were left out to keep the report below 10 MB; all files are in the table below.",
)
_SET = Text("{name}（{period}）", "{name} ({period})")
_DRAWN = Text(
    "抽取 {count}/{size}，清单 {population} 条（{source}），种子 {seed}，清单指纹 {digest}。",
    "{count} of {size} drawn from a list of {population} ({source}), seed {seed}, list {digest}.",
)
_CLOSED = Text("{drawn}提前结束：{reason}。", "{drawn} Closed early: {reason}.")
_TAKEN = Text("{time}（{source}）", "{time} ({source})")
_BY = Text("{by}\n{time}", "{by}\n{time}")
_NO_OBJECTIONS = Text("没有异议，也没有修正。", "There are no objections and no amendments.")
_PICTURES_ACROSS = 4


def kpis(summary: AuditSummary, words: Words) -> list[Block]:
    """Return the KPIs by category: value, levels, status, who says so, and how complete the data are."""
    report = summary.kpis
    if not any(result.recorded for result in report.kpis):
        return []
    rows: list[Block] = []
    category = None
    for result in report.kpis:
        if result.kpi.category != category:
            category = result.kpi.category
            known = summary.checklist.kpi_categories.get(category)
            rows.append(row([words.line(known.name if known else category)], "band"))
        rows.append(row(_kpi(result, summary, words)))
    whole = report.whole
    rate = percent(Decimal(whole.collected), Decimal(whole.wanted))
    told = _COMPLETENESS.format(rate=rate, collected=whole.collected, wanted=whole.wanted)
    return [
        heading(words, KPI_SHEET),
        note(words, told),
        table(words, _KPIS, rows),
        note(words, STATUS_RULE, after=True),
    ]


def _kpi(result: KpiResult, summary: AuditSummary, words: Words) -> list[Cell]:
    name = Text("{id} {name}", "{id} {name}").format(id=result.id, name=result.kpi.name)
    status = words(status_text(summary.checklist, result))
    shade = kpi_sheet.STATUS_SHADES.get(result.status) if result.status else None
    return [
        words(name),
        NOTHING if result.value is None else short(result.value),
        words(result.kpi.unit),
        trend(_months(result)),
        words(kpi_sheet.levels_of(result)),
        cell(status, shade) if shade else status,
        words(kpi_sheet.value_by(result)),
        f"{result.collected} / {result.wanted}",
    ]


def _months(result: KpiResult) -> list[float]:
    """Return the last months' figures of the first series that has some."""
    for series in result.series:
        figures = [float(f.value) for f in series.months.values() if f.used is not None and f.value is not None]
        if figures:
            return figures[-12:]
    return []


def interviews(summary: AuditSummary, words: Words) -> list[Block]:
    """Return who was asked what, and what follows."""
    if not summary.interviews and not summary.findings:
        return []
    rows = []
    for interview in summary.interviews:
        found = [finding_line(f, words.lang) for f in summary.findings if interview in f.interviews]
        texts = (interview.number, interview.role_name, interview.person, asked_of(interview), interview.note)
        rows.append(row([*(words(text) for text in texts), words("\n".join(found))]))
    blocks = [heading(words, INTERVIEWS_SHEET)]
    blocks += [table(words, _INTERVIEWS, rows)] if rows else []
    other = [finding for finding in summary.findings if not finding.interviews]
    if other:
        lines = [row([words(f.department.name), words(finding_line(f, words.lang))]) for f in other]
        blocks += [heading(words, OTHER, 2), table(words, _FINDINGS, lines)]
    return blocks


def sampled(summary: AuditSummary, words: Words) -> list[Block]:
    """Return the records drawn, and which of them conform to each item."""
    if not summary.records:
        return []
    scores = {score.item.id: score for score in summary.scorecard.items}
    blocks = [heading(words, SAMPLED_SHEET)]
    for grid in summary.records:
        draw = grid.draw
        facts_of_draw = {"count": len(draw.records), "size": draw.size, "population": draw.population}
        told = _DRAWN.format(**facts_of_draw, source=source_of(grid), seed=draw.seed, digest=draw.digest[:12])
        if grid.closed is not None and grid.open_cells:
            told = _CLOSED.format(drawn=told, reason=grid.closed)
        blocks.append(heading(words, _SET.format(name=grid.sample.name, period=grid.sample.period), 2))
        blocks.append(note(words, told))
        blocks.append(table(words, _SAMPLED, [row(_read(grid, i, scores[i.id], words)) for i in grid.items]))
    return blocks


def _read(grid: Grid, item: Item, score: ItemScore, words: Words) -> list[Cell]:
    counted = words(count_of(grid, item))
    conforming, failing, without = (
        together(zip(records, told, strict=True))
        for records, told in zip(groups_of(grid, item), told_groups(grid, item), strict=True)
    )
    return [
        item.id,
        words(item.statement),
        words.stacked(answer_text(score)),
        cell(counted, "notice") if grid.short(item) else counted,
        words(joined(conforming)),
        words(joined(failing, "；", "; ")),
        words(joined(without)),
    ]


def evidence(summary: AuditSummary, words: Words, pictures: dict[str, str]) -> list[Block]:
    """Return the pictures that have room, and every file behind the answers.

    Args:
        summary: the audit.
        words: texts in the language of the report.
        pictures: gets the names the pictures stand under, by file hash.
    """
    pieces = all_evidence(summary)
    if not pieces:
        return []
    blocks = [heading(words, EVIDENCE_SHEET), note(words, _MASKED_FILES if summary.masked else _ORIGINALS)]
    files = [piece for piece, _ in pieces]
    room = with_room(files, summary.thumbnails)
    shown_there = [piece for piece in files if piece.file in room]
    for piece in shown_there:
        pictures[piece.file] = f"{piece.file[:32]}.jpg"
    left_out = len({p.file for p in files if p.file in summary.thumbnails} - room)
    if left_out:
        blocks.append(note(words, _NO_ROOM.format(count=left_out)))
    if shown_there:
        items = [_picture(piece, words, pictures) for piece in shown_there]
        blocks.append({"kind": "pictures", "across": _PICTURES_ACROSS, "pictures": items})
    return [*blocks, table(words, _FILES, [row(_file(piece, at, summary, words)) for piece, at in pieces])]


def _picture(piece: Evidence, words: Words, pictures: dict[str, str]) -> Block:
    label = f"{piece.item}  {words.line(piece.name)}"
    return {"file": pictures[piece.file], "alt": label, "text": f"{label}\n{piece.taken_shown}"}


def _file(piece: Evidence, at: Text, summary: AuditSummary, words: Words) -> list[Cell]:
    item = summary.checklist.items.get(piece.item)
    taken = _TAKEN.format(time=piece.taken_shown, source=TAKEN_FROM[piece.taken_from])
    return [
        cell(piece.item, under=words.stacked(at)),
        words(item.statement) if item else "",
        words(piece.name),
        words(taken),
        words(piece.person),
        f"{-(-piece.size // 1024):,}",
        piece.file[:16],
    ]


def objections(summary: AuditSummary, words: Words) -> list[Block]:
    """Return the objections with both answers, then other amendments; nothing before the audit is signed."""
    blocks = [heading(words, OBJECTIONS_SHEET)]
    others = [amendment for amendment in summary.amendments if amendment.objection is None]
    due = [objections_sheet.DUE.format(due=summary.objection_due)] if summary.objection_due else []
    if not summary.objections and not others:
        return [*blocks, note(words, joined([_NO_OBJECTIONS, *due], "", " "))] if due else []
    rows = [row(_objection(objection, summary, words)) for objection in summary.objections]
    if others:
        rows.append(row([words.line(objections_sheet.OTHER)], "band"))
        rows += [row(_amendment(amendment, summary, words)) for amendment in others]
    told = joined([*due, objections_sheet.totals_line(summary)], "", " ")
    return [*blocks, note(words, told), table(words, _OBJECTIONS, rows)]


def _objection(objection: Objection, summary: AuditSummary, words: Words) -> list[Cell]:
    sheet = objections_sheet
    names = joined([same(name) for name in objection.evidence])
    files = [sheet.FILES.format(names=names)] if objection.evidence else []
    by = [same(objection.by), same(shown(objection.time)), *([sheet.LATE] if objection.late else [])]
    after = objection.amended or (None if objection.decision is Decision.OPEN else objection.disputed)
    shade = next(iter(sheet.SHADES.get(objection.decision, ())), "")
    return [
        objection.id,
        _item(objection.item, summary, words),
        "\n".join(words(text) for text in by),
        "\n".join(words(text) for text in (same(objection.text), *files)),
        _answer(objection.item, objection.disputed, summary, words),
        points(objection.before),
        cell(words.stacked(DECISION_NAMES[objection.decision]), shade),
        "\n".join(words(text) for text in sheet.replies_of(objection)),
        words(sheet.decided_of(objection)),
        _answer(objection.item, after, summary, words),
        points(objection.after),
    ]


def _amendment(amendment: Amendment, summary: AuditSummary, words: Words) -> list[Cell]:
    sheet = objections_sheet
    state = sheet.APART if amendment.conflict else sheet.AMENDED if amendment.stands else sheet.REPLACED
    return [
        "",
        _item(amendment.item, summary, words),
        "",
        "",
        _answer(amendment.item, amendment.before, summary, words),
        points(amendment.points_before),
        words(state),
        words(amendment.reason),
        words(sheet.amended_by(amendment)),
        _answer(amendment.item, amendment.after, summary, words),
        points(amendment.points_after),
    ]


def _item(item_id: str, summary: AuditSummary, words: Words) -> Cell:
    item = summary.checklist.items.get(item_id)
    return cell(item_id, bold=True, under=words(item.statement) if item else "")


def _answer(item_id: str, answer: Answer | None, summary: AuditSummary, words: Words) -> str:
    item = summary.checklist.items.get(item_id)
    if answer is None:
        return NOTHING
    return words.stacked(answer_words(item, answer) if item else same(answer.value))


def about(summary: AuditSummary, words: Words) -> list[Block]:
    """Return what the report rests on: checklist, seal, rules in words, and what changed after signing."""
    known = [fact for fact in about_sheet.facts_of_report(summary) if fact[0] is not about_sheet.NUMBERS]
    blocks = [
        heading(words, ABOUT_SHEET),
        facts(words, known),
        heading(words, about_sheet.RULES, 2),
        facts(words, rules_of(summary)),
        heading(words, about_sheet.CHANGES, 2),
    ]
    if summary.changes:
        lines = [row([shown(c.time), words(c.person), words(c.what)]) for c in summary.changes]
        blocks.append(table(words, _CHANGES, lines))
    else:
        blocks.append(note(words, about_sheet.NOT_SIGNED if summary.signature is None else about_sheet.NO_CHANGES))
    return [*blocks, *(note(words, late) for late in about_sheet.late_entries(summary))]
