"""What is wrong in a year's notice or in the calendar."""

SENTENCES: dict[str, tuple[str, str]] = {
    "not-a-notice": (
        "这不是国务院办公厅的放假安排通知",
        "This is not a State Council notice of holidays",
    ),
    "not-understood": (
        "这句没有读懂：{sentence}",
        "Not understood: {sentence}",
    ),
    "off-twice": (
        "同一节日说了两次放假：{sentence}",
        "One holiday is declared off twice: {sentence}",
    ),
    "count-differs": (
        "天数不符（写的是 {stated}，数出来是 {counted}）：{sentence}",
        "The count differs ({stated} stated, {counted} counted): {sentence}",
    ),
    "no-weekend-beside": (
        "说“与周末连休”，旁边却不是周末：{sentence}",
        "It joins no weekend: {sentence}",
    ),
    "make-up-on-a-weekday": (
        "补班日 {value} 本来就是工作日：{sentence}",
        "The make-up day {value} is a working day anyhow: {sentence}",
    ),
    "no-such-date": (
        "没有 {value} 这一天：{sentence}",
        "There is no such date as {value}: {sentence}",
    ),
    "lunar-differs": (
        "{value} 是农历{lunar}，与所写不符：{sentence}",
        "{value} is {lunar} by the lunar calendar: {sentence}",
    ),
    "unknown-holiday": (
        "没有“{value}”这个节日：{sentence}",
        "There is no holiday “{value}”: {sentence}",
    ),
    "make-up-inside": (
        "补班日 {value} 落在放假期间：{sentence}",
        "The make-up day {value} lies in a holiday: {sentence}",
    ),
    "make-up-far": (
        "补班日 {value} 离假期超过 {most} 天：{sentence}",
        "The make-up day {value} lies more than {most} days from its "
        "holiday: {sentence}",
    ),
    "exchange-uneven": (
        "调休 {exchanged} 天，补班却是 {worked} 天：{sentence}",
        "{exchanged} days exchanged but {worked} worked: {sentence}",
    ),
    "holiday-missing": ("缺少“{value}”的安排", "“{value}” is missing"),
    "holiday-twice": ("“{value}”出现两次", "“{value}” stands twice"),
    "statutory-outside": (
        "法定节日 {value}（{name}）没有放假",
        "The statutory day {value} ({name}) is not off",
    ),
    "holidays-overlap": (
        "{value} 同时属于“{name}”和另一节日",
        "{value} belongs to “{name}” and to another holiday",
    ),
    "amends-nothing": (
        "调整的是 {value} 年，但还没有录入该年的通知",
        "It amends {value}, whose own notice is not known yet",
    ),
    "not-a-year": (
        "年份应为 2014 至 2099",
        "The year must lie between 2014 and 2099",
    ),
    "not-a-holiday": (
        "应有 date、name、isOffDay 三项",
        "It needs date, name and isOffDay",
    ),
    "days-apart": (
        "“{value}”的放假日不相连",
        "The days of “{value}” do not hang together",
    ),
}
