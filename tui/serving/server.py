"""The server: textual-serve with a page of our own, a gate before everything and an end that is clean."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from typing import TYPE_CHECKING, Any, ClassVar, Final

from aiohttp import WSCloseCode, web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from checklists.text import Text
from tui.serving.gate import Gate, attachment, protect
from tui.serving.opening import BadAddress
from tui.serving.pages import HERE, window_page

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Callable

    from tui.serving.opening import Opening

_DRIVER: Final = "tui.serving.driver:WindowDriver"
_PATIENCE: Final = 5.0
"""Seconds that a window has to close, once asked."""
_SMALLEST, _LARGEST = 20, 500


class Window(AppService):
    """One process of the screens, for one browser tab."""

    ARGUMENTS: ClassVar = ("-m", "tui.serving.window")

    def __init__(self, arguments: tuple[str, ...], **given: Any) -> None:
        super().__init__("", **given)
        self._arguments = arguments

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return {**super()._build_environment(width, height), "TEXTUAL_DRIVER": _DRIVER, "PYTHONUTF8": "1"}

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start the process itself and no shell around it, so that it ends when it is told to."""
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, *self.ARGUMENTS, *self._arguments)
        environment = self._build_environment(width, height)
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment)
        self._process, self._stdin = process, process.stdin
        return process

    async def run(self) -> None:
        """Speak for the process until it ends, however it ends; then the tab says that the window is closed."""
        try:
            await super().run()
        finally:
            await self.remote_close()

    async def stop(self) -> None:
        """Close the window; one that does not close in time is ended: what was scored is on disk."""
        task, process = self._task, self._process
        try:
            await asyncio.wait_for(super().stop(), _PATIENCE)
        except TimeoutError:
            if task is not None:
                task.cancel()
        if process is not None:
            if self._stdin is not None:
                self._stdin.close()
            try:
                await asyncio.wait_for(process.wait(), _PATIENCE)
            except TimeoutError:
                process.kill()


class AuditServer(Server):
    """Serves the screens."""

    def __init__(self, opening: Opening) -> None:
        super().__init__("", host=opening.host, port=opening.port, public_url="/")
        self._opening = opening
        self._gate = Gate(opening)
        self._open: set[web.WebSocketResponse] = set()

    async def run(self, opened: Callable[[], None]) -> None:
        """Serve until Ctrl+C; `opened` is called when the address is open.

        Raises:
            BadAddress: when it cannot be opened.
        """
        stop = asyncio.Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # Windows: Ctrl+C cancels us instead
                asyncio.get_running_loop().add_signal_handler(each, stop.set)
        runner = web.AppRunner(await self._make_app(), access_log=None, shutdown_timeout=2 * _PATIENCE)
        await runner.setup()
        try:
            await self._listen(runner)
            opened()
            await stop.wait()
        finally:
            await runner.cleanup()

    async def _listen(self, runner: web.AppRunner) -> None:
        try:
            await web.TCPSite(runner, self.host, self.port).start()
        except OSError as error:
            told = Text(
                "{host} 端口 {port} 无法打开：{reason}。请用 --port 换一个端口，或用 --host 换一个地址",
                "{host} port {port} cannot be opened: {reason}. Choose another with --port or --host",
            )
            reason = error.strerror or str(error)
            raise BadAddress(told.format(host=self.host, port=self.port, reason=reason)) from error

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._gate.guard])
        app.add_routes(
            [
                web.get("/", self.handle_window),
                web.get("/ws", self.handle_websocket),
                web.get("/download/{key}", self.handle_download),
                web.static("/static", self.statics_path),
                web.static("/own", HERE),
            ]
        )
        app.on_response_prepare.append(protect)
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def handle_window(self, request: web.Request) -> web.Response:
        """Give out the page."""
        del request
        return web.Response(text=window_page(self._opening.lang), content_type="text/html")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Open a window for a tab and speak for it until the tab is closed."""
        socket = web.WebSocketResponse(heartbeat=15)
        await socket.prepare(request)
        window = Window(
            self._arguments,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=socket.close,
            download_manager=self.download_manager,
        )
        self._open.add(socket)
        try:
            await window.start(_cells(request, "width", 80), _cells(request, "height", 24))
            # What is no message of our page, or comes after the tab is closed, ends the window and nothing else.
            with contextlib.suppress(ValueError, AssertionError, LookupError, TypeError, AttributeError, OSError):
                await self._process_messages(socket, window)
        finally:
            self._open.discard(socket)
            await window.stop()
        return socket

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """Hand over a file that a window gives out."""
        try:
            found = await self.download_manager.get_download_metadata(request.match_info["key"])
        except KeyError:
            raise web.HTTPNotFound(text="404") from None
        response = web.StreamResponse(
            headers={"Content-Type": found.mime_type, "Content-Disposition": attachment(found.file_name)}
        )
        await response.prepare(request)
        async for chunk in self.download_manager.download(request.match_info["key"]):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def on_shutdown(self, app: web.Application) -> None:
        """Close every tab's connection; the page then says so."""
        del app
        for socket in tuple(self._open):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    @property
    def _arguments(self) -> tuple[str, ...]:
        given = {"--lang": self._opening.lang, "--store": self._opening.store, "--as": self._opening.person}
        return tuple(f"{option}={value}" for option, value in given.items() if value)


def _cells(request: web.Request, name: str, usual: int) -> int:
    return min(_LARGEST, max(_SMALLEST, to_int(request.query.get(name, ""), usual)))
