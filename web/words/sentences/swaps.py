"""Why a swap or cover is not possible."""

SENTENCES: dict[str, tuple[str, str]] = {
    "swap-not-held": (
        "值班表已变，这一班已不在本人名下，不能再换",
        "The roster has changed: one of the two no longer holds this duty",
    ),
    "swap-both-hold": (
        "对方已在同一班上",
        "The other is on the same shift already",
    ),
    "swap-taken": (
        "这一班已在另一个未办完的换班里，请先收回那一个",
        "This duty is in another open swap; take that one back first",
    ),
    "swap-too-late": (
        "已过截止时间 {until}；确有急事请按应急替班办理",
        "It was to be settled by {until}; use an emergency cover if need be",
    ),
    "swap-no-emergency": (
        "这一班不能应急替班：制度不允许，或写了要还的班",
        "No emergency cover here: the rules have none, or a duty is given "
        "in return",
    ),
    "swap-in-time": (
        "截止时间 {until} 还没到，请按平常的代班办理",
        "There is time until {until}; propose an ordinary cover",
    ),
    "swap-long-past": (
        "值完已超过 {hours} 小时，不能再补登",
        "The shift ended more than {hours} hours ago",
    ),
    "swap-not-on-roster": (
        "只能由本单位值班名册里的另一个人来换或代",
        "Only somebody else on this unit's roster may take it",
    ),
    "swap-other-post": (
        "两班的岗位不同，不能对换",
        "The two duties are of different posts",
    ),
    # Of whom and why is theirs and the editor's to know.
    "swap-unfit": (
        "要接班的人按现在的记录不能值这一班，详情请问本单位排班管理员",
        "By today's records whoever would take a duty cannot have it; your "
        "unit's editor knows more",
    ),
    "swap-elsewhere": (
        "{staff}在 {date} 已在别处值班",
        "{staff} is on duty elsewhere on {date}",
    ),
    "swap-breaks": (
        "这样会违反必须遵守的条款：{articles}",
        "This would break what must be kept: {articles}",
    ),
    "swap-not-yours": (
        "只有当事人可以办；编排人代办须写明原因",
        "Only those concerned may do this; an editor must say why",
    ),
    "swap-not-approver": (
        "这次换班由较早那天的带班领导批准；没有或是当事人时由本单位审核人批准",
        "It is for the leader of the earlier day to approve, or else for "
        "the unit's approver",
    ),
    "swap-unknown": ("没有这次换班", "There is no such swap"),
    "swap-no-longer": (
        "这次换班已经办过，请看最新状态",
        "This has been dealt with already; look at where it stands",
    ),
}
