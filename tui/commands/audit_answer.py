"""Recording answers, taking them back, settling conflicts."""

from typing import TYPE_CHECKING, Annotated

import typer

from tui.options import Lang, Person, Ref, Store

if TYPE_CHECKING:
    from audit.session import AuditSession, Typed
    from checklists.text import Text
    from tui.answer_rows import AnswerSheet
    from tui.console import Terminal

Item = Annotated[str, typer.Argument(metavar="ITEM", help="The item, e.g. FD01 检查项")]


def answer(  # noqa: PLR0913, PLR0917 - what one answer consists of
    ref: Ref,
    item: Annotated[str | None, typer.Argument(metavar="ITEM", help="The item, e.g. FD01 检查项")] = None,
    value: Annotated[
        str | None, typer.Argument(metavar="VALUE", help="8/10, y, 3, 'late=2@bay 3', or NA NC ND UN 评分")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="A .csv or .xlsx: item, value, note, reason 从表格录入")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why points are lost, or NA 原因")] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="A remark, changes no points 备注")] = "",
    searched: Annotated[
        str, typer.Option("--searched", metavar="TEXT", help="With NC: what was searched 查找了什么")
    ] = "",
    cause: Annotated[
        str, typer.Option("--cause", metavar="CAUSE", help="With ND, UN: why 无法提供或未评估的原因")
    ] = "",
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Record one answer, or all of a sheet or none 录入评分.

    VALUE is what the item's rule reads, or NA --reason (not applicable), NC --searched (no case), ND --cause (no data:
    not-kept, not-shown, system-cannot, brand-withholds), UN --cause (not assessed).
    """
    from audit.session import Typed
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    why = _one_reason(reason, searched, cause)
    _check_usage(item, value, source, extra=why + note)
    with audit_to_write(store, ref, person) as session:
        if source is not None:
            _record_sheet(out, session, source)
        elif item is not None and value is not None:
            _check_state(session, Typed(item, value, why), searched=searched, cause=cause)
            session.answer(item, value, why, note)
            _say_recorded(out, session, session.item(item).id)


def note(
    ref: Ref,
    item: Item,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The remark, changes no points 备注")],
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Add a remark to an item, also to one read from records or KPIs 添加备注."""
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        session.note(item, text)
        noted = session.item(item).id
    out.say(Text("已为 {item} 添加备注", "The note on {item} is recorded").format(item=noted))


def undo(ref: Ref, store: Store = None, lang: Lang = None, person: Person = None) -> None:
    """Take back your last answer, note or detail on this device 撤销."""
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        undone = session.undo()
        _say_turned(out, session, undone.hash, Text("已撤销：{subject} {what}", "Taken back: {subject} {what}"))


def redo(ref: Ref, store: Store = None, lang: Lang = None, person: Person = None) -> None:
    """Bring back what your last undo on this device took away 重做."""
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        back = session.redo()
        _say_turned(out, session, back.hash, Text("已恢复：{subject} {what}", "Brought back: {subject} {what}"))


