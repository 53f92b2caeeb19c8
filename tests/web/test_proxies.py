"""What a proxy in front says is believed only where it is configured."""

from dataclasses import replace
from http.client import HTTPConnection

import pytest
from flask import request

from roster.rights import Right
from tests.serving import running
from web import create_app, rights
from web.cli.site import server_settings

SAID = {
    "X-Forwarded-For": "10.1.2.3",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "duty.example.cn",
}


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [
        (0, "http://localhost/ 127.0.0.1"),
        (1, "https://duty.example.cn/ 10.1.2.3"),
    ],
)
def test_through_the_server_of_serve(here, monkeypatch, proxies, seen):
    config = replace(here.config, proxies=proxies, port=0)
    here.config = config
    app = create_app(here)
    monkeypatch.setitem(rights.RIGHTS, "echo", Right.OPEN)
    app.add_url_rule(
        "/echo", "echo", lambda: f"{request.host_url} {request.remote_addr}"
    )
    with running(app, **server_settings(config)) as port:
        connection = HTTPConnection("127.0.0.1", port)
        connection.request(
            "GET", "/echo", headers={"Host": "localhost", **SAID}
        )
        answer = connection.getresponse().read().decode()
        connection.close()

    assert answer == seen
