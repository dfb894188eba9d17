"""The closing meeting: objections, their answers, amendments, the final word, the signed paper."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui.options import Lang, Person, Ref, Store

if TYPE_CHECKING:
    from audit.closing import Decision
    from audit.session import AuditSession

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so, if not you 决定人")]
Searched = Annotated[str, typer.Option("--searched", metavar="TEXT", help="With NC: what was searched 查找了什么")]
Cause = Annotated[str, typer.Option("--cause", metavar="CAUSE", help="With ND, UN: why 无法提供或未评估的原因")]


def object_(
    ref: Ref,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="The item whose answer is disputed 检查项")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who objects, for the dealership 异议人")],
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="What is said against the answer 异议内容")],
    file: Annotated[
        list[str] | None, typer.Option("--file", metavar="FILE", help="Late evidence; may be repeated 补交的佐证")
    ] = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Record an objection of the dealership; its number goes to stdout 提出异议.

    An objection raised after its period is recorded too, and marked.
    """
    from audit.objecting import object_to, objections_of
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        label = object_to(session, item, by, text, [Path(name).expanduser() for name in file or ()])
        raised = next(o for o in objections_of(session.checklist, session.state) if o.id == label)
    said = Text("异议 {id} 已记录：{item}", "Objection {id} to {item} is recorded")
    if raised.late:
        said = Text(
            "异议 {id} 已记录：{item}（异议期 {due} 已过，标为逾期）",
            "Objection {id} to {item} is recorded as late: the period ended on {due}",
        )
    out.say(said.format(id=label, item=raised.item, due=raised.due))
    out.value(label)


