"""What is refused of accounts, log-ins and passwords."""

SENTENCES: dict[str, tuple[str, str]] = {
    "login-changed": (
        "账号刚刚有变动，请重新登录",
        "The account has just changed; please log in again",
    ),
    "code-used": ("这个验证码已经用过", "This code has been used"),
    "no-such-login": (
        "这台设备已经退出了",
        "This device is logged out already",
    ),
    "password-short": (
        "密码太短，至少 8 个字符",
        "The password is too short; 8 characters at least",
    ),
    "password-long": (
        "密码太长，最多 200 个字符",
        "The password is too long; 200 characters at most",
    ),
    "password-simple": (
        "密码太简单：不能全是数字，也不能只有两三种字符",
        "Too simple: not digits alone, and more than two or three letters",
    ),
    "password-own-name": (
        "密码里不能有账号或姓名",
        "The password must not contain your log-in or name",
    ),
    "bad-login": (
        "账号只能用字母、数字、汉字和 - _ .，最多 40 个",
        "A log-in has letters, digits and - _ . only, 40 at most",
    ),
    "no-name": ("要填姓名，最多 40 个字", "A name of 40 letters at most"),
    "login-taken": ("这个账号已有人用", "This log-in is taken"),
    "has-account": ("这个人已有账号", "This person has an account already"),
    "passwords-differ": (
        "两次输入的密码不一样",
        "The two passwords differ",
    ),
    "no-such-grant": (
        "这个角色已经收回了",
        "This role has been taken back already",
    ),
    "no-such-account": ("没有这个账号", "There is no such account"),
    "account-of-another": (
        "这个账号有别的角色，只有局管理员能管",
        "This account has other roles; only the bureau’s administrator "
        "keeps it",
    ),
    "last-admin": (
        "这是最后一个局管理员，收回或停用以后就没人能管理了",
        "This is the last bureau administrator; nobody could govern then",
    ),
}
