"""Roles, and why somebody is called, Chinese and English."""

from roster.rights import Role

Pair = tuple[str, str]

ROLES: dict[Role, Pair] = {
    Role.BUREAU_ADMIN: ("局管理员", "bureau administrator"),
    Role.UNIT_EDITOR: ("排班管理员", "roster editor"),
    Role.APPROVER: ("审核人", "approver"),
    Role.STAFF: ("职工", "staff"),
    Role.INSPECTOR: ("检查人员", "inspector"),
    Role.HEAD: ("校（园）长", "school head"),
    Role.BUREAU_READER: ("局领导（只看）", "bureau reader"),
}

ROLES_EXPLAINED: dict[Role, Pair] = {
    Role.BUREAU_ADMIN: (
        "制度、日历、账号，全县排班",
        "rules, calendar, accounts, the county’s rosters",
    ),
    Role.UNIT_EDITOR: (
        "人员、请假、排班、提交",
        "staff, leave, rosters, submitting",
    ),
    Role.APPROVER: ("审核、发布、撤回", "approve, publish, withdraw"),
    Role.STAFF: ("看本单位的值班表", "reads the unit’s roster"),
    Role.INSPECTOR: ("记录抽查", "records spot checks"),
    Role.HEAD: ("看草稿和检查结果", "reads drafts and check results"),
    Role.BUREAU_READER: (
        "看值班表和检查结果",
        "reads rosters and check results",
    ),
}

# Why somebody is rung, as `roster.services.chain` gives it.
CALLS: dict[str, Pair] = {
    "duty": ("正在值班", "on duty now"),
    "leader": ("正在带班", "leading now"),
    "principal": ("主要负责人", "in charge"),
    "deputy": ("班子成员", "deputy"),
}
