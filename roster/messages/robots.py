"""
The robots of group chats: 企业微信, 钉钉, 飞书.

Each answers HTTP 200 also where it refuses; what counts is the code in
the answer.
"""

import base64
import hmac
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import quote_plus

from roster.messages.posting import NotSent, Post

MORE = "…（其余请在网站上看）"


@dataclass(frozen=True, slots=True)
class Robot:
    """What the three have in common; secrets are kept out of its repr."""

    kind: ClassVar[str]
    official: ClassVar[str]
    path: ClassVar[str]
    most: ClassVar[int]  # bytes of a text
    # Codes that no other try will change: no such robot, wrong signature,
    # a keyword or address that its owner demands.
    final: ClassVar[Collection[int]]

    token: str = field(repr=False)
    post: Post
    secret: str = field(default="", repr=False)
    base: str = ""
    clock: Callable[[], float] = float

    def send(self, text: str) -> None:
        """Hands a text over; raises `NotSent`."""
        answer = self.post(self._url(), self._document(fit(text, self.most)))
        code = self._code(answer)
        if code != 0:
            raise NotSent(f"refused:{code}", again=code not in self.final)

    def _url(self) -> str:
        return (self.base or self.official) + self.path + self.token

    def _document(self, text: str) -> dict[str, Any]:
        return {"msgtype": "text", "text": {"content": text}}

    def _code(self, answer: Mapping[str, Any]) -> int:
        return _number(answer.get("errcode"))


class Wecom(Robot):
    """A robot of 企业微信."""

    kind = "wecom"
    official = "https://qyapi.weixin.qq.com"
    path = "/cgi-bin/webhook/send?key="
    most = 2_048
    final = (93_000, 93_017)


class Dingtalk(Robot):
    """A robot of 钉钉, signed where it has a secret."""

    kind = "dingtalk"
    official = "https://oapi.dingtalk.com"
    path = "/robot/send?access_token="
    most = 18_000
    final = (300_001, 300_005, 310_000, 400_013, 400_101, 400_102, 400_106)

    def _url(self) -> str:
        plain = super()._url()
        if not self.secret:
            return plain

        moment = str(round(self.clock() * 1000))
        seal = signed(self.secret, f"{moment}\n{self.secret}")
        return f"{plain}&timestamp={moment}&sign={quote_plus(seal)}"


class Feishu(Robot):
    """A robot of 飞书, signed where it has a secret."""

    kind = "feishu"
    official = "https://open.feishu.cn"
    path = "/open-apis/bot/v2/hook/"
    most = 18_000
    final = (19_001, 19_007, 19_021, 19_022, 19_024)

    def _document(self, text: str) -> dict[str, Any]:
        document = {"msg_type": "text", "content": {"text": text}}
        if not self.secret:
            return document

        moment = str(int(self.clock()))
        seal = signed(f"{moment}\n{self.secret}", "")
        return {"timestamp": moment, "sign": seal, **document}

    def _code(self, answer: Mapping[str, Any]) -> int:
        return _number(answer.get("code", answer.get("StatusCode")))


ROBOTS: dict[str, type[Robot]] = {
    robot.kind: robot for robot in (Wecom, Dingtalk, Feishu)
}


def signed(key: str, words: str) -> str:
    """HMAC-SHA256 in base64, as both services want it."""
    digest = hmac.digest(key.encode(), words.encode(), "sha256")
    return base64.b64encode(digest).decode()


def fit(text: str, most: int) -> str:
    """A text of at most so many bytes; what is cut off is said."""
    if len(text.encode()) <= most:
        return text

    room = most - len(MORE.encode())
    return text.encode()[:room].decode(errors="ignore") + MORE


def _number(code: object) -> int:
    """The answer's code; an answer without one is no success."""
    return code if isinstance(code, int) else -1
