"""Looking at audits: the list, one audit, its history, its integrity."""

from typing import Annotated

import typer

from tui.options import AsJson, Lang, Ref, Store


def list_(
    every: Annotated[bool, typer.Option("--all", help="Also those put aside 包括已搁置的")] = False,
    store: Store = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """List the audits 列出评估."""
    from audit.listing import list_audits
    from checklists.text import Text
    from tui.audit_tables import show_audits
    from tui.console import terminal
    from tui.exits import ExitCode
    from tui.opening import opened
    from tui.shapes import listed_shape

    out = terminal(lang)
    with opened(store) as kept:
        audits, unreadable = list_audits(kept)
    wanted = [audit for audit in audits if every or not audit.aside]
    if as_json:
        out.json({"audits": [listed_shape(audit, out.lang) for audit in wanted]})
    else:
        show_audits(out, wanted, len(audits) - len(wanted))
    for ref, problem in unreadable:
        out.say(Text("{ref}：{text}", "{ref}: {text}").format(ref=ref, text=problem))
    if unreadable:
        raise typer.Exit(ExitCode.ATTENTION)


def show(ref: Ref, store: Store = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """Show an audit: its details, what is open, conflicts 查看评估."""
    from audit.summary import summarize
    from tui.audit_tables import show_audit
    from tui.console import terminal
    from tui.opening import audit_to_read
    from tui.shapes import audit_shape

    out = terminal(lang)
    with audit_to_read(store, ref) as session:
        summary = summarize(session, ahead=False)
        shape = audit_shape(session, summary, out.lang)
    if as_json:
        out.json(shape)
    else:
        show_audit(out, session, summary)


def history(
    ref: Ref,
    item: Annotated[str | None, typer.Option("--item", metavar="ITEM", help="Only this item 只看一项")] = None,
    store: Store = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show who did what, when 操作记录."""
    from audit.history import history as events_of
    from tui.audit_tables import show_history
    from tui.console import terminal
    from tui.opening import audit_to_read
    from tui.shapes import event_shape

    out = terminal(lang)
    with audit_to_read(store, ref) as session:
        events = events_of(session, item)
    if as_json:
        out.json({"ref": session.ref, "events": [event_shape(event, out.lang) for event in events]})
    else:
        show_history(out, events)


def verify(
    ref: Ref,
    seal: Annotated[
        str | None, typer.Option("--seal", metavar="HEX", help="The seal printed when it was signed 封存码")
    ] = None,
    store: Store = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Prove that nothing was changed or removed 核对完整性."""
    from audit.session import find_audit
    from audit.verify import verify as check
    from checklists.text import Text
    from tui.console import terminal
    from tui.exits import ExitCode
    from tui.opening import opened
    from tui.shapes import verification_shape

    out = terminal(lang)
    with opened(store) as kept:
        row = find_audit(kept, ref)
        found = check(kept, row, seal)
    if as_json:
        out.json(verification_shape(row.ref, found, out.lang))
    elif found.intact:
        text = Text("{ref} 完整：{count} 条记录", "{ref} is intact: {count} entries").format(
            ref=row.ref, count=found.entries
        )
        out.line(text)
        if found.seal:
            out.line(Text("封存码 {seal}", "seal {seal}").format(seal=found.seal))
    else:
        out.line(Text("{ref} 与记录不符：", "{ref} is not as it was recorded:").format(ref=row.ref), style="bold red")
        for problem in found.problems:
            out.line(Text("  {problem}", "  {problem}").format(problem=problem))
    if not found.intact:
        raise typer.Exit(ExitCode.ATTENTION)
