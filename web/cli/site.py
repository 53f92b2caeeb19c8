"""`serve` and `demo`: the site, and the county it is shown on."""

import argparse
import signal
import socket
from typing import Any

from waitress import serve as serve_wsgi

from roster.errors import Refused
from web import create_app
from web.cli.demonstration import prepare
from web.cli.terminal import add_command, office, positive, say, tell
from web.config import Config
from web.jobs import ticking
from web.wiring import Office
from web.working import Worker, working

THREADS = 8


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    add_command(
        commands,
        "serve",
        serve,
        say("打开网站（HOST、PORT 可设）", "Serve the site (HOST, PORT)"),
        "PORT=8000 duty-roster serve",
    )
    parser = add_command(
        commands,
        "work",
        work,
        say(
            "只在后台求解，不开网站（可在别的机器上，共用 PostgreSQL）",
            "Solve what is asked for on the site, here or on other machines",
        ),
        "duty-roster work --jobs 8",
    )
    parser.add_argument(
        "--jobs",
        type=positive,
        metavar="N",
        help=say(
            "同时求解的单位数，默认比处理器数少一个",
            "units solved side by side (default: the cores but one)",
        ),
    )
    parser = add_command(
        commands,
        "demo",
        demo,
        say(
            "备好虚构的演示县并打开网站", "Make the invented county; serve it"
        ),
        "duty-roster demo",
    )
    parser.add_argument("--no-serve", action="store_true")
    parser.add_argument("--jobs", type=int, metavar="N")


def serve(_: argparse.Namespace) -> None:
    """Serves until it is told to stop."""
    with office() as here:
        _serve(here)


def work(asked: argparse.Namespace) -> None:
    """Works on requests until it is told to stop."""
    with office() as here:
        worker = Worker(here, asked.jobs)
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: worker.stop())

        tell(
            say(
                f"等待生成请求，同时求解 {worker.jobs} 个单位"
                "（Ctrl-C 停止，做完的已保存）",
                f"Waiting for requests; {worker.jobs} units side by side "
                "(Ctrl-C stops; what is done is kept)",
            )
        )
        worker.work()


def demo(asked: argparse.Namespace) -> None:
    """Finishes whatever of the demonstration is not there yet."""
    with office() as here:
        # Asked first: after minutes of solving it would come late.
        if not asked.no_serve:
            _check_port(here)
        prepare(here, jobs=asked.jobs)
        if not asked.no_serve:
            _serve(here)


def _check_port(here: Office) -> None:
    config = here.config
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError:
            raise Refused("port-taken", value=config.port) from None


def _serve(here: Office) -> None:
    config = here.config
    _check_port(here)
    signal.signal(signal.SIGTERM, _stop)
    address = f"http://{config.host}:{config.port}/"
    tell(
        say(
            f"网站：{address}  （Ctrl-C 停止）",
            f"The site: {address}  (Ctrl-C stops it)",
        )
    )
    for line in _sights(address):
        tell(line)

    with working(here), ticking(here):
        serve_wsgi(create_app(here), **server_settings(config))


def server_settings(config: Config) -> dict[str, Any]:
    """How waitress serves; what proxies say passes it only if believed."""
    return {
        "host": config.host,
        "port": config.port,
        "threads": THREADS,
        "ident": None,
        "clear_untrusted_proxy_headers": not config.proxies,
    }


def _stop(*_: object) -> None:
    raise SystemExit(0)


def _sights(address: str) -> list[str]:
    """What to look at first."""
    return [
        say("先看：", "To look at first:"),
        say(
            f"  {address}  全县：单位、值班表、是否证明最优",
            f"  {address}  the county: units, rosters, proofs",
        ),
        say(
            f"  {address}summary  值班与抽查汇总",
            f"  {address}summary  duty and spot checks",
        ),
        say(
            f"  {address}rules/schools  制度与参数",
            f"  {address}rules/schools  the rules and their parameters",
        ),
        say(
            f"  {address}calendar/2026  官方日历",
            f"  {address}calendar/2026  the official calendar",
        ),
    ]
