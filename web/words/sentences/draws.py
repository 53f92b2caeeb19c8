"""What is refused or mistaken about the random draw."""

SENTENCES: dict[str, tuple[str, str]] = {
    "draw-empty": ("必须填写", "Must be filled in"),
    "draw-not-a-number": ("应为整数", "Must be a whole number"),
    "draw-not-a-time": ("应写成 21:30", "Write 21:30"),
    "draw-no-units": (
        "还没有可抽的单位：请先录入学校",
        "There are no units to draw from; enter schools first",
    ),
    "draw-no-days": (
        "这个学期往后没有值班日可抽",
        "No duty days of this term are left to be drawn",
    ),
    "draw-places": (
        "应为 {least} 至 {most}：少了查不遍所有单位",
        "Must be {least} to {most}; fewer would not reach every unit",
    ),
    "draw-percent": (
        "比例应为 0 至 100",
        "Shares must be 0 to 100",
    ),
    "draw-ways": (
        "三种方式的比例加起来应为 100，现在是 {value}",
        "The three shares must add up to 100, not {value}",
    ),
    "draw-value-due": (
        "截止不能早于公布",
        "Must not be before the value comes out",
    ),
    "draw-value-form": (
        "只写数字或字母，如 357 或 4 7 1",
        "Digits or letters only, as 357 or 4 7 1",
    ),
    "no-such-series": ("没有这个抽查方案", "There is no such series"),
    "series-committed": (
        "已经承诺，不能再改；可以停止后另做一个",
        "It was committed to and cannot be changed; stop it and make another",
    ),
    "series-not-committed": (
        "还没有承诺，不能抽",
        "It was not committed to yet; nothing is drawn",
    ),
    "series-over": (
        "密钥已经公布，这个方案结束了",
        "Its key was published; this series is over",
    ),
    "series-stopped": ("已经停止过", "It was stopped already"),
    "no-value-now": (
        "现在没有要录入的公共值：还没有公布，或已过截止",
        "No public value may be entered now: none has come out, or it was due",
    ),
    "no-such-draw": ("没有这次抽取", "There is no such draw"),
    "draw-over": (
        "这一次已经结束或作废，不能再动",
        "It is over or cancelled and stays as it is",
    ),
    "no-draw-reason": ("请写明原因", "Say why"),
    "draw-dispatched": (
        "已有检查派出，不能重抽；可以作废",
        "Checks were dispatched; it can be cancelled, not drawn again",
    ),
    "draw-cancelled": (
        "这次抽取已作废，不用去查",
        "This draw was cancelled; the check is not made",
    ),
    "draw-not-over": (
        "还有日子没抽完、没结束，现在公布密钥会泄露必查日",
        "Days are still to come; the key would tell the visit days",
    ),
    "draw-key-differs": (
        "打不开密钥：DUTY_ROSTER_DRAW_KEY（或数据文件夹的 secret.key）"
        "与承诺时不同",
        "The key cannot be opened: DUTY_ROSTER_DRAW_KEY (or secret.key of "
        "the data folder) is not what it was at the commitment",
    ),
    "no-such-place": (
        "没有派给您的这项检查，名单不能打开；这次尝试已记入日志",
        "No such check was dispatched to you; the attempt is in the journal",
    ),
    "place-checked": (
        "同去的人已经记录了这次检查",
        "This check has been recorded already",
    ),
    "not-the-time": (
        "检查时间不在 {day} 这次抽取之内",
        "The moment does not lie within the draw of {day}",
    ),
    "no-inspector": (
        "您不在检查人员名单里",
        "You are not among the inspectors",
    ),
    "nobody-there-say": (
        "值班表上没有人：请在说明里写看到的情况",
        "The roster has nobody then: say in words what was found",
    ),
    "no-reason-for-extra": (
        "抽签以外的检查要写明原因",
        "A check outside the draw needs its reason",
    ),
}
