"""Looking over an audit before it is signed."""

from tui.options import AsJson, Lang, Ref, Store


def review(ref: Ref, store: Store = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """Show what stops signing, what to look at twice and what came out 签字前审核."""
    from audit.review import review as look_over
    from tui.console import terminal
    from tui.opening import audit_to_read
    from tui.review_tables import review_shape, show_review

    out = terminal(lang)
    with audit_to_read(store, ref) as session:
        found = look_over(session)
    if as_json:
        out.json(review_shape(found, out.lang))
    else:
        show_review(out, found)
