"""The sentence of every code: Chinese, English."""

SENTENCES: dict[str, tuple[str, str]] = {
    # documents in JSON
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
    # the name list
    "not-a-workbook": (
        "不是可用的 .xlsx 工作簿（CSV、文档等请先另存为 .xlsx）",
        "Not a usable .xlsx workbook (save CSV or text as .xlsx first)",
    ),
    "old-workbook": (
        "是旧格式（.xls、.et）的工作簿，请另存为 .xlsx",
        "A workbook of an old format (.xls, .et); save it as .xlsx",
    ),
    "encrypted-workbook": (
        "是加密的工作簿，请去掉密码再存一份",
        "The workbook is encrypted; save it without a password",
    ),
    "too-many-cells": (
        "共有 {value} 个单元格，最多 {most} 个；请清除空白处的边框和合并",
        "It has {value} cells, at most {most} are read; clear the borders "
        "and merged areas of empty ones",
    ),
    "formula-not-counted": (
        "公式没有算出的值；请在表格软件里打开、保存，或直接填值",
        "The formula has no value; open and save it in a spreadsheet program",
    ),
    "cell-error": (
        "这一格的公式出错，请改正或直接填值",
        "The formula of this cell fails; correct it or write the value",
    ),
    "terms-overlap": (
        "与学期“{other}”的日期重叠",
        "It shares dates with the term “{other}”",
    ),
    "wishes-differ": (
        "{value} 既愿值班又愿休息",
        "Both on duty and free are wished for {value}",
    ),
    "too-many-rows": (
        "共有 {value} 行，最多 {most} 行",
        "It has {value} rows; at most {most} are read",
    ),
    "missing-sheet": ("缺少这张表", "This sheet is missing"),
    "unknown-sheet": (
        "不认识这张表（不用的请删去）",
        "This sheet is not known; delete it if it is not needed",
    ),
    "sheet-twice": (
        "这张表与另一张重复",
        "This sheet stands for one that is there already",
    ),
    "no-header": ("前十行里找不到表头", "No header in the first ten rows"),
    "missing-column": ("缺少这一列", "This column is missing"),
    "column-twice": ("这一列出现两次", "This column stands twice"),
    "unknown-column": (
        "不认识这一列（不用的请删去）",
        "This column is not known; delete it if it is not needed",
    ),
    "empty-cell": ("必须填写", "This must be filled in"),
    "cell-too-long": ("最多 {most} 个字", "At most {most} characters"),
    "cell-date": (
        "不是日期，可写 2026-10-01、2026.10.1 或 10月1日",
        "Not a date; write 2026-10-01",
    ),
    "year-unclear": (
        "看不出是哪一年，请写全年月日",
        "The year is not clear; write it out",
    ),
    "cell-choice": ("没有这个选项", "There is no such choice"),
    "cell-number": (
        "应为 {low} 至 {high} 的整数",
        "Must be a whole number from {low} to {high}",
    ),
    "cell-phone": (
        "不是电话号码，如 0933-6120001 或 11 位手机号",
        "Not a telephone number",
    ),
    "end-twice": (
        "开始日期一格已写了范围，结束日期不要再填",
        "The first cell holds a range already; leave this one empty",
    ),
    "outside-the-term": ("不在学期之内", "It lies outside its term"),
    "unit-above-itself": (
        "上级单位绕回了自己",
        "The unit comes to stand above itself",
    ),
    "id-taken": (
        "“{value}”与第 {before} 行重复",
        "“{value}” is taken by row {before}",
    ),
    "same-name-needs-id": (
        "与第 {before} 行同单位同名，两人都要填工号",
        "The same unit and name as row {before}; both need a number",
    ),
    "nobody-named": (
        "没有写是谁（姓名或工号）",
        "Nobody is named (by name or number)",
    ),
    "unit-needed": (
        "没有写单位，也没有工号",
        "Neither a unit nor a number is given",
    ),
    "nobody-of-that-name": (
        "“{unit}”没有叫“{value}”的人",
        "Nobody at “{unit}” is called “{value}”",
    ),
    "several-of-that-name": (
        "“{unit}”有几个人叫“{value}”，请填工号",
        "Several people at “{unit}” are called “{value}”; give the number",
    ),
    "name-and-id-differ": (
        "姓名是“{value}”，而工号是“{known}”的",
        "The name is “{value}”, the number is that of “{known}”",
    ),
    "not-two-people": (
        "关系须写两个不同的人",
        "A relation needs two different people",
    ),
    "weekday-differs": (
        "{value} 是周{weekday}，与所写星期不符 {sentence}",
        "{value} is another weekday (周{weekday}) {sentence}",
    ),
    # rule documents
    "toml-syntax": ("写法有误：{detail}", "Not valid TOML: {detail}"),
    "not-a-table": ("“{key}”应为表", "“{key}” must be a table"),
    "unknown-key": ("没有“{key}”这一项", "There is no key “{key}”"),
    "missing-key": ("缺少“{key}”", "“{key}” is missing"),
    "not-a-number": ("“{key}”应为正整数", "“{key}” must be a whole number"),
    "not-allowed": ("这个值不允许", "This value is not allowed"),
    "tier-and-force": (
        "目标条款须有 1–9 的层级，其他条款不得有",
        "Goals need a tier from 1 to 9, other articles have none",
    ),
    "not-yes-or-no": (
        "“{key}”应为 true 或 false",
        "“{key}” must be true or false",
    ),
    "param-type": (
        "“{label}”的值类型不对",
        "The value of “{label}” is of the wrong type",
    ),
    "param-choice": (
        "“{label}”没有这个选项",
        "“{label}” has no such choice",
    ),
    "param-form": (
        "“{label}”的写法不对，应如 {allowed}",
        "“{label}” must be written like {allowed}",
    ),
    "param-range": ("“{label}”超出范围", "“{label}” is out of range"),
    "article-order": (
        "条款应按序编号，这里应为第 {due} 条",
        "Articles are numbered through; this must be number {due}",
    ),
    "param-twice": (
        "参数“{value}”定义了两次",
        "The parameter “{value}” is defined twice",
    ),
    "param-missing": (
        "缺少参数“{label}”（{name}），原稿在{article}",
        "The parameter “{label}” ({name}) is missing; {article} of the "
        "shipped document has it",
    ),
    "param-retyped": (
        "“{label}”（{name}）的值须与原稿{article}同类，应如 {example}",
        "The value of “{label}” ({name}) must be of the kind that {article} "
        "of the shipped document has, like {example}",
    ),
    "param-reformed": (
        "“{label}”（{name}）的 form 须与原稿{article}相同：{form}",
        "The form of “{label}” ({name}) must be that of {article} of the "
        "shipped document: {form}",
    ),
    "param-wider": (
        "“{label}”（{name}）允许的值（one_of、least、most）须写明，"
        "且不得超出原稿{article}",
        "What “{label}” ({name}) allows (one_of, least, most) must be given, "
        "and no wider than in {article} of the shipped document",
    ),
    "override-lost": (
        "“{unit}”已按“{document}”调整参数 {name}，这份制度里却没有它",
        "“{unit}” has set the parameter {name} by “{document}”; this "
        "document lacks it",
    ),
    "override-unusable": (
        "“{unit}”已按“{document}”把“{label}”（{name}）调为 {value}，"
        "这份制度不再允许",
        "“{unit}” has set “{label}” ({name}) to {value} by “{document}”; "
        "this document no longer allows it",
    ),
    "unknown-book": (
        "没有“{value}”这份制度",
        "There is no document “{value}”",
    ),
    "unknown-unit": ("没有“{value}”这个单位", "There is no unit “{value}”"),
    "unknown-param": (
        "制度里没有参数“{value}”",
        "The document has no parameter “{value}”",
    ),
    # the official calendar
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
    # work steps
    "unknown-term": ("没有“{value}”这个学期", "There is no term “{value}”"),
    "no-terms": (
        "还没有学期：请先导入名册（duty-roster import 名册.xlsx）",
        "There is no term yet: import a workbook first",
    ),
    "two-people-needed": (
        "发布须写明编排人和批准人",
        "Publishing needs an author and an approver",
    ),
    "same-person": (
        "编排人和批准人不能是同一人（{value}）",
        "Author and approver must be two people ({value})",
    ),
    "not-a-draft": (
        "这不是草稿，不能发布",
        "This is not a draft and cannot be published",
    ),
    "no-drafts": (
        "没有可发布的草稿：请先生成（duty-roster generate）",
        "There is no draft to publish: generate first",
    ),
    "no-rosters": (
        "学期“{value}”还没有值班表：请先生成（duty-roster generate）",
        "The term “{value}” has no rosters yet: generate first",
    ),
    "open-shifts": (
        "“{unit}”还有空缺班次：{shifts}",
        "“{unit}” still has open shifts: {shifts}",
    ),
    "draft-altered": (
        "“{unit}”的草稿与生成时不一致，请重新生成",
        "The draft of “{unit}” differs from what was generated; "
        "generate it again",
    ),
    "calendar-changed": (
        "“{unit}”的草稿依据的放假安排已变更，请重新生成",
        "The calendar has changed since the draft of “{unit}” was made; "
        "generate it again",
    ),
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
    "feed-revoked": (
        "这个订阅地址已停用",
        "This feed was taken back",
    ),
    "too-long": ("最多 {most} 个字", "At most {most} characters"),
    # spot checks
    "check-differs": (
        "同一编号的检查已有另一份内容",
        "Another check is recorded under this id",
    ),
    "no-roster-then": (
        "“{unit}”当时没有已发布的值班表",
        "“{unit}” had no published roster at that moment",
    ),
    "not-an-id": ("检查编号不对", "Not a check's id"),
    "in-the-future": ("检查时间还没到", "The check lies in the future"),
    "nobody-checks": (
        "请至少选一名检查人员",
        "Choose at least one inspector",
    ),
    "may-not-check": (
        "“{value}”不能检查这个单位（本单位人员、须回避或不在检查人员中）",
        "“{value}” may not check this unit (own staff, recused or no "
        "inspector)",
    ),
    "nobody-on-duty": (
        "值班表上这个时间没有人值班",
        "Nobody is on duty by the roster at that moment",
    ),
    "not-on-duty-then": (
        "“{staff_id}”这个时间不当班",
        "“{staff_id}” is not on duty at that moment",
    ),
    "found-twice": (
        "“{staff_id}”写了两次结果",
        "“{staff_id}” has two results",
    ),
    "not-looked-at": ("还没有填“{name}”的结果", "“{name}” has no result yet"),
    "makes-no-sense": (
        "“{name}”不能记为“{value}”：此时不要求本人在场，或检查方式不符",
        "“{name}” cannot be “{value}”: presence in person is not due then, "
        "or the way of checking does not fit",
    ),
    "no-moment": (
        "检查时间应写成 2026-10-01 12:30",
        "Write the moment as 2026-10-01 12:30",
    ),
    # files and commands
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
