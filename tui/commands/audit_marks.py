"""Flags for later, and a whole section in one go."""

from typing import Annotated

import typer

from tui.options import Lang, Person, Ref, Store

Item = Annotated[str, typer.Argument(metavar="ITEM", help="The item, e.g. FD01 检查项")]


def flag(
    ref: Ref,
    item: Item,
    off: Annotated[bool, typer.Option("--off", help="Take the flag away 取消标记")] = False,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Flag an item to be looked at again; it changes no points 标记待复看."""
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        session.flag(item, on=not off)
        flagged = session.item(item).id
    text = (
        Text("{item} 没有标记", "{item} has no flag")
        if off
        else Text("{item} 已标记待复看", "{item} is flagged for later")
    )
    out.say(text.format(item=flagged))


def full_marks(
    ref: Ref,
    section: Annotated[str, typer.Argument(metavar="SECTION", help="Its id or name, or DEPARTMENT/SECTION 项目")],
    except_: Annotated[
        list[str] | None, typer.Option("--except", metavar="ITEM", help="Leave alone; may be repeated 除外")
    ] = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Give full marks to the open items of a section 整个项目满分.

    Answers that stand are kept. What KPIs, records or figures decide is left out and named.
    """
    from audit.full_marks import full_marks as full_marks_of
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        given = full_marks_of(session, section, except_ or ())
        session.record(given.answers)
    text = Text("{section}：{count} 项记为满分", "{section}: full marks for {count} items")
    if len(given.answers) == 1:
        text = Text("{section}：{count} 项记为满分", "{section}: full marks for {count} item")
    out.say(text.format(section=given.section.name, count=len(given.answers)))
    for item, why in given.left_out:
        out.say(Text("  {item} 未评：{why}", "  {item} left open: {why}").format(item=item, why=why))
