"""Why a roster is not submitted, approved or published."""

SENTENCES: dict[str, tuple[str, str]] = {
    "unknown-term": ("没有“{value}”这个学期", "There is no term “{value}”"),
    "no-terms": (
        "还没有学期：请先导入名册（duty-roster import 名册.xlsx）",
        "There is no term yet: import a workbook first",
    ),
    "two-people-needed": (
        "须写明编排人和批准人",
        "An author and an approver are needed",
    ),
    "same-person": (
        "编排人和批准人不能是同一人（{value}）",
        "Author and approver must be two people ({value})",
    ),
    "made-it-yourself": (
        "“{unit}”的草稿是 {value} 编排或最后改动的，须另一人批准",
        "{value} made the draft of “{unit}” or changed it last; another "
        "person must approve it",
    ),
    "unknown-roster": (
        "没有这一版值班表，可能已被新草稿代替，请刷新",
        "There is no such version; a new draft may have taken its place: "
        "load the page again",
    ),
    "stale-revision": (
        "在您查看以后，草稿已被改动（您看的是修订 {value}，现在是修订 "
        "{revision}），请重新核对",
        "The draft has changed since you looked at it (you saw revision "
        "{value}, it is at {revision}): look at it again",
    ),
    "no-open-draft": (
        "这些单位这个学期没有草稿",
        "These units have no draft for this term",
    ),
    "cannot-submit": (
        "只有草稿才能送审：这一版已送审、已发布或已撤销",
        "Only a draft can be submitted; this one is under review, published "
        "or withdrawn",
    ),
    "cannot-take-back": (
        "只有送审后还没有批准的才能撤回",
        "Only what was submitted and is not approved yet can be taken back",
    ),
    "cannot-approve": (
        "只有送审的草稿才能批准：这一份不在待审核之列",
        "Only a submitted draft can be approved; this one is not",
    ),
    "cannot-return": (
        "只有送审或已批准、还没有发布的才能退回",
        "Only what is submitted or approved, and not yet published, can be "
        "returned",
    ),
    "cannot-publish": (
        "只有批准了的草稿才能发布",
        "Only an approved draft can be published",
    ),
    "cannot-withdraw": (
        "只有已发布的才能撤销",
        "Only what is published can be withdrawn",
    ),
    "not-in-force": (
        "第 {number} 版已不是现行的一版，不必撤销",
        "Version {number} is not in force any more; there is nothing to "
        "withdraw",
    ),
    "remark-needed": ("请写明原因", "Say why"),
    "together-only": (
        "一起编排的单位要一起发布，还没有批准的：{units}",
        "Units that were drafted together are published together; not "
        "approved yet: {units}",
    ),
    "not-approved": (
        "“{unit}”批准以后又有改动，须重新送审",
        "The draft of “{unit}” is not what was approved; submit it again",
    ),
    "rules-broken": (
        "“{unit}”的草稿有 {number} 处违反必守条款（{articles}），"
        "不能送审和发布",
        "The draft of “{unit}” breaks mandatory articles in {number} places "
        "({articles}) and can be neither submitted nor published",
    ),
    "unfit-since": (
        "“{unit}”的草稿排好后记录有变：{shifts} 的值班人按现在的记录不能值，"
        "须先改好草稿或重新编排",
        "Records changed after the draft of “{unit}” was made: whoever has "
        "{shifts} cannot have that duty now; change the draft or make it "
        "anew first",
    ),
    "in-review": (
        "“{unit}”的草稿正在审核，须先撤回或退回，才能重排",
        "The draft of “{unit}” is under review; it must be taken back or "
        "returned before it is drafted anew",
    ),
    "base-renewed": (
        "“{unit}”的草稿是按第 {base} 版编的，现行已是另一版（{value}），"
        "请按现行的重新编排",
        "The draft of “{unit}” was made on version {base}, but another one "
        "({value}) is in force by now; make it anew on that one",
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
}
