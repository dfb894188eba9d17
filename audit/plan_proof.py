"""Files as proof of an action: kept in the store beside the seal, named in the proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.evidence import Evidence, writing_of
from audit.evidence_adding import stored
from audit.plan import ACTION, Field, plan_of
from audit.plan_writing import Change, action_id, checked_edit, refuse_early, writing_of_change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from audit.session import AuditSession
    from audit.writing import Writing

FILE = "file-"
"""What the part of a slot behind the action begins with, before the file's hash."""
_SHORT = 8


def set_with_files(
    session: AuditSession, typed: str, fields: Mapping[Field, str], files: Sequence[Path], *, month_first: bool = True
) -> tuple[Change, ...]:
    """Change fields of an action and add files to its proof, all of it or nothing.

    Args:
        session: the audit.
        typed: the action's number.
        fields: what was typed, by field.
        files: photos and papers; each is named in the proof with the beginning of its hash.
        month_first: whether a date such as 3/4 is the 4th of March for certain.

    Raises:
        UnknownNumber: when there is no such action.
        PlanRefused: when something cannot be; the text lists all of it.
        FilesRefused: when a file cannot be taken in.
        NoPlanYet: when the audit can have no plan.
    """
    refuse_early(session)
    plan = plan_of(session)
    own_id = action_id(plan, typed)
    action = plan.action(own_id)
    proof = fields.get(Field.PROOF, action.proof if action else "")
    with stored(session, files) as read:
        lines = [line for line in [proof.strip()] if line]
        lines += [f"{each.path.name} ({each.hash[:_SHORT]})" for each in read if each.hash[:_SHORT] not in proof]
        given = {**fields, Field.PROOF: "\n".join(lines)} if files else dict(fields)
        changes = checked_edit(session, own_id, given, month_first=month_first)
        writings: list[Writing] = [writing_of_change(change) for change in changes]
        for each in read:
            slot = f"{ACTION}{own_id}/{FILE}{each.hash}"
            number = action.number if action else ""
            piece = Evidence(number, each.hash, each.path.name, each.media, each.size, each.taken, each.taken_from)
            kind, _, data = writing_of(piece)
            if slot not in session.journal.slots:
                writings.append((kind, slot, data))
        if writings:
            session.write(writings)
    return changes
