"""What a checklist holds beside its departments, as JSON: directions, guides, sets, KPIs and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checklists.model import Checklist, Direction, Kpi, Question
    from checklists.text import Lang, Text

Shape = dict[str, object]


def catalogues(checklist: Checklist, lang: Lang) -> Shape:
    """Return the checklist's catalogues, each a list in the author's order; texts are in `lang`."""
    return {
        "sample_sets": [
            {
                "id": own_id,
                "name": drawn.name.of(lang),
                "size": drawn.size,
                "period": drawn.period.of(lang),
                "drawn": drawn.drawn.of(lang),
            }
            for own_id, drawn in checklist.sample_sets.items()
        ],
        "kpis": [_kpi(own_id, kpi, lang) for own_id, kpi in checklist.kpis.items()],
        "directions": [direction_shape(own_id, each, lang) for own_id, each in checklist.directions.items()],
        "guides": [guide_shape(checklist, role, lang) for role in checklist.guides],
        **{
            key: [{"id": own_id, "name": entry.name.of(lang)} for own_id, entry in known.items()]
            for key, known in (
                ("methods", checklist.methods),
                ("places", checklist.places),
                ("roles", checklist.roles),
            )
        },
    }


def direction_shape(own_id: str, direction: Direction, lang: Lang) -> Shape:
    """Return a coaching direction."""
    return {
        "id": own_id,
        "name": direction.name.of(lang),
        "cures": direction.cures.of(lang),
        "first_step": direction.first_step.of(lang),
        "steps": [{"do": step.do.of(lang), "role": step.role, "days": step.days} for step in direction.steps],
        "training": _text(direction.training, lang),
        "proof": _text(direction.proof, lang),
        "moves": [{"kpi": move.kpi, "by": move.by} for move in direction.moves],
        "effect": direction.effect.of(lang),
        "effort_days": direction.effort_days,
        "suits": _text(direction.suits, lang),
    }


def guide_shape(checklist: Checklist, role: str, lang: Lang) -> Shape:
    """Return the interview guide for a role."""
    named = checklist.roles.get(role)
    return {
        "role": role,
        "name": named.name.of(lang) if named else role,
        "questions": [question_shape(question, lang) for question in checklist.guides[role]],
    }


def question_shape(question: Question, lang: Lang) -> Shape:
    """Return a question of a guide."""
    return {
        "id": question.id,
        "must": question.must,
        "ask": question.ask.of(lang),
        "good": question.good.of(lang),
        "items": list(question.items),
        "kpis": list(question.kpis),
    }


def _kpi(own_id: str, kpi: Kpi, lang: Lang) -> Shape:
    return {
        "id": own_id,
        "name": kpi.name.of(lang),
        "unit": kpi.unit.of(lang),
        "department": kpi.department,
        "category": kpi.category,
        "direction": kpi.direction,
    }


def _text(text: Text | None, lang: Lang) -> str | None:
    return None if text is None else text.of(lang)
