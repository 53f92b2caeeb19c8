"""What is wrong with messages' channels."""

SENTENCES: dict[str, tuple[str, str]] = {
    "unknown-channel": (
        "没有这种消息渠道",
        "There is no such kind of channel",
    ),
    "address-too-long": (
        "渠道地址或密钥太长",
        "The address or secret is too long",
    ),
    "not-a-robot-address": (
        "不是机器人的地址；请把群机器人页面上的 Webhook 地址整个粘贴进来",
        "Not a robot’s address; paste the whole webhook address",
    ),
    "not-this-robot": (
        "不是这种机器人的地址，应以 {start} 开头",
        "Not an address of this kind of robot; it begins with {start}",
    ),
    "no-mail-account": (
        "本系统还没有设置发信邮箱（DUTY_ROSTER_MAIL），不能用电子邮件",
        "No mail account is set (DUTY_ROSTER_MAIL); e-mail cannot be used",
    ),
    "not-a-mail-address": (
        "应为一个邮箱地址，如 wang@example.cn",
        "Must be one mail address such as wang@example.cn",
    ),
    "not-an-apprise-address": (
        "Apprise 不认识这个地址",
        "Apprise does not know this address",
    ),
    "take-our-robot": (
        "企业微信、钉钉、飞书请选上面的群机器人",
        "For WeCom, DingTalk and Feishu choose the group robots above",
    ),
    "channel-twice": (
        "这个渠道已经加过",
        "This channel is there already",
    ),
    "too-many-channels": (
        "渠道已有 {most} 个，请先移除不用的",
        "There are {most} channels already; remove one first",
    ),
    "unknown-channel-id": (
        "没有这个消息渠道",
        "There is no such channel",
    ),
    "not-a-base-address": (
        "{name} 应为 http:// 或 https:// 开头的地址",
        "{name} must be an address that begins with http:// or https://",
    ),
    "not-failed": (
        "这条消息没有失败，不用重发",
        "This message has not failed; there is nothing to try again",
    ),
}
