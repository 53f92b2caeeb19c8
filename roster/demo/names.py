"""
Names for people nobody knows: every one is drawn by lot.

Whoever bears such a name in life is not meant. A name is never used twice
in one unit; `STRIKING` are the ones placed by hand, because name lists
hold them: rare characters, two surnames, names with a dot, namesakes.
"""

from random import Random

from roster.people import Gender

# The commoner a surname in the north-west, the oftener it is written here.
SURNAMES = (
    "王王王王王王王李李李李李李张张张张张张刘刘刘刘马马马马杨杨杨赵赵赵陈陈"
    "朱朱郭郭高高徐徐孙孙吴吴梁梁关史曹曹韩韩薛薛姚姚魏魏白白任任"
    "胡何罗郑谢宋唐许邓冯于董萧程袁贾丁余杜叶田石蒋潘汪苏吕崔"
    "尹孟尚柳樊邵甘辛景柴兰秦安巩党脱米靳卜车仇雷贺毛段"
)
FIRST = {
    Gender.MALE: "建志文永晓海宏俊亚新玉世继红广德明学振耀少立天",
    Gender.FEMALE: "秀丽玉晓雪海亚红桂淑雅春彩金月巧惠小慧佳亚文",
}
SECOND = {
    Gender.MALE: "军明平斌忠祥林龙成峰生荣武涛东杰辉宝福刚民仓",
    Gender.FEMALE: "兰英芳梅霞娟琴萍莲香玲凤燕花叶琳婷洁云娥宁艳",
}
SINGLE = {
    Gender.MALE: "伟勇涛磊斌辉波凯亮旭钊瑞栋昊恒",
    Gender.FEMALE: "芳娟丽敏静霞艳娜婷洁璐瑶蕊莉颖",
}
# Unit, place among its teachers, name; the place wants that gender.
STRIKING = {
    ("U002", 3): ("李𠮷祥", Gender.MALE),
    ("U002", 4): ("欧阳文慧", Gender.FEMALE),
    ("U002", 9): ("王强", Gender.MALE),
    ("U002", 10): ("王强", Gender.MALE),
    ("U003", 2): ("阿依努尔·买买提", Gender.FEMALE),
    ("U003", 6): ("张丽", Gender.FEMALE),
    ("U003", 7): ("张丽", Gender.FEMALE),
    ("U005", 1): ("王强", Gender.MALE),
    ("U006", 5): ("高䶮", Gender.MALE),
    ("U009", 2): ("古丽娜·哈山别克", Gender.FEMALE),
    ("U017", 4): ("艾尔肯·吐尔逊", Gender.MALE),
    ("U018", 1): ("上官玉梅", Gender.FEMALE),
    ("U026", 0): ("王强", Gender.MALE),
    ("U035", 2): ("苏犇", Gender.MALE),
}


class Names:
    """Draws names for one unit, none of them twice."""

    def __init__(self, luck: Random) -> None:
        self._luck = luck
        self._used: set[str] = {name for name, _ in STRIKING.values()}

    def __call__(self, gender: Gender) -> str:
        name = self._draw(gender)
        while name in self._used:
            name = self._draw(gender)

        self._used.add(name)
        return name

    def _draw(self, gender: Gender) -> str:
        luck = self._luck
        surname = luck.choice(SURNAMES)
        if luck.random() < 0.25:
            return surname + luck.choice(SINGLE[gender])

        return (
            surname + luck.choice(FIRST[gender]) + luck.choice(SECOND[gender])
        )
