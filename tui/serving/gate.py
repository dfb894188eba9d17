"""The gate: who comes in.  Without the token no page, no file and no window; other sites' pages never reach us."""

from __future__ import annotations

import asyncio
import hmac
import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from aiohttp import web

from tui.serving.opening import is_loopback
from tui.serving.pages import login_page, public_file

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tui.serving.opening import Opening

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_A_DAY: Final = 24 * 60 * 60
_WRONG_COSTS: Final = 1.0
"""Seconds."""
_PURPOSE: Final = b"dealer-audit serve: cookie"


class Gate:
    """Compares what comes with a request to the token."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._sign = None if opening.token is None else _sign(opening.token)
        self._cookie = f"dealer-audit-{opening.port}"

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let a request in or turn it away."""
        if not self._is_own(request):
            raise web.HTTPForbidden(text="403")
        if self._sign is None or self._has_cookie(request):
            return await handler(request)
        if request.path == "/login" and request.method == "POST":
            return await self._login(request)
        if request.path != "/" or request.method != "GET":
            raise web.HTTPUnauthorized(text="401")
        if "token" not in request.query:
            return self._ask(wrong=False)
        if not self._fits(request.query["token"]):
            return await self._turn_away()
        response = await handler(request)
        self._admit(response)
        return response

    def _is_own(self, request: web.Request) -> bool:
        """Say whether the request comes from our own page or from the address line.

        A page of another site may send requests to this computer, too: under its own origin, or under a name of its
        own that it lets point here.  Where no token is asked, the name must be this computer's.
        """
        name = urlsplit(f"//{request.host}").hostname or ""
        if self._sign is None and not is_loopback(name):
            return False
        origin = request.headers.get("Origin")
        return origin is None or urlsplit(origin).netloc == request.host

    def _has_cookie(self, request: web.Request) -> bool:
        sign = request.cookies.get(self._cookie, "")
        return hmac.compare_digest(sign.encode(), (self._sign or "").encode())

    def _fits(self, typed: str) -> bool:
        return hmac.compare_digest(_sign(unicodedata.normalize("NFKC", typed).strip()), self._sign or "")

    def _admit(self, response: web.StreamResponse) -> None:
        response.set_cookie(self._cookie, self._sign or "", max_age=_A_DAY, httponly=True, samesite="Strict", path="/")

    async def _login(self, request: web.Request) -> web.StreamResponse:
        typed = (await request.post()).get("token")
        if not isinstance(typed, str) or not self._fits(typed):
            return await self._turn_away()
        response = web.Response(status=303, headers={"Location": "/"})
        self._admit(response)
        return response

    async def _turn_away(self) -> web.StreamResponse:
        await asyncio.sleep(_WRONG_COSTS)
        return self._ask(wrong=True)

    def _ask(self, *, wrong: bool) -> web.Response:
        page = login_page(self._opening.lang, wrong=wrong)
        return web.Response(status=401, text=page, content_type="text/html")


async def protect(request: web.Request, response: web.StreamResponse) -> None:
    """Forbid the page everything but this machine; called before every response goes out."""
    socket = f"ws://{request.host} wss://{request.host}"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        f"font-src 'self'; connect-src 'self' {socket}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if not public_file(request.path):
        response.headers["Cache-Control"] = "no-store"


def attachment(name: str) -> str:
    """Return the header that names a file to be kept, whatever letters are in its name."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def _sign(token: str) -> str:
    return hmac.new(token.encode(), _PURPOSE, "sha256").hexdigest()
