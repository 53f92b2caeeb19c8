"""Why a file, a port or a data folder is of no use."""

SENTENCES: dict[str, tuple[str, str]] = {
    "no-such-file": ("没有这个文件", "There is no such file"),
    "cannot-read": ("读不出：{detail}", "Cannot be read: {detail}"),
    "cannot-write": ("写不进：{detail}", "Cannot be written: {detail}"),
    "one-out": (
        "几个问题须用 --out-dir",
        "Several problems need --out-dir",
    ),
    "same-out": (
        "两个问题文件同名，结果会互相覆盖",
        "Two problem files bear one name; one outcome would hide the other",
    ),
    "wrong-problem": (
        "这个结果属于另一个问题（{value}）",
        "This outcome belongs to another problem ({value})",
    ),
    "port-taken": (
        "端口 {value} 已被占用，请用 PORT=另一个端口",
        "Port {value} is taken; set PORT to another one",
    ),
    "not-empty": (
        "数据文件夹里已有数据，演示县只装进空的数据文件夹",
        "The data folder has data; the demonstration needs an empty one",
    ),
}
