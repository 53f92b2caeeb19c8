"""What is wrong in a spot check."""

SENTENCES: dict[str, tuple[str, str]] = {
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
}
