"""`dealer-audit serve` as the network sees it: who comes in, what is said, how it ends."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.tui.serving.conftest import Serve, Served, gone, windows_of
from tui.serving.opening import is_loopback, new_token, opening
from tui.serving.pages import HERE, login_page, window_page

if TYPE_CHECKING:
    from tests.tui.conftest import Person

TOKEN = "four-score-and-ten"  # noqa: S105 - of a server that lives for one test
PATHS = ("/own/window.js", "/own/window.css", "/own/login.html", "/static/js/textual.js", "/static/css/xterm.css")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as Linux and macOS know them")


def ask(served: Served, path: str, method: str = "GET", body: str | None = None, **headers: str) -> tuple[int, dict[str, str], str]:  # fmt: skip  # noqa: E501
    connection = HTTPConnection("127.0.0.1", served.port, timeout=10)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
    finally:
        connection.close()


def cookie_of(headers: dict[str, str]) -> str:
    return headers["set-cookie"].partition(";")[0]


def test_without_the_token_nothing_is_served(serve: Serve) -> None:
    served = serve("--token", TOKEN, "--lang", "zh")
    for path in (*PATHS, "/ws", "/download/abc", "/nothing"):
        status, _, text = ask(served, path)
        assert (status, text) == (401, "401")
    status, headers, page = ask(served, "/")
    assert status == 401
    assert "请输入口令" in page
    assert "textual" not in page
    assert "set-cookie" not in headers
    for wrong in ("/?token=", "/?token=four-score-and-te", f"/?token={TOKEN.upper()}"):
        status, headers, page = ask(served, wrong)
        assert status == 401
        assert "set-cookie" not in headers
    forged = f"dealer-audit-{served.port}=" + "0" * 64
    assert ask(served, PATHS[0], Cookie=forged)[0] == 401
    assert ask(served, PATHS[0], Cookie=f"dealer-audit-{served.port}={TOKEN}")[0] == 401
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13", "Sec_WebSocket_Key": "x" * 22 + "=="}  # fmt: skip  # noqa: E501
    assert ask(served, "/ws", **upgrade)[0] == 401
    assert windows_of(served.process.pid) == []


def test_the_link_and_the_log_in_page_let_in(serve: Serve) -> None:
    served = serve("--token", TOKEN)
    assert served.link == f"{served.url}?token={TOKEN}"
    status, headers, page = ask(served, f"/?token={TOKEN}")
    assert status == 200
    assert "terminal" in page
    told = headers["set-cookie"]
    assert "HttpOnly" in told
    assert "SameSite=Strict" in told
    assert TOKEN not in told
    assert headers["cache-control"] == "no-store"
    for path in PATHS:
        assert ask(served, path, Cookie=cookie_of(headers))[0] == 200
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    assert ask(served, "/login", "POST", "token=nonsense", **form)[0] == 401
    status, headers, _ = ask(served, "/login", "POST", f"token=+{TOKEN}+", Origin=served.url.rstrip("/"), **form)
    assert (status, headers["location"]) == (303, "/")
    assert ask(served, "/", Cookie=cookie_of(headers))[0] == 200
    served.stop(signal.SIGKILL)
    served.start()
    assert ask(served, "/", Cookie=cookie_of(headers))[0] == 200  # the same token: one is still logged in


def test_pages_of_other_sites_reach_nothing(serve: Serve) -> None:
    served = serve()
    assert served.link == served.url
    assert ask(served, "/")[0] == 200
    assert ask(served, "/", Host="localhost:1")[0] == 200
    assert ask(served, "/", Host="audit.example")[0] == 403  # a name that an attacker lets point to 127.0.0.1
    assert ask(served, "/ws", Origin="http://audit.example")[0] == 403
    assert ask(served, "/ws", Origin="null")[0] == 403
    policy = ask(served, "/")[1]["content-security-policy"]
    assert policy.startswith("default-src 'none'")


def test_ctrl_c_ends_it_with_all_its_windows(serve: Serve, person: Person) -> None:
    served = serve("--lang", "zh")
    windows = asyncio.run(_with_two_windows(served))
    assert len(windows) == 2
    assert served.wait() == 0
    assert gone(windows, 5)
    assert "只有这台电脑能打开" in served.told
    assert "Traceback" not in served.told


async def _with_two_windows(served: Served) -> list[int]:
    """Open two tabs, see both paint, press Ctrl+C; returns the processes behind them."""
    async with aiohttp.ClientSession() as browser:
        sockets = [await browser.ws_connect(f"{served.url}ws?width=80&height=24") for _ in range(2)]
        await asyncio.gather(*[_painted(socket) for socket in sockets])
        windows = windows_of(served.process.pid)
        served.process.send_signal(signal.SIGINT)
        for socket in sockets:
            while not socket.closed:
                await socket.receive(timeout=10)
    return windows


async def _painted(socket: aiohttp.ClientWebSocketResponse) -> None:
    seen = b""
    while "评估列表".encode() not in seen:
        seen += await socket.receive_bytes(timeout=30)


def test_windows_do_not_outlive_a_killed_server(serve: Serve) -> None:
    served = serve()

    async def kill() -> list[int]:
        async with aiohttp.ClientSession() as browser, browser.ws_connect(f"{served.url}ws") as socket:
            await socket.receive_bytes(timeout=20)
            windows = windows_of(served.process.pid)
            served.process.kill()
            return windows

    windows = asyncio.run(kill())
    assert len(windows) == 1
    served.wait()
    assert gone(windows)


def test_what_is_no_message_of_the_page_ends_one_window_only(serve: Serve) -> None:
    served = serve()

    async def talk() -> None:
        async with aiohttp.ClientSession() as browser:
            for nonsense in ("no json", '["resize", 3]'):
                async with browser.ws_connect(f"{served.url}ws") as socket:
                    await socket.send_str(nonsense)
                    while not socket.closed:
                        await socket.receive(timeout=20)
            async with browser.get(served.url) as page:
                assert page.status == 200

    asyncio.run(talk())
    assert "Traceback" not in served.told


def test_beyond_this_computer_a_token_is_made_and_the_words_are_plain(serve: Serve, person: Person) -> None:
    served = serve("--host", "0.0.0.0", "--lang", "en")  # noqa: S104 - what the test is about
    found = re.search(r"\?token=([a-z2-9]{4}(?:-[a-z2-9]{4}){3})$", served.link)
    assert found
    told = " ".join(served.told.split())
    assert f"Token: {found[1]}" in told
    assert "can read and change every audit" in told
    assert "not encrypted" in told
    assert str(person.store) in told.replace(" ", "")
    assert ask(served, "/")[0] == 401
    assert ask(served, f"/?token={found[1]}")[0] == 200


def test_a_port_in_use_is_one_sentence(serve: Serve, person: Person) -> None:
    served = serve()
    done = person.on_store("serve", "--port", str(served.port), lang="zh")
    assert done.code == 2
    assert "无法打开" in done.err
    assert "--port" in done.err


@pytest.mark.parametrize(("option", "value", "word"), [("--port", "0", "65535"), ("--port", "x", "65535"), ("--token", "short", "8")])  # fmt: skip  # noqa: E501
def test_what_cannot_be_used_is_refused(person: Person, option: str, value: str, word: str) -> None:
    done = person.on_store("serve", option, value)
    assert done.code == 2
    assert word in done.err


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        *(("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True), ("127.8.9.1", True)),
        *(("0.0.0.0", False), ("::", False), ("192.168.1.5", False), ("laptop.local", False), ("", False)),  # noqa: S104
    ],
)
def test_whatever_is_not_surely_this_computer_gets_a_token(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
    assert (opening("en", host, "8765", None, None, None).token is None) is loopback


def test_tokens_are_long_and_never_the_same() -> None:
    made = {new_token() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", token) for token in made)


def test_no_page_names_another_host() -> None:
    pages = [window_page("zh"), window_page("en"), login_page("zh", wrong=True), login_page("en", wrong=False)]
    pages += [file.read_text(encoding="utf-8") for file in HERE.iterdir()]
    for page in pages:
        assert not re.search(r"(https?:)?//[a-z0-9-]+\.", page)
    assert "hidden" not in login_page("zh", wrong=True)
    assert "$" not in pages[0] + pages[1] + pages[2] + pages[3]
