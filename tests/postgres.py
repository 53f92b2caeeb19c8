"""A throw-away PostgreSQL cluster, owned by somebody without rights."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder of the newest server's programs, if one is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent

    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """The URL of a running server; it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="duty-roster-pg-"))
    # The server refuses root, so a root's tests run it as postgres.
    prefix = []
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        prefix = ["runuser", "-u", "postgres", "--"]

    def run(*words: str) -> None:
        subprocess.run(
            [*prefix, *words],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    data, port = str(folder / "data"), _free_port()
    run(
        str(programs / "initdb"),
        *("-D", data, "-A", "trust", "-U", "postgres"),
        *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
    )
    quick = "-c fsync=off -c synchronous_commit=off"
    run(
        str(programs / "pg_ctl"),
        *("-D", data, "-w", "-o", f"-p {port} -k {folder} {quick}", "start"),
        *("-l", str(folder / "log")),
    )
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        run(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
