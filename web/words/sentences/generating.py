"""Why rosters are not generated."""

SENTENCES: dict[str, tuple[str, str]] = {
    "already-asked-for": (
        "“{units}”这个学期已有生成请求在进行：请等它完成，或先取消",
        "“{units}” are being generated for this term already: wait, or "
        "cancel that request",
    ),
    "nothing-asked-for": (
        "请至少选一个单位",
        "Choose at least one unit",
    ),
    "no-such-relaxation": (
        "没有这一条放宽办法",
        "There is no such relaxation",
    ),
    "attempt-outdated": (
        "“{unit}”那次生成之后，制度、日历或结果已有变化：请重新生成",
        "Rules, calendar or results have changed since that attempt at "
        "“{unit}”: generate it again",
    ),
    "request-over": (
        "这个请求已经结束",
        "This request is over already",
    ),
    "worker-died": (
        "求解程序几次中途退出，已放弃：请看服务器日志，内存是否不足",
        "The solving process ended several times and was given up: see "
        "the server's log, and whether its memory suffices",
    ),
    "program-mistake": (
        "程序出错，已停止；做完的已保存。详情在服务器日志里",
        "The program made a mistake and stopped; what was done is kept. "
        "The server's log tells more",
    ),
}
