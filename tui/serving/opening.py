"""What is opened to whom: the address, the token, and the sentences that say so before anybody can come in."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklists.text import Text, UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checklists.text import Lang

PORT = 8765
_SHORTEST = 8
"""Characters of a token somebody makes up; a second is lost at every wrong guess."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody takes for one another, all lower case: the token is typed on a tablet."""

_HERE = Text("只有这台电脑能打开；停止请按 Ctrl+C", "Only this computer can open it; stop with Ctrl+C")
_HERE_TOKEN = Text(
    "只有这台电脑上知道口令的人能打开；停止请按 Ctrl+C",
    "Only who knows the token and sits at this computer can open it; stop with Ctrl+C",
)
_WHOLE = Text(
    "注意：同一网络中知道口令的任何人，都能查看和修改 {store} 中的全部评估，包括照片和人名。",
    "Mind: anybody in the same network who knows the token can read and change every audit in {store}, with its "
    "photos and names.",
)
_BARE = Text(
    "连接没有加密：只在自己信任的网络中使用，如自己手机的热点；不要直接接到互联网。用完请按 Ctrl+C 停止。",
    "The connection is not encrypted: use it only in a network you trust, such as your own phone's hotspot, and never "
    "towards the internet. Stop it with Ctrl+C when you are done.",
)
_OPEN_THIS = Text("在平板的浏览器中打开：", "Open in the tablet's browser:")
_TOKEN = Text("口令：{token}", "Token: {token}")


class BadAddress(UserError):
    """The port is no port, or the address cannot be opened."""


class WeakToken(UserError):
    """The token is too short to keep anybody out."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What is served, where and to whom."""

    lang: Lang
    host: str
    port: int
    token: str | None
    """None: whoever sits at this computer comes in."""
    store: str | None
    person: str | None

    @property
    def link(self) -> str:
        """The address to open; with the token where there is one."""
        host = _own_address(self.host)
        place = f"[{host}]" if ":" in host else host
        return f"http://{place}:{self.port}/" + (f"?token={self.token}" if self.token else "")

    def words(self, store: str) -> Sequence[Text]:
        """Return what is said when it opens; `store` names the store."""
        if is_loopback(self.host):
            return (_HERE if self.token is None else _HERE_TOKEN,)
        return (_WHOLE.format(store=store), _BARE, _TOKEN.format(token=self.token or ""), _OPEN_THIS)


def opening(lang: Lang, host: str, port: str, token: str | None, store: str | None, person: str | None) -> Opening:
    """Return what was asked for; an address beyond this computer gets a token.

    Raises:
        BadAddress: when the port is no number from 1 to 65535.
        WeakToken: when the token has fewer than eight characters.
    """
    if not (port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
        raise BadAddress(
            Text("端口“{port}”不对：请给 1 到 65535 的数", 'No port "{port}": give a number from 1 to 65535').format(
                port=port
            )
        )
    if token is not None and not (len(token) >= _SHORTEST and token.isascii() and token.isprintable()):
        raise WeakToken(
            Text(
                "口令至少要 {least} 个英文字母或数字；不写 --token 则自动生成",
                "A token needs at least {least} plain letters or digits; without --token one is made",
            ).format(least=_SHORTEST)
        )
    if token is None and not is_loopback(host):
        token = new_token()
    return Opening(lang, host.strip("[]"), int(port), token, store, person)


def new_token() -> str:
    """Return sixteen characters that nobody guesses, in groups of four."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def is_loopback(host: str) -> bool:
    """Say whether nobody but this computer reaches the address; a name other than localhost may be anything."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _own_address(host: str) -> str:
    """Return the address under which this computer is reached where all its addresses are opened."""
    try:
        if not ipaddress.ip_address(host).is_unspecified:
            return host
    except ValueError:
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(("192.0.2.1", 9))  # a documentation address; choosing the way there sends nothing
            return str(way.getsockname()[0])
        except OSError:
            return "127.0.0.1"
