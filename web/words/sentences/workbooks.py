"""What is wrong in a name list handed in as a workbook."""

SENTENCES: dict[str, tuple[str, str]] = {
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
}
