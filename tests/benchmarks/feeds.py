"""
How fast feeds are served, and how long publishing takes to write them.

One run on one machine: the site with 5,000 feeds stored, Radicale with the
same sixty duties, and a bare WSGI program with the same bytes under the
same server; each asked by the same line of wrk. Radicale's Python may be
another one (``RADICALE_PYTHON``), so that it need not be installed here.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from re import search
from socket import create_connection, socket
from statistics import median
from tempfile import TemporaryDirectory
from time import sleep

from sqlalchemy import insert, select

from roster.feeds import SHANGHAI
from roster.records import (
    FeedEventRow,
    FeedRow,
    SubscriptionRow,
)
from roster.services.feeding.events import uid_of
from roster.services.feeding.reading import FeedOf
from roster.services.logins import hashed
from roster.services.subscribing import Owner, subscribe
from tests.benchmarks.page import table
from tests.roster.services import small
from web.config import Config, default_url
from web.wiring import Office

FEEDS, DUTIES = 5_000, 60
SECONDS, ROUNDS, CONNECTIONS = 5, 3, 8
NOW = datetime(2026, 11, 28, 9, tzinfo=SHANGHAI)


def feeds() -> Iterator[str]:
    """The section of the page."""
    yield "## Feeds over HTTP"
    if not shutil.which("wrk"):
        yield "wrk is not installed."
        return

    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        path, content = _stored(folder / "office")
        (folder / "duty.ics").write_bytes(content)
        yield (
            f"{FEEDS} feeds stored, {DUTIES} duties, {len(content)} bytes;"
            f" wrk, {CONNECTIONS} connections, {ROUNDS} × {SECONDS} s,"
            " median (least–most) of requests a second."
        )
        yield _compared(folder, path)


def _stored(folder: Path) -> tuple[str, bytes]:
    """An office with many feeds; one address and its bytes."""
    here = Office(Config(folder, default_url(folder)))
    with here.records.writing() as session:
        small.settle(session)
        session.execute(
            insert(FeedEventRow), [_duty(n) for n in range(DUTIES)]
        )
        token = subscribe(
            session,
            feed=FeedOf("person", "anna"),
            label="",
            owner=Owner("benchmark"),
            now=NOW,
        )
    with here.records.writing() as session:
        row = session.scalars(select(FeedRow)).one()
        content, zipped = row.content, row.zipped
        assert content is not None
        same = {
            "alarms": [],
            "stale": False,
            "etag": row.etag,
            "changed_at": NOW,
            "content": content,
            "zipped": zipped,
        }
        many = [
            {"kind": "unit", "subject": f"x{n}", **same}
            for n in range(FEEDS - 1)
        ]
        session.execute(insert(FeedRow), many)
        ids = session.scalars(select(FeedRow.id)).all()
        session.execute(
            insert(SubscriptionRow),
            [
                {
                    "feed": id_,
                    "token": hashed(f"x{id_}"),
                    "label": "",
                    "who": "",
                    "made_at": NOW,
                    "client": "",
                }
                for id_ in ids
            ],
        )
    here.close()
    return f"/feeds/{token}/duty.ics", content


def _duty(number: int) -> dict[str, object]:
    start = NOW.replace(hour=18) + timedelta(days=3 * number)
    return {
        "uid": uid_of("benchmark", str(number)),
        "unit": small.UNIT,
        "shift": f"{start:%Y-%m-%d}/duty-night",
        "staff": "anna",
        "sequence": number % 3,
        "modified": NOW.astimezone(UTC),
        "facts": "",
        "start": start,
        "end": start + timedelta(hours=14),
        "mark": "",
        "summary": "值班员 · 柳湾小学",
        "location": "柳湾小学",
        "description": "带班：甲01\n同日值班员 08:00–18:00：甲02、甲03\n"
        "交接：18:00接班，次日08:00交班",
        "category": "双休",
        "busy": False,
        "cancelled": False,
    }


def _compared(folder: Path, path: str) -> str:
    rows, base = [], {}
    for name, port, address in _servers(folder, path):
        full = _asked(port, address)
        known = _asked(port, address, tag=_tag(port, address))
        base[name] = full[0], known[0]
        rows.append([name, full, known])

    def ratio(name: str, which: int) -> str:
        mine, theirs = base["this site"][which], base.get(name, (0, 0))[which]
        return f"{mine / theirs:.2f} ×" if theirs else "–"

    lines = [
        (
            name,
            full[1],
            ratio(name, 0),
            f"{full[2]} ms",
            known[1],
            ratio(name, 1),
            f"{known[2]} ms",
        )
        for name, full, known in rows
    ]
    head = ("server", "full GET", "ours", "p99", "304", "ours", "p99")
    return table(head, lines)


def _servers(folder: Path, path: str) -> Iterator[tuple[str, int, str]]:
    """Each server in turn while it runs, with its port and address."""
    here = ("-m", "tests.benchmarks.feed_servers")
    with _running(sys.executable, *here, "site", folder / "office") as port:
        yield "this site", port, path

    file = folder / "duty.ics"
    with _running(sys.executable, *here, "bare", file) as port:
        yield "bare WSGI", port, "/"

    program = os.environ.get("RADICALE_PYTHON") or sys.executable
    given = subprocess.run(
        [program, "-c", "import radicale"], capture_output=True, check=False
    )
    if given.returncode:
        return

    storage = f"--storage-filesystem-folder={folder / 'radicale'}"
    flags = ("-m", "radicale", "--auth-type=none", storage)
    with _running(program, *flags, hosts=True) as port:
        _fill(port, file.read_bytes())
        yield "Radicale", port, "/benchmark/duty/"


@contextmanager
def _running(
    program: str, *words: object, hosts: bool = False
) -> Iterator[int]:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    last = f"--server-hosts=127.0.0.1:{port}" if hosts else str(port)
    process = subprocess.Popen(
        [program, *map(str, words), last],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            create_connection(("127.0.0.1", port)).close()
        except OSError:
            sleep(0.1)
        else:
            return

    raise TimeoutError(port)


def _fill(port: int, content: bytes) -> None:
    """Gives Radicale the same calendar."""
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("MKCOL", "/benchmark/")
    connection.getresponse().read()
    connection.request(
        "PUT",
        "/benchmark/duty/",
        content,
        {"Content-Type": "text/calendar; charset=utf-8"},
    )
    answer = connection.getresponse()
    assert answer.status == 201, answer.read()
    connection.close()


def _tag(port: int, address: str) -> str:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, answer.status
    connection.close()
    return answer.headers.get("ETag", '"none"')


def _asked(port: int, address: str, tag: str = "") -> tuple[float, str, str]:
    """Requests a second: the median, in words, and the worst p99 in ms."""
    more = ["-H", f"If-None-Match: {tag}"] if tag else []
    found, late = [], []
    for _ in range(ROUNDS):
        told = subprocess.run(
            [
                "wrk",
                "-t1",
                f"-c{CONNECTIONS}",
                f"-d{SECONDS}s",
                "--latency",
                *more,
                f"http://127.0.0.1:{port}{address}",
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        found.append(float(_figure(r"Requests/sec:\s+([0-9.]+)", told)))
        late.append(_ms(_figure(r"99%\s+([0-9.]+[a-z]+)", told)))

    middle = median(found)
    words = f"{middle:.0f} ({min(found):.0f}–{max(found):.0f})"
    return middle, words, f"{max(late):.1f}"


def _figure(shape: str, told: str) -> str:
    found = search(shape, told)
    assert found is not None, told
    return found[1]


def _ms(words: str) -> float:
    for unit, size in (("us", 0.001), ("ms", 1.0), ("s", 1000.0)):
        if words.endswith(unit):
            return float(words.removesuffix(unit)) * size

    raise ValueError(words)
