"""The improvement plan as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.plan import FIELD_NAMES, Field

if TYPE_CHECKING:
    from audit.plan import Action, Plan
    from audit.plan_effect import Seen
    from audit.plan_merging import Merged, Shown
    from checklists.text import Lang


def plan_json(ref: str, plan: Plan, lang: Lang, today: str, seen: tuple[Seen, ...] = ()) -> dict[str, object]:
    """Return the plan as a JSON object."""
    return {
        "ref": ref,
        "actions": [action_json(action, lang, today, seen) for action in plan.actions],
        "unassigned": [weak.number for weak in plan.unassigned],
        "problems": [problem.of(lang) for problem in plan.problems],
    }


def action_json(action: Action, lang: Lang, today: str, seen: tuple[Seen, ...] = ()) -> dict[str, object]:
    """Return one action as a JSON object; with what later audits found of its weak items."""
    fields: dict[str, object] = {name.value: getattr(action, name.value) for name in Field}
    return {
        "id": action.id,
        "number": action.number,
        **fields,
        "answers": list(action.answers),
        "what": action.what.of(lang),
        "measure": action.measure.of(lang),
        "target": action.target.of(lang),
        "status": action.status.value,
        "attainable": action.attainable,
        "overdue": action.overdue(today),
        "no_longer_weak": list(action.cured),
        "later": [
            {
                "ref": audit.ref,
                "date": audit.date,
                "kind": audit.kind.value,
                "cured": list(cured),
                "not_cured": list(left),
            }
            for audit in seen
            for cured, left in [audit.of(action)]
            if cured or left
        ],
    }


def merged_json(ref: str, merged: Merged, lang: Lang, *, written: bool) -> dict[str, object]:
    """Return what taking in a plan changes, or changed, as a JSON object."""
    return {
        "ref": ref,
        "written": written,
        "added": [{"number": number, "place": place.of(lang)} for number, place in merged.added],
        "changed": [_shown(change, lang) for change in merged.changed],
        "conflicts": [{**_shown(change, lang), "store": change.theirs} for change in merged.conflicts],
        "removed": list(merged.removed),
        "cancelled": list(merged.cancelled),
        "notices": [notice.of(lang) for notice in merged.notices],
    }


def _shown(change: Shown, lang: Lang) -> dict[str, str]:
    return {
        "number": change.number,
        "field": change.field.value,
        "name": FIELD_NAMES[change.field].of(lang),
        "before": change.before,
        "after": change.after,
        "place": change.place.of(lang),
    }
