"""A broken rule in words: what tells of one person, by right alone."""

from datetime import date

import pytest

from roster.services.fitness import Unfit
from roster.services.readiness import Broken
from roster.services.views import ConflictLine
from web.words.review import broken_sentence

DAY = date(2026, 10, 17)
AWAY = {"name": "李娜", "first": "2026-10-17", "last": "2026-10-18"}
CLAUSE = {"names": [], "dates": [], "tags": [], "posts": []}


def clause(kind, **facts) -> ConflictLine:
    return ConflictLine("clause", "第九条", {"kind": kind, **CLAUSE, **facts})


PERSONAL = {
    "on leave": ConflictLine("away", "", AWAY),
    "away": ConflictLine("available", ""),
    "excused from nights": clause("bar", tags=["night", "无夜班"]),
    "excused from holidays": clause("bar", tags=["holiday", "不排节假日"]),
    "leave the next day": clause(
        "bar", names=["李娜"], dates=["2026-10-16"], tags=[]
    ),
    "kept apart": clause("apart", names=["李娜", "张伟"]),
    "wishes": clause("wish"),
    **{
        why.value: ConflictLine(why.value, "")
        for why in Unfit
        if why not in (Unfit.LEFT, Unfit.NOT_YET, Unfit.MOVED)
    },
}


@pytest.mark.parametrize("line", PERSONAL.values(), ids=PERSONAL)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_and_why_is_the_editors_to_know(line, language):
    broken = Broken(line, (DAY,), ("李娜",))

    hidden = broken_sentence(broken, language)
    told = broken_sentence(broken, language, personal=True)

    words = {"zh": "2026-10-17　个人限制", "en": "a personal restriction"}
    assert hidden.endswith(words[language])
    assert "李娜" not in hidden
    assert "李娜" in told
    assert not told.endswith(words[language])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (clause("gap", posts=["lead"], days=7), "至少相隔 7 天"),
        (clause("bar", tags=["night", "女"]), "夜班、女职工"),
        (ConflictLine("left", ""), "已离岗"),
        (ConflictLine("moved", ""), "已调到别的单位"),
        (ConflictLine("overlap", ""), "同一时间已有班"),
    ],
)
def test_an_article_is_told_to_everybody_with_the_names(line, said):
    told = broken_sentence(Broken(line, (DAY,), ("李娜",)))

    assert told.startswith("2026-10-17　李娜　")
    assert said in told
