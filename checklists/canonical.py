"""Reading a checklist's canonical copy: what an audit is bound to, checked against its hash and format."""

from __future__ import annotations

import hashlib
import json

from checklists.model import FORMAT, Checklist
from checklists.text import Text, UserError


class AlteredChecklist(UserError):
    """A stored checklist is not what was stored."""

    def __init__(self, expected_hash: str) -> None:
        super().__init__(
            Text(
                "保存的评估表（{hash}）已被改动或损坏；请从备份恢复这次评估，或从另一台设备重新复制",
                "The stored checklist ({hash}) was altered or damaged; restore the audit from a backup or copy it "
                "again from another device",
            ).format(hash=expected_hash[:12])
        )


class NewerChecklist(UserError):
    """A stored checklist was made by a newer version of the tool."""

    def __init__(self, number: object) -> None:
        super().__init__(
            Text(
                "评估表由更新版本的工具生成（格式 {number}，本工具支持到 {known}）；请更新工具",
                "The checklist was made by a newer version (format {number}, this one reads up to {known}); "
                "update the tool",
            ).format(number=number, known=FORMAT)
        )


def from_store(body: bytes, expected_hash: str) -> Checklist:
    """Read the canonical copy that a store keeps for an audit.

    Raises:
        AlteredChecklist: when the bytes are not those the hash was taken of, or are no checklist.
        NewerChecklist: when a newer version of the tool wrote them.
    """
    if hashlib.sha256(body).hexdigest() != expected_hash:
        raise AlteredChecklist(expected_hash)
    try:
        number = json.loads(body).get("format")
        if isinstance(number, int) and number > FORMAT:
            raise NewerChecklist(number)
        return Checklist.from_canonical(body)
    except (ValueError, ArithmeticError, AttributeError, TypeError, RecursionError) as error:
        raise AlteredChecklist(expected_hash) from error
