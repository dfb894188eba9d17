"""One item of a checklist as JSON."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from checklists.points import printed, round_points
from checklists.rules import Deduct
from checklists.text import Text
from reports.booklet.rule_words import band_points, fault_words, scoring_words

if TYPE_CHECKING:
    from decimal import Decimal

    from checklists.model import Checklist, Critical, Item
    from checklists.text import Lang

Shape = dict[str, object]

_FAULT = Text("{name}：每处扣 {points} 分", "{name}: {points} each")
_MEASURED = Text("{name}：{cost}", "{name}: {cost}")
_BAND = Text("{band}：{points} 分", "{band}: {points} points")


def item_shape(checklist: Checklist, item: Item, lang: Lang) -> Shape:
    """Return an item with all it says; texts are in `lang`, None where it says nothing."""
    department, section = checklist.place_of[item.id]
    return {
        "id": item.id,
        "former_ids": list(item.former_ids),
        "department": department.id,
        "section": section.id,
        "statement": item.statement.of(lang),
        "weak": item.weak.of(lang),
        "no_data": _text(item.no_data, lang),
        "evidence": item.evidence.of(lang),
        "points": item.points,
        "attainable": attainable_points(checklist, item),
        "rule": item.rule.kind,
        "size": checklist.sample_size(item),
        "anchors": [
            {"level": level, "points": worth, "text": anchor.of(lang)}
            for level, (worth, anchor) in enumerate(zip(anchor_points(item), item.anchors, strict=False))
        ],
        "scoring": scoring_words(checklist, item).of(lang),
        "limits": [line.of(lang) for line in limit_lines(item)],
        "causes": [cause.of(lang) for cause in item.causes],
        "not_applicable": _text(item.not_applicable, lang),
        "first_step": _text(item.first_step, lang),
        "method": item.method,
        "place": item.place,
        "owner": item.owner,
        "set": item.set,
        "kpi": item.kpi,
        "direction": item.direction,
        "tags": list(item.tags),
        "requires": list(item.requires),
        "critical": item.critical is not None,
        "critical_when": _critical(item.critical),
    }


def anchor_points(item: Item) -> list[Decimal]:
    """Return the points each of an item's anchors stands for."""
    return [round_points(share * Fraction(item.points)) for share in item.anchor_shares]


def limit_lines(item: Item) -> list[Text]:
    """Return the bands of an item with their points, or its faults with what each costs."""
    if not isinstance(item.rule, Deduct):
        return [_BAND.format(band=band, points=printed(worth)) for band, worth in band_points(item)]
    lines = []
    for fault in item.rule.faults:
        cost = fault_words(fault)
        if cost is not None:
            lines.append(_MEASURED.format(name=fault.name, cost=cost))
        elif fault.points is not None:
            lines.append(_FAULT.format(name=fault.name, points=printed(fault.points)))
    return lines


def attainable_points(checklist: Checklist, item: Item) -> Decimal:
    """Return the points coaching can bring an item that has none yet."""
    from audit.attainable import attainable, target_answer

    _, section = checklist.place_of[item.id]
    return attainable(item, section.pass_rate, at_target=target_answer(checklist, item))


def _text(text: Text | None, lang: Lang) -> str | None:
    return None if text is None else text.of(lang)


def _critical(critical: Critical | None) -> Shape | None:
    if critical is None:
        return None
    at_most = None if critical.below is not None else critical.at_most or 0
    return {
        "below": None if critical.below is None else float(critical.below),
        "at_most": None if at_most is None else float(at_most),
        "min_checked": critical.min_checked,
        "min_failed": critical.min_failed,
    }