def settle(
    ref: Ref,
    item: Item,
    keep: Annotated[str, typer.Option("--keep", metavar="ENTRY", help="The beginning of its id 保留的记录")],
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Settle a conflict by keeping one of its entries 解决冲突."""
    from audit.settling import slot_name
    from audit.state import ITEM
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        slot = session.slot_in_conflict(item)
        session.settle(item, keep)
        if slot.startswith(ITEM):
            _say_recorded(out, session, slot.removeprefix(ITEM))
        else:
            name = slot_name(session.state, slot)
            out.say(Text("冲突已解决：{slot}", "The conflict is settled: {slot}").format(slot=name))


def _say_turned(out: "Terminal", session: "AuditSession", entry: str, text: "Text") -> None:
    from audit.history import history

    event = next(event for event in history(session) if event.entry.hash == entry)
    out.say(text.format(subject=event.subject, what=event.what))


def _one_reason(reason: str, searched: str, cause: str) -> str:
    from checklists.text import Text
    from tui.problems import WrongUsage

    given = [text for text in (reason, searched, cause) if text.strip()]
    if len(given) > 1:
        raise WrongUsage(
            Text("--reason、--searched 和 --cause 只能用一个", "Use only one of --reason, --searched and --cause")
        )
    return given[0] if given else ""


def _check_state(session: "AuditSession", typed: "Typed", *, searched: str, cause: str) -> None:
    """Refuse a search or a cause beside an answer that has none."""
    from audit.state import ItemState
    from checklists.text import Text
    from tui.problems import WrongUsage

    state = session.read(typed).state
    if searched and state is not ItemState.NO_CASE:
        raise WrongUsage(Text("--searched 只用于 NC", "--searched goes with NC; a lost point has its --reason"))
    if cause and state not in {ItemState.NO_DATA, ItemState.NOT_ASSESSED}:
        raise WrongUsage(Text("--cause 只用于 ND 和 UN", "--cause goes with ND and UN; a lost point has its --reason"))


def _check_usage(item: str | None, value: str | None, source: str | None, *, extra: str) -> None:
    from checklists.text import Text
    from tui.problems import WrongUsage

    if source is not None and (item is not None or extra):
        raise WrongUsage(
            Text(
                "--from 从表格读取一切：不要再写检查项、评分、原因或备注",
                "With --from everything comes from the sheet: name no item, value, reason or note",
            )
        )
    if source is None and (item is None or value is None):
        raise WrongUsage(
            Text(
                "请写出检查项和评分，如 audit answer REF FD01 8/10，或用 --from 指定表格",
                "Name an item and its value, as in audit answer REF FD01 8/10, or a sheet with --from",
            )
        )


def _record_sheet(out: "Terminal", session: "AuditSession", source: str) -> None:
    from pathlib import Path

    from checklists.text import Text
    from tui.answer_rows import read_answers
    from tui.problems import BadRows

    sheet = read_answers(source, session)
    if sheet.problems:
        raise BadRows(Path(source).name, sheet.problems)
    if sheet.is_form:
        _record_form(out, session, sheet)
        return
    session.record(sheet.answers)
    out.say(
        Text(
            "已录入 {count} 项，跳过没有评分的 {skipped} 行",
            "{count} answers recorded, {skipped} rows without a value skipped",
        ).format(count=len(sheet.answers), skipped=sheet.skipped)
    )


def _record_form(out: "Terminal", session: "AuditSession", sheet: "AnswerSheet") -> None:
    from checklists.text import Text

    if sheet.answers or sheet.notes:
        session.record(sheet.answers, sheet.notes)
    notes = len(sheet.notes) + sum(1 for typed in sheet.answers if typed.note)
    out.say(
        Text(
            "已录入评分 {count} 项，备注 {notes} 条；未改动的 {skipped} 行没有写入",
            "Answers recorded: {count}; notes: {notes}; rows left as they were: {skipped}",
        ).format(count=len(sheet.answers), notes=notes, skipped=sheet.skipped)
    )


def _say_recorded(out: "Terminal", session: "AuditSession", item_id: str) -> None:
    """Say what now stands for an item, with its points."""
    from audit.answers import STATE_NAMES, reason_text, value_words
    from audit.state import ITEM
    from checklists.text import Text
    from tui.words import points

    if f"{ITEM}{item_id}" in session.state.conflicts:
        text = Text(
            "{item} 同时有不同的评分，请用 audit show 查看，用 audit settle 选择",
            "{item} has different answers side by side: look with audit show, choose with audit settle",
        )
        out.say(text.format(item=item_id))
        return
    recorded = session.state.answer(item_id)
    item = session.item(item_id)
    shown = value_words(item, recorded.value) if recorded.value else STATE_NAMES[recorded.state]
    why = reason_text(recorded, item)
    if why.zh:
        shown = Text("{shown}（{why}）", "{shown} ({why})").format(shown=shown, why=why)
    scorecard = session.scorecard
    for score in scorecard.items:
        if score.item.id == item_id:
            scored = Text("得 {earned} / {possible}", "{earned} of {possible} points").format(
                earned=points(score.earned), possible=points(score.possible)
            )
            break
    else:
        bonus = next(score for score in scorecard.bonus if score.id == item_id)
        scored = Text("加分 {earned}", "{earned} bonus points").format(earned=points(bonus.earned))
    out.say(
        Text("{item}  {shown}  {scored}", "{item}  {shown}  {scored}").format(item=item_id, shown=shown, scored=scored)
    )
