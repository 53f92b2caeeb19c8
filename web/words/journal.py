"""The journal in words: who did what, in both languages."""

from collections.abc import Iterator, Mapping
from typing import Any

from roster.rights import Role
from roster.services.history import Entry
from web.language import CHINESE
from web.words.office import STATUSES, Pair
from web.words.roles import ROLES

VERBS: dict[str, Pair] = {
    "activate": ("启用了", "activated"),
    "add": ("新增了", "added"),
    "agree": ("同意了", "agreed to"),
    "approve": ("批准了", "approved"),
    "ask": ("请求生成", "asked for"),
    "cancel": ("取消了", "cancelled"),
    "change": ("修改了", "changed"),
    "close": ("关闭了", "closed"),
    "commit": ("承诺了", "committed to"),
    "confirm": ("确认了", "confirmed"),
    "copy": ("复制了", "copied"),
    "create": ("建立了", "created"),
    "deactivate": ("停用了", "deactivated"),
    "decline": ("谢绝了", "declined"),
    "dispatch": ("派发了", "dispatched"),
    "draw": ("抽取了", "drew"),
    "edit": ("修改了", "edited"),
    "edit: begin": ("由现行版起草", "began as the version in force:"),
    "edit: change": ("修改了", "changed"),
    "edit: note": ("写备注：", "noted on"),
    "edit: pin": ("固定人员：", "pinned in"),
    "edit: rebase": ("接受现行版的改动：", "took over what is in force:"),
    "edit: redo": ("重做：", "did again in"),
    "edit: resolve": ("重排其余：", "solved the rest anew:"),
    "edit: swap": ("对换：", "swapped in"),
    "edit: undo": ("撤销一步：", "undid in"),
    "edit: unpin": ("取消固定：", "unpinned in"),
    "end": ("结束了", "ended"),
    "expire": ("过期：", "expired:"),
    "export": ("导出了", "exported"),
    "generate": ("生成了", "generated"),
    "grant": ("授予权限：", "granted a role:"),
    "hand over": ("交接了", "handed over"),
    "import": ("导入了", "imported"),
    "lock": ("锁定了", "locked"),
    "log in": ("登录：", "logged in:"),
    "log out": ("退出：", "logged out:"),
    "make": ("建立了", "made"),
    "move": ("调动了", "moved"),
    "open": ("打开了", "opened"),
    "override": ("另定了", "set differently"),
    "propose": ("提出了", "proposed"),
    "publish": ("发布了", "published"),
    "recuse": ("回避了", "recused themselves from"),
    "reveal": ("公布了密钥：", "published the key of"),
    "record": ("记录了", "recorded"),
    "refuse": ("拒绝了", "refused"),
    "remove": ("删去了", "removed"),
    "repair": ("调整了", "repaired"),
    "report": ("报送了", "reported"),
    "reset": ("重设了", "reset"),
    "return": ("退回了", "returned"),
    "revoke": ("收回了", "revoked"),
    "set": ("设定了", "set"),
    "stand in": ("应急顶替：", "stood in:"),
    "submit": ("提交了", "submitted"),
    "subscribe": ("订阅了", "subscribed to"),
    "take back": ("撤回了", "took back"),
    "use": ("启用了", "put to use"),
    "take over": ("接了班：", "took over"),
    "try again": ("重发了", "sent again"),
    "withdraw": ("撤销了", "withdrew"),
    "write": ("写了", "wrote"),
}

NOUNS: dict[str, Pair] = {
    "account": ("账号", "the account"),
    "calendar": ("日历", "the calendar"),
    "channel": ("消息渠道", "the message channel"),
    "check": ("抽查", "a spot check"),
    "comp leave": ("补休", "comp-leave"),
    "county": ("全县名册", "the county’s workbook"),
    "draft": ("草稿", "the draft"),
    "draw": ("抽查（抽签）", "a drawn check"),
    "draw series": ("抽查方案", "the series of checks"),
    "inspector days": ("检查日期", "inspection days"),
    "duty log": ("值班日志", "the duty log"),
    "feed": ("日历订阅", "the calendar feed"),
    "inspector": ("检查人员", "the inspector"),
    "incident": ("突发情况", "an incident"),
    "leave": ("请假", "leave"),
    "limit": ("限排", "a limit"),
    "message": ("消息", "a message"),
    "past": ("历史值班", "a past duty"),
    "presence": ("学生在校", "students present"),
    "quiet hours": ("免打扰时段", "quiet hours"),
    "relation": ("关系", "a relation"),
    "request": ("生成任务", "generation"),
    "roster": ("值班表", "the roster"),
    "rule": ("制度", "the rules"),
    "setting": ("设置", "the setting"),
    "staff": ("人员", "the person"),
    "swap": ("换班", "a swap"),
    "term": ("学期", "the term"),
    "unit": ("单位", "the unit"),
    "wish": ("意愿", "a wish"),
    "wish round": ("意愿征集", "a wish round"),
    "zero report": ("零报告", "a zero report"),
}

