"""Beginning, describing and signing an audit."""

from typing import TYPE_CHECKING, Annotated

import typer

from tui.options import Lang, Person, Ref, Store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audit.dealers import Dealer, Dealers
    from audit.session import AuditSession
    from checklists.model import Checklist
    from tui.console import Terminal

Texts = list[str] | None
Date = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Day of the audit 评估日期")]
Kind = Annotated[
    str | None, typer.Option("--kind", metavar="on-site|re-audit|follow-up|self", help="现场评估、复评、跟进验收、自评")
]
Contact = Annotated[str | None, typer.Option("--contact", metavar="TEXT", help="Contact 联系方式")]
Auditors = Annotated[Texts, typer.Option("--auditor", metavar="NAME", help="May be repeated 评估员")]
Participants = Annotated[Texts, typer.Option("--participant", metavar="NAME", help="May be repeated 其他参加人员")]
Days = Annotated[
    str | None,
    typer.Option("--objection-days", metavar="N", help="Working days for objections (default 5) 异议期工作日"),
]
Assigned = Annotated[
    Texts, typer.Option("--assign", metavar="DEPARTMENT=NAME", help="Who takes it; may be repeated 谁评哪个部门")
]
Profile = Annotated[str | None, typer.Option("--profile", metavar="ID", help="Set of weights 权重方案")]


