"""Pages that say what went wrong, and what to do."""

from flask import Flask, render_template
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from roster.errors import Refused, Unusable
from web.pages import language
from web.words import all_sentences, refusal_sentence


def register(app: Flask) -> None:
    """Gives every error a page of its own."""

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[str, int]:
        code = error.code or 500
        return _page(code, [_words(code)])

    @app.errorhandler(CSRFError)
    def stale(_: CSRFError) -> tuple[str, int]:
        words = gettext("表单已过期，请返回上一页刷新后再提交。")
        return _page(400, [words])

    @app.errorhandler(Refused)
    def refused(error: Refused) -> tuple[str, int]:
        return _page(409, [refusal_sentence(error, language())])

    @app.errorhandler(Unusable)
    def unusable(error: Unusable) -> tuple[str, int]:
        return _page(400, all_sentences(error, language()))


def _page(code: int, lines: list[str]) -> tuple[str, int]:
    page = render_template("errors/error.html", code=code, lines=lines)
    return page, code


def _words(code: int) -> str:
    known = {
        400: gettext("提交的内容读不懂，请返回上一页重新填写。"),
        403: gettext("没有这项权限。需要的话请找本单位的排班管理员。"),
        404: gettext("没有这个页面。"),
        405: gettext("这个地址不接受这种请求。"),
        413: gettext("提交的内容太大。"),
    }
    return known.get(code, gettext("出错了，请稍后再试。"))
