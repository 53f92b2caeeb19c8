"""Why a question about rosters, people or feeds has no answer."""

SENTENCES: dict[str, tuple[str, str]] = {
    "no-such-version": ("没有这一版", "There is no such version"),
    "nothing-to-compare": (
        "只有一版，没有可比较的",
        "There is only one version; nothing to compare it with",
    ),
    "files-or-unit": (
        "给四个文件，或者给 --unit，二者取一",
        "Give four files or --unit, one of the two",
    ),
    "four-files": (
        "须是四个文件：问题、结果、问题、结果；给了 {value} 个",
        "Four files are wanted: problem, outcome, problem, outcome; "
        "there are {value}",
    ),
    "no-roster-inside": (
        "这个结果里没有值班表（{value}）",
        "There is no roster in this outcome ({value})",
    ),
    "one-unit": (
        "“{value}”须是一个有值班表的单位，不能是学区",
        "“{value}” must be one unit with rosters, not a district",
    ),
    "no-such-duty": (
        "{staff} 没有值 {shift} 这一班",
        "{staff} does not hold {shift}",
    ),
    "which-duty": (
        "不止一个单位有 {staff} 值 {shift}，请加 --unit",
        "More than one unit has {staff} on {shift}; add --unit",
    ),
    "unknown-person": ("没有这个人", "There is no such person"),
    "no-published-roster": (
        "“{unit}”这个学期还没有已发布的值班表：请先生成并发布",
        "“{unit}” has no published roster for this term yet: generate and "
        "publish one first",
    ),
    "not-in-the-term": (
        "{value} 不在“{term}”（{first} 至 {last}）之内",
        "{value} lies outside “{term}” ({first} to {last})",
    ),
    "roster-renewed": (
        "“{unit}”的值班表刚发布了新版本，请重新调整",
        "A new version of the roster of “{unit}” was just published; "
        "repair that one",
    ),
    "unknown-staff": ("没有“{value}”这个人", "There is no person “{value}”"),
    "unknown-feed": (
        "没有这个订阅地址",
        "There is no such feed",
    ),
    "feed-code-gone": (
        "这个二维码已经用过或过期，请再生成一个",
        "This code was used or has expired; please make another",
    ),
    "feed-alarms": (
        "最多提醒 {most} 次，请从列出的时间里选",
        "At most {most} alarms, of the times listed",
    ),
    "too-long": ("最多 {most} 个字", "At most {most} characters"),
}
