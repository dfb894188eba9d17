"""Reading a checklist's canonical copy: what an audit is bound to, checked against its hash and format."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from checklists.model import FORMAT, Checklist
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from collections.abc import Callable


def _from_1(data: dict[str, Any]) -> dict[str, Any]:
    """Format 2 only adds: anchors, causes, guides and the order of mappings (format 1 has the order of ids)."""
    return data


_UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _from_1}
"""By the format read: what makes it the next one."""


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
    """Read the canonical copy that a store keeps for an audit; an older format is upgraded.

    Whatever its format, the checklist's `canonical` and `hash` stay those of the copy.

    Raises:
        AlteredChecklist: when the bytes are not those the hash was taken of, or are no checklist.
        NewerChecklist: when a newer version of the tool wrote them.
    """
    if hashlib.sha256(body).hexdigest() != expected_hash:
        raise AlteredChecklist(expected_hash)
    try:
        data = json.loads(body)
        number = data.get("format")
        if isinstance(number, int) and number > FORMAT:
            raise NewerChecklist(number)
        if number in _UPGRADES:
            return Checklist.from_canonical(_upgraded(data, number), stored=body)
        return Checklist.from_canonical(body)
    except (ValueError, ArithmeticError, AttributeError, TypeError, RecursionError) as error:
        raise AlteredChecklist(expected_hash) from error


def _upgraded(data: dict[str, Any], number: int) -> bytes:
    for older in range(number, FORMAT):
        data = _UPGRADES[older](data)
    return json.dumps(data | {"format": FORMAT}, ensure_ascii=False).encode()
