"""What is refused or mistaken about logs on duty: Chinese, English."""

SENTENCES: dict[str, tuple[str, str]] = {
    "not-on-this-shift": (
        "按现行值班表，这个班次不是您的，不能在它的日志里写",
        "By the roster in force this shift is not yours; you cannot write "
        "in its log",
    ),
    "log-not-open": (
        "这个班次的日志现在不能写：到岗前还没开始，或下一班已经接着。"
        "要补记的请找本单位排班人",
        "This log cannot be written now: it has not begun, or the next shift "
        "has. Ask the unit's editor to add something later",
    ),
    "no-such-shift": (
        "值班表里没有这个班次",
        "There is no such shift in the roster",
    ),
    "shift-not-over": (
        "这个班还没有结束，由当班人自己写",
        "The shift is not over; those on duty write themselves",
    ),
    "no-event-not-allowed": (
        "制度没有开放“无事项”，请记一笔",
        "The rules do not allow “no event”; write an entry",
    ),
    "no-such-entry": ("没有这条记录", "There is no such entry"),
    "entry-settled": (
        "这一条已经更正或办结了",
        "This entry has been corrected or closed already",
    ),
    "handed-over": ("这个班已经交过了", "This shift was handed over already"),
    "not-handed-over": (
        "上一班还没有交班",
        "The shift before has not handed over yet",
    ),
    "taken-over": ("已经接过班了", "It was taken over already"),
    "may-not-report": (
        "突发情况由当班的人或本单位排班人报告",
        "Incidents are reported by those on duty or by the unit's editor",
    ),
    "may-only-follow": (
        "电话、书面报告和结束由报告单位记，您可以记后续",
        "Calls, the written report and the end are noted by the unit; you "
        "may note what follows",
    ),
    "no-such-incident": ("没有这次报告", "There is no such report"),
    "incident-over": ("这件事已经结束", "This incident is over"),
    "reported-already": ("已经记过了", "It has been noted already"),
    "not-a-step": ("请选是哪一步", "Choose which step it is"),
    "not-in-the-past": (
        "时间还没有到，或早于事情发生",
        "The time has not come, or is before it happened",
    ),
    "no-zero-report": (
        "今天不用报平安",
        "No zero report is asked for today",
    ),
    "not-on-duty-today": (
        "今天不是您值班，由当天值班的人报",
        "You are not on duty today; those on duty report",
    ),
    "zero-reported": (
        "今天已经报过平安了",
        "The zero report of today has been made already",
    ),
    "not-in-this-shift": (
        "时间不在这个班次之内，或还没有到",
        "The time is not within this shift, or has not come yet",
    ),
    "no-time": ("请写时间", "Say when"),
    "no-words": ("请写内容", "Say what it was"),
    "no-reason": ("请写为什么现在才补记", "Say why it is added only now"),
    "not-a-count": ("应为数字", "Must be a number"),
}
