"""Why comp-leave is not possible."""

SENTENCES: dict[str, tuple[str, str]] = {
    "comp-not-a-date": (
        "请写明从哪天到哪天，例如 2026-12-01",
        "Say from which date to which, such as 2026-12-01",
    ),
    "comp-order": (
        "结束的半天在开始的前面",
        "The last half-day lies before the first",
    ),
    "comp-too-long": (
        "一次最多申请 {most} 个半天，请分几次",
        "At most {most} half-days at once; ask several times",
    ),
    "comp-no-workday": (
        "这几天都不上班，不用补休",
        "Nobody works on these days; no comp-leave is needed",
    ),
    "comp-begun": (
        "{date} 的这半天已经开始，只能申请还没到的",
        "That half of {date} has begun; ask for what is still to come",
    ),
    "comp-left": (
        "{date} 以后已不在本单位",
        "They are not with the unit after {date}",
    ),
    "comp-on-leave": (
        "{first} 至 {last} 已请假，不用再补休",
        "They are on leave from {first} to {last} already",
    ),
    "comp-on-duty": (
        "{date} 的班与这几个半天重叠，请先换班",
        "The duty of {date} runs into it; swap it first",
    ),
    "comp-taken": (
        "{date} 已申请过或已批准补休",
        "Comp-leave on {date} was asked for or granted already",
    ),
    "comp-too-few": (
        "补休不够：要 {wanted} 个半天，现有 {left} 个"
        "（另有 {pending} 个正在申请），而且要到 {until} 还没过期",
        "Too little is left: {wanted} half-days asked for, {left} there "
        "({pending} more are being asked for), and they must last until "
        "{until}",
    ),
    "comp-not-yours": (
        "只有本人、本单位的编排人和审核人可以办",
        "Only they themselves, the unit’s editors and approvers may do this",
    ),
    "comp-own": (
        "不能批自己的补休，请别的编排人或审核人批",
        "Nobody decides on their own; ask another editor or approver",
    ),
    "comp-begun-already": (
        "补休已经开始，不能再收回；被叫回来上班的，请编排人或审核人收回余下的",
        "It has begun and cannot be taken back; if you were called back, an "
        "editor or approver takes back the rest",
    ),
    "comp-unknown": ("没有这次补休", "There is no such comp-leave"),
    "comp-no-longer": (
        "这次补休已经办过，请看最新状态",
        "This has been dealt with already; look at where it stands",
    ),
}
