"""Why a backup is not made or not restored."""

SENTENCES: dict[str, tuple[str, str]] = {
    "not-a-backup": (
        "不是 duty-roster 的备份文件",
        "Not a backup made by duty-roster",
    ),
    "backup-format": (
        "备份格式 {value} 这个版本不认识，请用更新的程序",
        "This program does not know backups of format {value}; "
        "use a newer one",
    ),
    "part-missing": ("备份里缺了这一部分", "This part is missing"),
    "part-unknown": (
        "备份清单里没有这一部分",
        "The manifest does not name this part",
    ),
    "part-altered": (
        "内容与备份清单的哈希或条数不符",
        "The content differs from the manifest’s hash or count",
    ),
    "part-unsafe": (
        "备份里的文件名不安全",
        "The name of this file is not safe",
    ),
    "backup-shape": (
        "表的结构与程序的不同，不能恢复",
        "The tables’ shape differs from the program’s",
    ),
    "backup-unconnected": (
        "备份里的记录互相对不上：{detail}",
        "The records do not fit together: {detail}",
    ),
    "backup-newer": (
        "备份由更新的程序（{value}）生成，请先升级程序再恢复",
        "The backup was made by a newer program ({value}); upgrade first",
    ),
    "backup-inside": (
        "备份不能放在数据文件夹 {value} 里面，磁盘坏了会一起丢；"
        "请用 --out 指定别处",
        "A backup inside the data folder {value} is lost with it; "
        "choose another place with --out",
    ),
    "backup-keep": (
        "--keep 要配合文件夹：--out 请写文件夹",
        "--keep needs a folder as --out",
    ),
    "nothing-to-keep": (
        "这里还没有数据，无可备份",
        "There is nothing to back up yet",
    ),
    "restore-not-empty": (
        "只能恢复到空的安装：“{value}”表里已有 {count} 条记录。"
        "请换一个空的 DUTY_ROSTER_DATA 或空的数据库",
        "Only an empty installation is restored to: the table “{value}” "
        "has {count} rows. Choose an empty DUTY_ROSTER_DATA or database",
    ),
    "restore-file-there": (
        "只能恢复到空的安装：已有文件 {value}",
        "Only an empty installation is restored to: {value} is there",
    ),
}
