"""A server that keeps one state, as the http backend wants it: GET, POST, DELETE, and LOCK and UNLOCK."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Keeper(ThreadingHTTPServer):
    """Keeps a state.

    Attributes:
        content: the state; empty for none.
        lock: what the holder of the lock wrote; empty for none.
        credentials: what is asked for; empty for nothing.
        broken: how many requests are answered by an error before one is answered well.
        seen: methods and paths of all requests.
    """

    daemon_threads = True

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.content = b""
        self.lock = b""
        self.credentials = ""
        self.broken = 0
        self.seen: list[str] = []
        self.guard = Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments of a block for this server."""
        lock = f"{self.url}/lock"
        return {
            "address": f"{self.url}/state",
            "lock_address": lock,
            "unlock_address": lock,
            "retry_wait_min": 0,
            "retry_wait_max": 0,
        }


class Answer(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Keeper
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.server.guard:
            code, out = self._decide(body)
        self.send_response(code)
        self.send_header("Content-Length", str(len(out)))
        self.end_headers()
        self.wfile.write(out)

    do_GET = do_POST = do_PUT = do_DELETE = do_LOCK = do_UNLOCK = _answer  # noqa: N815

    def _decide(self, body: bytes) -> tuple[int, bytes]:
        keeper = self.server
        keeper.seen.append(f"{self.command} {self.path}")
        if keeper.broken:
            keeper.broken -= 1
            return 503, b""
        if keeper.credentials:
            expected = f"Basic {b64encode(keeper.credentials.encode()).decode()}"
            if "Authorization" not in self.headers:
                return 401, b""
            if self.headers["Authorization"] != expected:
                return 403, b""
        if body and self.headers["Content-MD5"] != b64encode(md5(body).digest()).decode():
            return 400, b""
        if urlsplit(self.path).path == "/lock":
            return self._lock(body)
        if self.command == "GET":
            return (200, keeper.content) if keeper.content else (404, b"")
        if keeper.lock:  # only its holder may write
            holder = json.loads(keeper.lock)["ID"]
            if parse_qs(urlsplit(self.path).query).get("ID") != [holder]:
                return 409, keeper.lock
        keeper.content = b"" if self.command == "DELETE" else body
        return 200, b""

    def _lock(self, body: bytes) -> tuple[int, bytes]:
        keeper = self.server
        if self.command in ("LOCK", "POST"):
            if keeper.lock:
                return 423, keeper.lock
            keeper.lock = body
            return 200, b""
        if keeper.lock and json.loads(body)["ID"] != json.loads(keeper.lock)["ID"]:
            return 409, keeper.lock
        keeper.lock = b""
        return 200, b""

    def log_message(self, *_: object) -> None:
        """Say nothing."""