# Facts that say something to people; digests and numbers of rows do not.
FACTS: dict[str, Pair] = {
    "reason": ("理由", "reason"),
    "remarks": ("意见", "remarks"),
    "remark": ("意见", "remark"),
    "document": ("文号", "document"),
    "value": ("取值", "value"),
    "version": ("版本", "version"),
    "key_hash": ("密钥摘要", "key hash"),
    "frame_hash": ("名单摘要", "frame hash"),
    "day": ("日期", "day"),
    "notices": ("通知", "notices"),
    "status": ("结果", "result"),
    "since": ("从", "since"),
    "changes": ("改动", "changes"),
    "author": ("编制人", "drawn up by"),
    "approver": ("审核人", "approved by"),
    "role": ("角色", "role"),
    "unit": ("单位", "unit"),
    "staff": ("人员", "person"),
    "partner": ("对方", "with"),
    "term": ("学期", "term"),
    "shift": ("班次", "shift"),
    "back": ("换回", "in return"),
    "emergency": ("应急", "emergency"),
    "behalf": ("代为办理", "on behalf"),
    "hours": ("时段", "hours"),
    "minutes": ("提前分钟", "minutes before"),
    "kind": ("种类", "kind"),
    "file": ("文件", "file"),
    "open": ("空缺", "open shifts"),
    "broken": ("违反条款", "articles broken"),
    # fields of records
    "id": ("编号", "id"),
    "name": ("名称", "name"),
    "parent": ("上级单位", "unit above"),
    "boarding": ("寄宿", "boarding"),
    "public": ("公办", "public"),
    "phone": ("电话", "telephone"),
    "date": ("日期", "date"),
    "post": ("岗位", "post"),
    "gender": ("性别", "gender"),
    "standing": ("身份", "standing"),
    "position": ("职务", "position"),
    "share": ("份额", "share"),
    "hometown_away": ("老家在外地", "home elsewhere"),
    "employed": ("在岗", "employed"),
    "first": ("起", "from"),
    "last": ("止", "until"),
    "note": ("备注", "note"),
    "vacations": ("假期", "vacations"),
}
HIDDEN = {
    "base",
    "come",
    "gone",
    "notes",
    "pinned",
    "unpinned",
    "state",
    "revision",
    "digest",
    "feed",
    "below",
    "channel",
    "before",
    "seal",
}


def verb_word(verb: str, language: str = CHINESE) -> str:
    """What was done; an unknown verb speaks for itself."""
    return _in(VERBS.get(verb, (verb, verb)), language)


def noun_word(noun: str, language: str = CHINESE) -> str:
    """To what it was done."""
    return _in(NOUNS.get(noun, (noun, noun)), language)


def entry_sentence(
    entry: Entry, names: Mapping[str, str], language: str = CHINESE
) -> str:
    """发布了值班表：2026年秋季学期 柳湾小学 第3版."""
    what = _thing(entry, names, language)
    if language == CHINESE:
        done = verb_word(entry.verb) + noun_word(entry.noun)
        return f"{done}：{what}" if what else done

    done = (
        f"{verb_word(entry.verb, language)} {noun_word(entry.noun, language)}"
    )
    return f"{done}: {what}" if what else done


def _thing(entry: Entry, names: Mapping[str, str], language: str) -> str:
    if entry.noun in ("check", "county", "swap", "message"):
        return ""  # its id says nothing to anybody

    parts = [names.get(part, part) for part in entry.parts if part != "*"]
    if entry.noun == "roster" and len(parts) > 1:
        number = parts.pop()
        parts.append(
            f"第{number}版" if language == CHINESE else f"version {number}"
        )

    return " ".join(parts)


def entry_facts(
    entry: Entry, names: Mapping[str, str], language: str = CHINESE
) -> list[str]:
    """What else is known of it, a phrase each."""
    joint = "：" if language == CHINESE else ": "
    return [
        f"{_in(FACTS.get(key, (key, key)), language)}{joint}{words}"
        for key in entry.facts
        if key not in HIDDEN
        and (words := "、".join(_said(entry, key, names, language)))
    ]


def _said(
    entry: Entry, key: str, names: Mapping[str, str], language: str
) -> Iterator[str]:
    """A fact's value in words; of a changed field from what to what."""
    value = entry.facts[key]
    if entry.verb == "change":
        yield " → ".join(map(str, value)) if value else "…"
    elif key == "status":
        yield _in(STATUSES.get(str(value), (str(value),) * 2), language)
    elif key == "role" and value in list(Role):
        yield _in(ROLES[Role(value)], language)
    elif key in ("unit", "staff", "partner", "term"):
        yield names.get(str(value), str(value))
    elif _counted(value):
        added, changed, removed = value[:3]
        yield f"+{added} ±{changed} −{removed}"
    elif isinstance(value, list):
        yield from map(str, value)
    elif value is True:
        yield _in(("是", "yes"), language)
    elif value not in (None, "", False):
        yield str(value)


def _counted(value: Any) -> bool:
    """Whether it tells how much of a sheet an import changed."""
    return (
        isinstance(value, list)
        and len(value) == len(("added", "changed", "removed", "left out"))
        and all(isinstance(number, int) for number in value)
    )


def _in(pair: Pair, language: str) -> str:
    return pair[0 if language == CHINESE else 1]
