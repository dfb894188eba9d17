"""What is done with an audit later: putting it aside, and repeating it."""

from typing import Annotated

import typer

from tui.commands.audit_begin import Date, Profile, Texts, say_ahead
from tui.options import Lang, Person, Ref, Store


def aside(
    ref: Ref,
    back: Annotated[bool, typer.Option("--back", help="Bring it back 恢复")] = False,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Put an audit aside: lists leave it out, nothing is deleted 搁置评估.

    A signed audit can be put aside too; its seal is not touched.
    """
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        session.put_aside(not back)
    text = (
        Text("{ref} 已恢复到列表", "{ref} is back in the list")
        if back
        else Text("{ref} 已搁置；audit list --all 仍会列出", "{ref} is put aside; audit list --all still shows it")
    )
    out.say(text.format(ref=session.ref))


def reaudit(  # noqa: PLR0913, PLR0917 - what may differ from the earlier audit
    ref: Ref,
    date: Date = None,
    blind: Annotated[
        bool, typer.Option("--blind", help="Hide an earlier answer until the item is answered 评完再看上次")
    ] = False,
    department: Annotated[
        Texts, typer.Option("--department", metavar="D", help="Only these; may be repeated 只评这些部门")
    ] = None,
    checklist: Annotated[
        str | None, typer.Option("--checklist", metavar="ID", help="Default: today's version of the same 评估表")
    ] = None,
    profile: Profile = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Begin a re-audit with the frame of an audit, without its answers; the reference goes to stdout 复评.

    Dealership, departments, auditors, participants, contact and profile are taken over. What that audit found stands
    beside each item on the screens.
    """
    from audit.reaudit import reaudit as begin_again
    from checklists.catalog import load
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import opened, writer

    out = terminal(lang)
    details = {"date": date, "departments": department, "profile": profile}
    asked = None if checklist is None else load(checklist)
    with opened(store) as kept:
        session = begin_again(kept, ref, writer(person), details, blind, asked)
    text = Text(
        "已建立复评 {ref}：{items} 项，复评对象 {earlier}", "Re-audit {ref} begun: {items} items, repeats {earlier}"
    )
    earlier = session.state.details["earlier"]["ref"]
    out.say(text.format(ref=session.ref, items=len(session.scorecard.items), earlier=earlier))
    say_ahead(out, session)
    out.value(session.ref)
