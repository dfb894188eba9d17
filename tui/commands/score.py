"""`dealer-audit score`: the scorecard and the verdict."""

from tui.options import AsJson, Lang, Ref, Store


def score(ref: Ref, store: Store = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """Scorecard, verdict, weak items 得分与结论."""
    from audit.summary import summarize
    from tui.console import terminal
    from tui.opening import audit_to_read

    out = terminal(lang)
    with audit_to_read(store, ref) as session:
        summary = summarize(session, ahead=as_json)
    if as_json:
        from reports.as_json import score_json

        out.json(score_json(summary, out.lang))
    elif summary.follow_up is not None:
        from tui.follow_up_tables import show_follow_up

        show_follow_up(out, summary, summary.follow_up)
    else:
        from tui.score_tables import show_score

        show_score(out, summary)
