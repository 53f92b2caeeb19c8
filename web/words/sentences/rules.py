"""What is wrong in a rule document or an override."""

SENTENCES: dict[str, tuple[str, str]] = {
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
}
