"""A server that receives messages as robots do, well or badly."""

import json
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from typing import Any

TAKEN = (200, {"errcode": 0, "errmsg": "ok", "code": 0})


@dataclass
class Receiver:
    """
    What came in, and how the next ones are answered.

    ``answers`` holds a status and a document each, or the word ``hang``,
    ``trickle`` or ``late`` (taken, once ``late`` is set); when it is
    empty everything is taken.
    """

    address: str = ""
    answers: deque[Any] = field(default_factory=deque)
    came: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    arrived: Event = field(default_factory=Event)
    late: Event = field(default_factory=Event)
    closed: Event = field(default_factory=Event)

    @property
    def texts(self) -> list[str]:
        """The texts that came in, whichever the robot."""
        return [
            (document.get("text") or document["content"]).get("content")
            or document["content"]["text"]
            for _, document in self.came
        ]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on this machine as long as the block lasts."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            document = json.loads(self.rfile.read(length))
            receiver.came.append((self.path, document))
            receiver.arrived.set()
            answers = receiver.answers
            self._answer(answers.popleft() if answers else TAKEN)

        do_GET = do_POST

        def _answer(self, answer: Any) -> None:
            if answer == "hang":
                receiver.closed.wait(20)
                return

            if answer == "late":
                receiver.late.wait(20)
                answer = TAKEN

            if answer == "trickle":
                self.send_response(200)
                self.end_headers()
                while not receiver.closed.wait(0.05):
                    self.wfile.write(b" ")
                return

            status, document = answer
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(
                document
                if isinstance(document, bytes)
                else json.dumps(document).encode()
            )

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    with _served(ThreadingHTTPServer, Handler, receiver.closed) as port:
        receiver.address = f"http://127.0.0.1:{port}"
        yield receiver


@contextmanager
def mailbox(*, takes: bool = True) -> Iterator[tuple[int, list[str]]]:
    """A mail server's port and the mails that came, heads and bodies."""
    mails: list[str] = []

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            while line := self.rfile.readline():
                verb = line[:4].upper()
                if verb == b"DATA":
                    self._say("354 go on")
                    mails.append(self._mail())
                elif verb == b"QUIT":
                    self._say("221 bye")
                    return
                elif verb == b"RCPT" and not takes:
                    self._say("550 no such mailbox")
                    continue

                self._say("250 ok")

        def _mail(self) -> str:
            lines = iter(self.rfile.readline, b".\r\n")
            return b"".join(lines).decode()

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    with _served(ThreadingTCPServer, Handler, Event()) as port:
        yield port, mails


@contextmanager
def _served(
    server: Callable[..., Any], handler: type, closed: Event
) -> Iterator[int]:
    with server(("127.0.0.1", 0), handler) as opened:
        opened.daemon_threads = False
        opened.handle_error = lambda *_: None
        thread = Thread(target=opened.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield opened.server_address[1]
        finally:
            closed.set()
            opened.shutdown()
            thread.join()
