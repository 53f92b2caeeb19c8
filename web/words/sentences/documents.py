"""What is wrong in a problem or an outcome handed in as JSON."""

SENTENCES: dict[str, tuple[str, str]] = {
    "too-large": ("文件太大", "The file is too large"),
    "not-utf8": (
        "第 {position} 字节起不是 UTF-8 文字",
        "Not UTF-8 from byte {position} on",
    ),
    "not-json": ("不是有效的 JSON：{detail}", "Not valid JSON: {detail}"),
    "key-twice": ("“{key}”写了两次", "“{key}” stands twice"),
    "too-deep": ("嵌套层数太多", "Nested too deeply"),
    "not-an-object": ("应为对象 {{…}}", "Must be an object {{…}}"),
    "unknown-field": ("没有这个字段", "There is no such field"),
    "missing-field": ("缺少字段“{field}”", "The field “{field}” is missing"),
    "not-a-text": ("应为文字", "Must be text"),
    "not-a-name": ("应为非空文字", "Must be text that is not empty"),
    "not-a-number-in-range": (
        "应为 {least} 至 {most} 的整数",
        "Must be a whole number from {least} to {most}",
    ),
    "not-true-or-false": (
        "应为 true 或 false",
        "Must be true or false",
    ),
    "not-a-date": (
        "不是日期，应写成 2026-10-01",
        "Not a date; write 2026-10-01",
    ),
    "not-a-moment": (
        "不是带时区的时刻，应写成 2026-10-01T08:00+08:00",
        "Not a moment with its offset; write 2026-10-01T08:00+08:00",
    ),
    "end-not-after-start": (
        "结束须晚于开始",
        "The end must be after the start",
    ),
    "range-reversed": (
        "结束日期早于开始日期 {sentence}",
        "The range ends before it begins {sentence}",
    ),
    "not-a-list": ("应为列表 […]", "Must be a list […]"),
    "id-twice": ("编号“{id}”出现两次", "The id “{id}” stands twice"),
    "unknown-id": ("没有编号为“{id}”的条目", "Nobody bears the id “{id}”"),
    "unknown-kind": ("没有这种条款", "There is no such kind of clause"),
    "names-nobody": (
        "至少要写 staff_tags 或 staff",
        "staff_tags or staff must be given",
    ),
    "not-a-pair": ("应为两个编号", "Must be two ids"),
    "date-or-shift": (
        "date 与 shift 须写且只写一个",
        "Exactly one of date and shift must be given",
    ),
    "not-a-range": (
        "应为两个日期 [起, 止]",
        "Must be two dates [from, to]",
    ),
    "pin-not-eligible": (
        "固定的人员“{staff}”没有这个岗位",
        "The pinned person “{staff}” does not fill this post",
    ),
    "pin-unavailable": (
        "固定的人员“{staff}”当天不在",
        "The pinned person “{staff}” is away on that date",
    ),
    "pins-overlap": (
        "与固定在班次“{shift}”的时间重叠",
        "Overlaps the pin on shift “{shift}”",
    ),
    "too-many-pins": (
        "班次“{shift}”只要 {needs} 人，固定的多于此数",
        "Shift “{shift}” needs {needs}; more are pinned",
    ),
    "not-seconds": ("应为不小于 0 的秒数", "Must be seconds, 0 or more"),
    "not-a-conflict-member": (
        "应写且只写 clause、pin、shift、unavailable 之一",
        "Exactly one of clause, pin, shift, unavailable must be given",
    ),
}