def new(  # noqa: PLR0913, PLR0917 - one option for everything known of an audit
    dealer: Annotated[
        str | None, typer.Option("--dealer", metavar="CODE", help="The dealership's code 经销商代码")
    ] = None,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Adds the dealership if new 新经销商名称")] = "",
    city: Annotated[str, typer.Option("--city", metavar="TEXT", help="Its city 城市")] = "",
    date: Date = None,
    auditor: Auditors = None,
    participant: Participants = None,
    contact: Contact = None,
    checklist: Annotated[str, typer.Option("--checklist", metavar="ID", help="What is asked 评估表")] = "dealership",
    department: Annotated[
        Texts, typer.Option("--department", metavar="D", help="Only these; may be repeated 只评这些部门")
    ] = None,
    assign: Assigned = None,
    kind: Kind = None,
    earlier: Annotated[
        str | None, typer.Option("--earlier", metavar="REF", help="The audit a follow-up visit follows 所跟进的评估")
    ] = None,
    profile: Profile = None,
    objection_days: Days = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Begin an audit; its reference goes to stdout 新建评估.

    --kind follow-up --earlier REF begins a follow-up visit: only the open actions and weak items of that audit are
    asked, each is confirmed or not (audit confirm), and there are no points.
    """
    from audit.dealers import Dealers
    from audit.details import check_details, is_follow_up_kind
    from audit.session import AuditSession
    from checklists.catalog import load
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import opened, writer
    from tui.problems import WrongUsage

    out = terminal(lang)
    if earlier is not None or is_follow_up_kind(kind):
        given = {"date": date, "auditors": auditor, "participants": participant, "contact": contact}
        _begin_visit(out, store, person, _earlier(earlier, kind), given)
        return
    if dealer is None:
        raise WrongUsage(Text("缺少 --dealer。", "--dealer is missing."))
    asked = load(checklist)
    details: dict[str, object] = {
        "date": date,
        "kind": kind,
        "departments": department or [],
        "auditors": auditor or [],
        "participants": participant or [],
        "contact": contact,
        "profile": profile,
        "objection_days": objection_days,
    }
    if assign:
        details["assignments"] = _assigned(asked, auditor or [], {}, assign)
    check_details(asked, details)  # before the dealership is added
    with opened(store, create=True) as kept:
        author = writer(person)
        assessed = _dealer(Dealers(kept, author), dealer, name, city)
        session = AuditSession.create(kept, asked, assessed, author, details)
    text = Text("已建立评估 {ref}：{dealer}，{items} 项", "Audit {ref} begun: {dealer}, {items} items")
    out.say(text.format(ref=session.ref, dealer=assessed.name, items=len(session.scorecard.items)))
    say_ahead(out, session)
    out.value(session.ref)


def _earlier(earlier: str | None, kind: str | None) -> str:
    """Return the audit that a follow-up visit follows."""
    from audit.details import is_follow_up_kind
    from checklists.text import Text
    from tui.problems import WrongUsage

    if earlier is None:
        raise WrongUsage(Text("请用 --earlier REF 指定所跟进的评估", "Name the audit it follows with --earlier REF"))
    if kind is not None and not is_follow_up_kind(kind):
        raise WrongUsage(
            Text(
                "--earlier 只用于跟进验收；复评请用 audit reaudit REF",
                "--earlier goes with --kind follow-up; a re-audit begins with audit reaudit REF",
            )
        )
    return earlier


def _begin_visit(
    out: "Terminal", store: str | None, person: str | None, earlier: str, details: "Mapping[str, object]"
) -> None:
    from audit.confirming import visit_of
    from audit.follow_up import begin_follow_up
    from checklists.text import Text
    from tui.opening import opened, writer

    with opened(store) as kept:
        session = begin_follow_up(kept, earlier, writer(person), details)
        visit = visit_of(session)
    text = Text(
        "已建立跟进验收 {ref}：跟进 {earlier} 的 {items} 项",
        "Follow-up visit {ref} begun: {items} of {earlier} to look at",
    )
    out.say(text.format(ref=session.ref, items=len(visit.items), earlier=visit.earlier))
    say_ahead(out, session)
    out.value(session.ref)


def say_ahead(out: "Terminal", session: "AuditSession") -> None:
    """Say of an audit just begun that its day is still to come, where it is."""
    from audit.details import lies_ahead

    ahead = lies_ahead(session.state.details)
    if ahead is not None:
        out.say(ahead)


def _dealer(dealers: "Dealers", code: str, name: str, city: str) -> "Dealer":
    """Return the dealership with that code; a new one where a name is given."""
    from audit.dealers import Dealer

    known = dealers.find(code)
    if known is not None or not name.strip():
        return known or dealers.get(code)
    chinese = any("\u4e00" <= character <= "\u9fff" for character in name)
    fresh = Dealer(code, name_zh=name if chinese else "", name_en="" if chinese else name, city=city)
    dealers.save(fresh)
    return fresh


def describe(  # noqa: PLR0913, PLR0917 - one option for every detail
    ref: Ref,
    date: Date = None,
    kind: Kind = None,
    contact: Contact = None,
    auditor: Auditors = None,
    participant: Participants = None,
    assign: Assigned = None,
    profile: Profile = None,
    objection_days: Days = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Change an audit's details; names given replace all of their kind 修改评估信息.

    --assign changes who takes the departments it names; without a name (--assign workshop=) nobody has it any more.
    """
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write
    from tui.problems import WrongUsage

    out = terminal(lang)
    given: dict[str, object] = {"date": date, "kind": kind, "contact": contact, "profile": profile}
    given["objection_days"] = objection_days
    given = {detail: value for detail, value in given.items() if value is not None}
    given |= {detail: names for detail, names in (("auditors", auditor), ("participants", participant)) if names}
    if not given and not assign:
        raise WrongUsage(
            Text(
                "请至少给出一项，如 --date、--contact 或 --auditor",
                "Give at least one detail, such as --date, --contact or --auditor",
            )
        )
    with audit_to_write(store, ref, person) as session:
        if assign:
            known = {**session.state.details, **given}
            before = known.get("assignments") or {}
            given["assignments"] = _assigned(session.checklist, known["auditors"], before, assign)
        session.describe(given)
        changed = {detail: session.state.details[detail] for detail in given}
    for detail, value in changed.items():
        names = [f"{one}={name}" for one, name in value.items()] if isinstance(value, dict) else value
        shown = ", ".join(names) if isinstance(names, list) else names
        out.say(
            Text("{ref} {detail}：{value}", "{ref} {detail}: {value}").format(
                ref=session.ref, detail=detail, value=shown
            )
        )


def _assigned(
    checklist: "Checklist", auditors: "Sequence[str]", before: "Mapping[str, str]", typed: "Sequence[str]"
) -> dict[str, str]:
    """Return who takes which department, by the department's id; without a name nobody has it.

    Raises:
        WrongUsage: when an option is not DEPARTMENT=NAME, or names somebody who is none of the auditors.
        BadDetail: when the checklist has no such department.
    """
    from audit.details import department_named
    from checklists.text import Text, joined, same
    from tui.new_audit import names
    from tui.problems import WrongUsage

    taken = dict(before)
    for one in typed:
        department, equals, name = one.replace("＝", "=").partition("=")
        if not equals:
            form = Text(
                "请写成 --assign 部门=姓名，而不是“{typed}”", 'Type it as --assign DEPARTMENT=NAME, not "{typed}"'
            )
            raise WrongUsage(form.format(typed=one))
        strangers = [each for each in names(name) if each not in auditors]
        if strangers:
            text = Text("“{name}”不是本次的评估员：{known}", '"{name}" is none of the auditors: {known}')
            raise WrongUsage(text.format(name=strangers[0], known=joined([same(each) for each in auditors or ["–"]])))
        taken[department_named(checklist, department)] = name.strip()
    return taken


def sign(  # noqa: PLR0913, PLR0917 - one option for everything on the signed paper
    ref: Ref,
    auditor: Annotated[str, typer.Option("--auditor", metavar="NAME", help="Who signs for the auditors 评估员")],
    representative: Annotated[
        str, typer.Option("--dealer-representative", metavar="NAME", help="Who signs for the dealership 经销商代表")
    ] = "",
    consent: Annotated[
        str, typer.Option("--consent", metavar="agreed|reservations|refused", help="同意、保留意见、拒绝签字")
    ] = "agreed",
    reservations: Annotated[
        str, typer.Option("--reservations", metavar="TEXT", help="In the dealership's words 保留意见或拒签理由")
    ] = "",
    witness: Annotated[str, typer.Option("--witness", metavar="NAME", help="Who saw that it refused 拒签见证人")] = "",
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Sign and seal an audit; the seal goes to stdout 签字封存."""
    from audit.signing import consent_of
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        seal = session.sign(auditor, representative, consent_of(consent), witness=witness, reservations=reservations)
    out.say(
        Text(
            "{ref} 已签字封存。请把下面的封存码写在纸质记录上，日后核对：dealer-audit audit verify {ref} --seal …",
            "{ref} is signed and sealed. Keep the seal below with the signed paper; it proves later that nothing is "
            "missing: dealer-audit audit verify {ref} --seal …",
        ).format(ref=session.ref)
    )
    out.value(seal)
