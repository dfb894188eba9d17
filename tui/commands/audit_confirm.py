"""Follow-up visits: is each weak item of the earlier audit cured or not."""

from typing import Annotated

import typer

from tui.options import AsJson, Lang, Person, Ref, Store


def confirm(
    ref: Ref,
    number: Annotated[str | None, typer.Argument(metavar="[NUMBER]", help="Weak item or action 弱项或措施")] = None,
    value: Annotated[str | None, typer.Argument(metavar="[yes|no]", help="Cured or not 是否改善")] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What was seen; needed for no 所见")] = "",
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
    as_json: AsJson = False,
) -> None:
    """In a follow-up visit: say whether a weak item is cured; without one, list what is asked 跟进确认.

    Photos and files: evidence add REF ITEM FILE, as in every audit.
    """
    from audit.confirming import visit_of
    from audit.follow_up import confirm as record
    from checklists.text import Text
    from reports.follow_up_json import follow_up_json
    from tui.console import terminal
    from tui.follow_up_tables import show_visit
    from tui.opening import audit_to_read, audit_to_write
    from tui.problems import WrongUsage

    out = terminal(lang)
    if number is None:
        with audit_to_read(store, ref) as session:
            visit = visit_of(session)
        if as_json:
            out.json({"ref": session.ref, **follow_up_json(visit, out.lang)})
        else:
            show_visit(out, visit)
        return
    if value is None:
        raise WrongUsage(
            Text(
                "请写明是否改善：audit confirm REF {number} yes|no", "Say yes or no: audit confirm REF {number} yes|no"
            ).format(number=number)
        )
    with audit_to_write(store, ref, person) as session:
        item = record(session, number, value, note)
        visit = visit_of(session)
    cured, not_cured = Text("{number} 已改善", "{number} is cured"), Text("{number} 未改善", "{number} is not cured")
    out.say((cured if item.confirmed else not_cured).format(number=item.number))
    out.say(visit.verdict if visit.unfinished is None else visit.unfinished)
