"""What is refused or mistaken when records are prepared: Chinese, English."""

SENTENCES: dict[str, tuple[str, str]] = {
    "id-known": (
        "“{value}”已经有了，请换一个",
        "“{value}” is taken; choose another",
    ),
    "name-known": (
        "已有同名的“{value}”；是另一个的，请另写编号或名称",
        "“{value}” is there already; if another is meant, give a number or "
        "another name",
    ),
    "known-already": (
        "已经登记过了，请改原来的那一条",
        "It is recorded already; change the present entry instead",
    ),
    "one-at-a-time": (
        "这里一次只改一条；要加几天的，请另外新增",
        "Only one entry is changed here; add further days as new ones",
    ),
    "gone-meanwhile": (
        "这一条已被别人删去，没有保存",
        "Somebody removed this entry in the meantime; nothing was saved",
    ),
    "changed-meanwhile": (
        "您打开之后别人改过这一条，没有保存；现在的内容写在各栏下面，"
        "核对后可再次保存",
        "Somebody changed this entry after you opened it; nothing was saved. "
        "What it says now stands below each field; look at it and save again",
    ),
    "staff-in-use": (
        "值过班或有其他记录的人不能删去，请填写离岗日期",
        "Somebody with duties or other records cannot be removed; give "
        "their last day instead",
    ),
    "unit-in-use": (
        "这个单位还有人员、下级单位或值班表，不能删去",
        "The unit has people, units below it or rosters, so it stays",
    ),
    "term-in-use": (
        "这个学期已有值班表或意愿征集，不能删去",
        "The term has rosters or wish rounds, so it stays",
    ),
    "leaves-before-coming": (
        "离岗日期早于到岗日期 {first}",
        "The last day is before the first, {first}",
    ),
    "moves-nowhere": (
        "已经在这个单位了",
        "They are of this unit already",
    ),
    "no-staff-there": (
        "学区没有自己的人员，请选学校或局机关",
        "A district has no staff of its own; choose a school or the bureau",
    ),
    "moves-before-coming": (
        "早于到岗日期 {first}",
        "Before their first day, {first}",
    ),
    "moves-too-late": (
        "离今天太远，最多一年",
        "Too far ahead; a year at most",
    ),
    "duties-before-moving": (
        "到那天之前在原单位还有 {n} 个已发布的班（{days}）；请先填离岗日期、"
        "把班调整给别人，或者到那天再办调动",
        "Until then they have {n} published duties in their unit ({days}); "
        "give a last day and hand these to others first, or move them on "
        "that day",
    ),
    "moved-meanwhile": (
        "您打开之后这个人的登记有改动，没有办理；请再看一遍",
        "Their record changed after you opened this; nothing was done. Look "
        "again",
    ),
    "not-yours-there": (
        "那个单位不归您管，请局管理员办理",
        "That unit is not yours; ask the bureau’s administrator",
    ),
    "records-changed": (
        "预览之后名册又有改动，没有导入；请核对下面新的变化再确认",
        "The records changed after the preview; nothing was imported. Look "
        "at the changes below and confirm again",
    ),
    "not-the-units-own": (
        "“{value}”不是本单位的，或只能由局里改；与现在的登记不同",
        "“{value}” is not the unit’s own or is the bureau’s to change, and "
        "differs from the records",
    ),
    "id-of-another-unit": (
        "工号“{value}”是别的单位的人",
        "The number “{value}” is that of somebody of another unit",
    ),
    "closes-in-the-past": (
        "截止时间要在现在之后",
        "The closing time must be in the future",
    ),
    "closes-after-the-term": (
        "截止时间要在学期之内（{last} 以前）",
        "The closing time must lie in the term (until {last})",
    ),
    "round-closed": (
        "征集已经截止，没有保存；确有需要请告诉本单位编排人",
        "The round is closed; nothing was saved. Tell your unit’s editor if "
        "something has to change",
    ),
    "not-asked": (
        "这次征集没有您，或者不能代别人填写",
        "You are not asked in this round, and nobody answers for others",
    ),
    "param-needed": ("请选择一个参数", "Choose a parameter"),
    "surge-of-nobody": (
        "加派带班和加派值班人员至少填一项",
        "Give more leaders or more people on duty, at least one of them",
    ),
    "ends-in-the-past": (
        "过去的日子不能改，最后一天最早是昨天",
        "Past days stay as they were; the last day is yesterday at the "
        "earliest",
    ),
    "ends-later": (
        "它本来到 {last} 就结束，只能提前；要延长请另作调整",
        "It ends on {last} already and may only end earlier; to go on, set "
        "the parameter anew",
    ),
    "calendar-changed-since": (
        "预览之后日历又有改动，没有存入；请核对下面新的变化再确认",
        "The calendar changed after the preview; nothing was stored. Look at "
        "the changes below and confirm again",
    ),
    "range-too-long": (
        "最多 {most} 天",
        "At most {most} days",
    ),
}