def decide(  # noqa: PLR0913, PLR0917 - a decision and the answer that may follow from it
    ref: Ref,
    objection: Annotated[str, typer.Argument(metavar="OBJECTION", help="Its number, e.g. O1 异议编号")],
    decision: Annotated[
        str, typer.Argument(metavar="granted|rejected|withdrawn", help="成立 granted、不成立 rejected、撤回 withdrawn")
    ],
    answer: Annotated[str, typer.Option("--answer", metavar="TEXT", help="What is said to it 答复")] = "",
    value: Annotated[
        str | None, typer.Option("--value", metavar="VALUE", help="The new answer, when granted 新评分")
    ] = None,
    searched: Searched = "",
    cause: Cause = "",
    by: By = "",
    again: Annotated[
        bool, typer.Option("--again", help="Decide anew what was decided; --answer says why 重新答复")
    ] = False,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Answer an objection; a granted one becomes an amendment 答复异议."""
    from audit.objecting import DECISION_NAMES, raised_of
    from audit.objecting import decide as decide_on
    from audit.scoring import answer_points
    from audit.session import Typed
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write
    from tui.words import points

    out = terminal(lang)
    decided = _decision(decision)
    with audit_to_write(store, ref, person) as session:
        item = session.item(raised_of(session.state, objection).item)
        typed = None if value is None else Typed(item.id, value, searched or cause)
        before = answer_points(item, session.state.answer(item.id))
        found = decide_on(session, objection, decided, answer, by, typed, again=again)
        after = answer_points(item, session.state.answer(item.id))
        _refuse_apart(session, found.item, found.id)
    text = Text("{id} {item}：{decision}，{before} → {after} 分", "{id} {item}: {decision}, points {before} -> {after}")
    name = DECISION_NAMES[found.decision]
    out.say(text.format(id=found.id, item=found.item, decision=name, before=points(before), after=points(after)))


def amend(  # noqa: PLR0913, PLR0917 - what one answer consists of
    ref: Ref,
    item: Annotated[str | None, typer.Argument(metavar="ITEM", help="The item, e.g. FD01 检查项")] = None,
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help="The new answer, or NA NC ND UN 新评分")] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why the answer is changed 原因")] = "",
    take_over: Annotated[
        str | None, typer.Option("--take-over", metavar="ENTRY", help="An answer that arrived late 采纳迟到的评分")
    ] = None,
    searched: Searched = "",
    cause: Cause = "",
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Change an answer after signing, with the reason; both answers stay visible 修正评分."""
    from audit.amending import amend as amend_answer
    from audit.amending import take_over as take_late
    from audit.session import Typed
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write
    from tui.problems import WrongUsage

    out = terminal(lang)
    if (take_over is None) is (item is None or value is None):
        raise WrongUsage(
            Text(
                "请写出检查项和新评分（如 audit amend REF FD01 8/10），或用 --take-over 采纳迟到的评分",
                "Name an item and its new answer, as in audit amend REF FD01 8/10, or take over a late one with "
                "--take-over",
            )
        )
    with audit_to_write(store, ref, person) as session:
        if take_over is not None:
            amended = take_late(session, take_over, reason).item
        else:
            amend_answer(session, Typed(str(item), str(value), searched or cause), reason)
            amended = session.item(str(item)).id
        _refuse_apart(session, amended)
        total = session.scorecard.total
    from tui.words import points

    text = Text("{item} 已修正；总分 {earned} / {possible}", "{item} is amended; total {earned} of {possible}")
    out.say(text.format(item=amended, earned=points(total.earned), possible=points(total.possible)))


def finalize(
    ref: Ref,
    by: By = "",
    before_due: Annotated[
        bool, typer.Option("--before-due", help="Even while the period for objections runs 异议期内提前定稿")
    ] = False,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Make a signed audit final, once every objection is answered 定稿.

    After that only the improvement plan and scans of the signed paper go on.
    """
    from audit.clock import today
    from audit.finalizing import finalize as make_final
    from audit.objecting import objection_due
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        make_final(session, by, before_due=before_due)
        due = objection_due(session.state)
    out.say(Text("{ref} 已定稿", "{ref} is final").format(ref=session.ref))
    if due >= today():
        out.say(Text("注意：异议期到 {due} 才结束", "Note: the period for objections runs until {due}").format(due=due))


def scan(
    ref: Ref,
    file: Annotated[list[str] | None, typer.Argument(metavar="FILE...", help="PDF, JPEG or PNG 扫描件")] = None,
    remove: Annotated[
        str | None, typer.Option("--remove", metavar="NAME", help="Take one away that was attached by mistake 移除")
    ] = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Attach the signed, stamped paper as a scan; it changes nothing that was sealed 附上签字扫描件."""
    from audit.finalizing import attach_scan, remove_scan
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write
    from tui.problems import WrongUsage

    out = terminal(lang)
    if not file and remove is None:
        raise WrongUsage(Text("请给出扫描件文件", "Name the file of the scan"))
    with audit_to_write(store, ref, person) as session:
        attached = [attach_scan(session, Path(name).expanduser()) for name in file or ()]
        removed = remove_scan(session, remove) if remove is not None else None
    for one in attached:
        out.say(Text("已附上 {name}", "Attached {name}").format(name=one.name))
    if removed is not None:
        out.say(Text("已移除 {name}", "Removed {name}").format(name=removed.name))


def _refuse_apart(session: "AuditSession", item_id: str, objection: str = "") -> None:
    """Say that what was just written stands beside what somebody else wrote at the same time.

    Raises:
        WrittenApart: when it does.
    """
    from audit.closing import AMENDMENT, DECISION
    from audit.settling import slot_name
    from tui.problems import WrittenApart

    raised = next((one for one in session.state.closing.raised if one.label == objection), None)
    slots = [AMENDMENT + item_id, *([raised.entry.slot + DECISION] if raised else [])]
    apart = next((slot for slot in reversed(slots) if slot in session.state.conflicts), None)
    if apart is not None:
        name = slot_name(session.state, apart)
        raise WrittenApart.of(name, session.ref, objection if apart.endswith(DECISION) else item_id)


def _decision(typed: str) -> "Decision":
    from audit.closing import Decision
    from checklists.text import Text
    from tui.problems import WrongUsage

    words = {"成立": Decision.GRANTED, "不成立": Decision.REJECTED, "撤回": Decision.WITHDRAWN}
    words |= {decision.value: decision for decision in words.values()}
    found = words.get(typed.strip().casefold())
    if found is None:
        raise WrongUsage(
            Text(
                "“{typed}”不是答复：请用 granted 成立、rejected 不成立或 withdrawn 撤回",
                '"{typed}" is no decision: use granted, rejected or withdrawn',
            ).format(typed=typed)
        )
    return found
