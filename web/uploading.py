"""A file is sent in, looked at, and kept until somebody confirms it."""

from collections.abc import Callable
from typing import Protocol

from flask import redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from roster.errors import Unusable
from web.pages import language, office
from web.uploads import Uploaded, Uploads
from web.words import all_sentences

Answer = str | Response | tuple[str, int]


class Desk(Protocol):
    """What a file is sent to."""

    @property
    def purpose(self) -> str:
        """What an uploaded file is kept for."""

    def url(self, token: str = "") -> str:
        """The page to send a file from, or the preview of one."""


def uploads() -> Uploads:
    """The files of this installation that wait."""
    return Uploads(office().config.folder)


def send_in(
    desk: Desk,
    look: Callable[[Uploaded], object],
    page: Callable[[list[str]], str],
) -> Answer:
    """On to the preview of the file; what is wrong is told on the page."""
    sent = request.files.get("workbook")
    if sent is None or not sent.filename:
        return page([gettext("请先选择文件。")]), 400

    file = Uploaded(sent.filename, sent.read())
    try:
        look(file)
    except Unusable as error:
        return page(all_sentences(error, language())), 400

    token = uploads().keep(desk.purpose, file.name, file.content)
    return redirect(desk.url(token), 303)
