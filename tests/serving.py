"""An application behind the server of `serve`, on a thread of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Thread

from flask import Flask
from waitress.server import create_server
from waitress.wasyncore import close_all


@contextmanager
def running(app: Flask, **settings) -> Iterator[int]:
    """The port it listens at, as long as the block lasts."""
    sockets: dict = {}
    server = create_server(app, map=sockets, **settings)
    thread = Thread(target=server.run)
    thread.start()
    yield server.effective_port
    # Closed by the thread that waits on them; its loop ends with the last.
    server.trigger.pull_trigger(partial(close_all, sockets))
    thread.join()
    server.task_dispatcher.shutdown()
