"""What can be wrong with a unit's own roster."""

SENTENCES: dict[str, tuple[str, str]] = {
    "nobody-here": (
        "本单位没有叫“{value}”的人",
        "Nobody of this unit is called “{value}”",
    ),
    "nobody-but-perhaps": (
        "本单位没有叫“{value}”的人，是不是：{likely}",
        "Nobody of this unit is called “{value}”; perhaps {likely}?",
    ),
    "namesakes": (
        "有几个人叫“{value}”，请在姓名后面用括号写明工号或职务",
        "Several people are called “{value}”; write the number or position "
        "in brackets after the name",
    ),
    "of-another-unit": (
        "“{value}”是“{unit}”的人，不能排进本单位的值班表",
        "“{value}” belongs to “{unit}” and cannot be on this unit's roster",
    ),
    "named-twice": (
        "同一班里“{value}”写了两次",
        "“{value}” is named twice for one shift",
    ),
    "not-within-the-term": (
        "{value} 不在“{term}”之内，请看日期或所选的学期对不对",
        "{value} lies outside “{term}”: look at the date, or at the term "
        "chosen",
    ),
    "date-missing": (
        "这一行写了人，没有日期",
        "This row names people but no date",
    ),
    "month-unknown": (
        "“{value}”看不出是哪个月：请在月历上方、表名或日期里写明月份",
        "“{value}”: the month is not clear; write it above the grid, in the "
        "sheet's name or in the date",
    ),
    "post-unclear": (
        "这一天不止一个岗位，请在姓名前写明岗位",
        "That day has more than one post: write the post before the names",
    ),
    "turn-unclear": (
        "这一天的{post}分白班和夜班，请写明是哪一班",
        "That day has {post} by day and by night: write which is meant",
    ),
    "post-column-twice": (
        "“{value}”这个岗位有两列（另一列在 {before}），请合成一列或分别编号",
        "There are two columns “{value}” (the other is {before}): join or "
        "number them",
    ),
    "tables-differ": (
        "{date} {post}：与 {other} 写的人不同，请改一致，或只留一张表",
        "{date} {post}: {other} names other people; make them agree, or "
        "keep one table",
    ),
    "too-many-people": (
        "{date} {post}只要 {needs} 人，写了 {value} 人",
        "{date} {post} needs {needs}; {value} are named",
    ),
    "too-much-said": (
        "写的班次多于 {most} 个，不像一个单位一个学期的值班表",
        "It says more than {most} things, which no unit's term needs",
    ),
    "nothing-above": (
        "上面没有姓名，不知道“{value}”是谁",
        "There is no name above for “{value}” to repeat",
    ),
    "no-such-sheet": (
        "没有名为“{value}”的工作表",
        "There is no sheet called “{value}”",
    ),
    "no-roster-table": (
        "没有认出值班表：要么有一行表头，写着“日期”和岗位，"
        "要么是从周一到周日七列的月历",
        "No roster was recognised: it needs a header with 日期 and posts, or "
        "a month grid of seven weekday columns",
    ),
    "nothing-on-duty-days": (
        "写了人的日子，按制度在“{term}”都不值班或没有这些岗位",
        "On the days that name people the articles ask for no such duty in "
        "“{term}”",
    ),
    "nobody-named-here": (
        "表里没有写“{unit}”的人",
        "The tables name nobody of “{unit}”",
    ),
    "roster-file-outdated": (
        "您查看以后，名册、制度、日历或草稿有了变化，没有导入。下面是现在的预览",
        "Staff, rules, calendar or drafts have changed since you looked; "
        "nothing was imported. This is how it looks now",
    ),
    "draft-is-there": (
        "已有第 {number} 版草稿，没有导入：要替换它，请明确选择",
        "Version {number} is a draft already; nothing was imported. Say "
        "that it is to be replaced",
    ),
}
SENTENCES["draft-is-there-say-so"] = (
    "已有第 {number} 版草稿：要替换它，请加 --replace",
    "Version {number} is a draft already: add --replace to replace it",
)
