"""Drawn sets as JSON: what `records show --json` prints and `score --json` carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.answers import reason_text
from audit.records import drawn_sets, items_of

if TYPE_CHECKING:
    from audit.records import Grid
    from audit.session import AuditSession
    from checklists.model import Item
    from checklists.text import Lang

Json = dict[str, Any]


def sets_json(session: AuditSession, lang: Lang) -> list[Json]:
    """Return every sample set that items in scope are read from; what is not drawn yet has no records."""
    grids = drawn_sets(session.checklist, session.state)
    return [
        set_json(grids[set_id], lang)
        if set_id in grids
        else {
            "set": set_id,
            "name": sample.name.of(lang),
            "size": sample.size,
            "drawn": 0,
            "from": sample.drawn.of(lang),
        }
        for set_id, sample in sorted(session.checklist.sample_sets.items())
        if items_of(session.checklist, session.state, set_id)
    ]


def set_json(grid: Grid, lang: Lang) -> Json:
    """Return how a set was drawn and how far it is read; ids are the same in both languages."""
    draw = grid.draw
    return {
        "set": grid.id,
        "name": grid.sample.name.of(lang),
        "size": draw.size,
        "drawn": len(draw.records),
        "population": draw.population,
        "short": len(draw.records) < draw.size or (grid.closed is not None and bool(grid.open_cells)),
        "closed": grid.closed,
        "open_cells": len(grid.open_cells),
        "seed": draw.seed,
        "list": draw.digest,
        "source": draw.source,
        "items": [_item(grid, item, lang) for item in grid.items],
        "not_applicable": [item.id for item in grid.left_out],
        "records": list(draw.records),
    }


def grid_json(grid: Grid, lang: Lang) -> Json:
    """Return a set with every cell of its grid."""
    cells = [_cell(grid, record, item) for record in grid.draw.records for item in grid.items]
    return {
        **set_json(grid, lang),
        "missing": [{"record": r, "remark": grid.missing[r]} for r in grid.draw.records if r in grid.missing],
        "conflicts": [{"record": record, "item": item or None} for record, item in sorted(grid.conflicts)],
        "without_remark": [{"record": record, "item": item} for record, item in grid.without_remark],
        "cells": cells,
    }


def _item(grid: Grid, item: Item, lang: Lang) -> Json:
    answer = grid.answer(item)
    return {
        "id": item.id,
        "state": answer.state.value,
        "answer": answer.value or None,
        "marked": grid.done(item),
        "of": grid.draw.size,
        "short": grid.short(item),
        "reason": reason_text(answer, item).of(lang),
    }


def _cell(grid: Grid, record: str, item: Item) -> Json:
    mark = grid.mark(record, item)
    return {
        "record": record,
        "item": item.id,
        "mark": mark.value if mark else None,
        "remark": mark.remark if mark else "",
        "produced": record not in grid.missing,
    }
