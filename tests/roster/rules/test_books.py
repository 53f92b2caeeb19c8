"""The two proposed documents against the office's wishes, line by line."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import roster
from roster.people import LimitKind, Presence, Standing
from roster.rules.drafting import draft_problem
from roster.rules.ladder import eased_cases
from roster.rules.reader import read_rulebook
from roster.rules.rulebook import Force, Params
from tests.offices import BOOKS, BUREAU, SCHOOL, SHORT, make_case

LEADING = ("主要负责人", "班子成员")
FIRST_REPORT = ("时间", "地点", "人员", "情况", "措施", "报告人")
EVERY_KIND = ("法定", "补假", "调休", "双休")

# What each article asks for: force, tier, whether people keep it by hand,
# and every parameter with its default.
RULE, GOAL, TOLD = Force.MANDATORY, Force.GOAL, Force.INFORMATION

COMP_LEAVE = {
    "comp_expire_days": 60,
    "comp_weekend": 1,
    "comp_substitute": 1,
    "comp_exchanged": 1,
    "comp_statutory": 1,
    "comp_workday": 0,
    "comp_posts": ("带班领导", "带班兼值班", "值班中层", "值班员", "宿管"),
    "comp_from_hour": 8,
}

BUREAU_ARTICLES = {
    1: (TOLD, None, False, {}),
    2: (RULE, None, False, {}),
    3: (TOLD, None, True, {"owner_post": "局长", "roster_office": "办公室"}),
    4: (RULE, None, False, {
        "leaders_per_day": 1, "leader_standings": LEADING}),
    5: (RULE, None, False, {
        "principal_days": True, "principal_standings": LEADING}),
    6: (GOAL, 5, False, {"weekend_leader_weight": 1}),
    7: (TOLD, None, True, {
        "leader_presence": "白天到岗夜间电话",
        "leader_hours": "08:00-08:00",
        "leader_onsite_hours": "08:00-18:00"}),
    8: (RULE, None, False, {
        "duty_kinds": EVERY_KIND, "vacation_days": "双休和节假日"}),
    9: (RULE, None, False, {
        "shift_mode": "白班和夜班",
        "day_hours": "08:00-18:00",
        "night_hours": "18:00-08:00",
        "full_hours": "08:00-08:00",
        "summer_from": "",
        "summer_until": "",
        "summer_day_hours": "08:00-20:00",
        "summer_night_hours": "20:00-08:00"}),
    10: (RULE, None, False, {
        "day_staff": 1, "night_staff": 1, "middle_staff": 1}),
    11: (RULE, None, False, {"protected_nights": "不排"}),
    12: (GOAL, 5, False, {
        "female_night": "尽量不排", "female_night_weight": 4}),
    13: (RULE, None, True, {"apart_relations": True}),
    14: (RULE, None, False, {"leave_from_hour": 6}),
    15: (RULE, None, False, {
        "min_gap_days": 3,
        "leader_gap_days": 2,
        "rest_hours": 10,
        "leaders_also_duty": False,
        "may_relax_gap": True}),
    16: (GOAL, 1, False, {
        "window_months": 12,
        "duty_points": 1,
        "spacing_cap": 21,
        "max_spread": 1}),
    17: (TOLD, None, True, {"publish_day": 25, "holiday_publish_days": 5}),
    18: (TOLD, None, True, {
        "swap_cutoff_hour": 18,
        "emergency_cover": True,
        "emergency_hours": 72}),
    19: (TOLD, None, True, {"roster_members_only": True}),
    20: (TOLD, None, True, {
        "arrive_early_minutes": 10,
        "overdue_minutes": 15,
        "handover_items": ("钥匙", "未办事项")}),
    21: (TOLD, None, True, {"patrols_per_shift": 2}),
    22: (TOLD, None, True, {"allow_no_event": True}),
    23: (TOLD, None, True, {
        "phone_minutes": 30,
        "written_minutes": 60,
        "first_report_fields": FIRST_REPORT,
        "zero_report_on": ("法定",),
        "zero_report_time": "17:00"}),
    24: (TOLD, None, True, {"callback_minutes": 5}),
    25: (TOLD, None, True, {"inspectors_on_site": 2, "inspectors_remote": 1}),
    26: (TOLD, None, True, {"explain_workdays": 2, "rectify_workdays": 3}),
    27: (TOLD, None, True, COMP_LEAVE),
    28: (TOLD, None, True, {}),
    29: (TOLD, None, True, {"photo_keep_days": 180}),
    30: (TOLD, None, True, {}),
}  # fmt: skip

SCHOOL_ARTICLES = {
    1: (TOLD, None, False, {}),
    2: (TOLD, None, True, {}),
    3: (RULE, None, False, {
        "leaders_per_day": 1,
        "leader_standings": (*LEADING, "中层"),
        "pool_leaders": True}),
    4: (RULE, None, False, {
        "principal_days": True, "principal_standings": LEADING}),
    5: (RULE, None, False, {
        "duty_kinds": EVERY_KIND, "vacation_days": "双休和节假日"}),
    6: (RULE, None, False, {
        "guards_per_shift": 0,
        "guard_mode": "全天一班",
        "guard_day_hours": "08:00-20:00",
        "guard_night_hours": "20:00-08:00"}),
    7: (TOLD, None, True, {
        "leader_presence": "白天到岗夜间电话",
        "leader_hours": "08:00-08:00",
        "leader_onsite_hours": "08:00-18:00"}),
    8: (RULE, None, False, {"teacher_mode": "有学生才排"}),
    9: (RULE, None, False, {
        "day_staff": 2,
        "night_staff": 0,
        "dorm_staff": 0,
        "shift_mode": "白班和夜班",
        "day_hours": "08:00-18:00",
        "night_hours": "18:00-08:00",
        "full_hours": "08:00-08:00",
        "dorm_hours": "21:00-07:00",
        "summer_from": "",
        "summer_until": "",
        "summer_day_hours": "08:00-20:00",
        "summer_night_hours": "20:00-08:00",
        "middle_staff": 0}),
    10: (RULE, None, False, {
        "protected_nights": "不排",
        "female_night": "不排",
        "female_night_weight": 4}),
    11: (GOAL, 5, False, {
        "hometown_weight": 2, "hometown_holidays": ("春节", "国庆节")}),
    12: (RULE, None, False, {
        "leave_from_hour": 6, "rest_hours": 10, "apart_relations": True}),
    13: (GOAL, 1, False, {
        "min_gap_days": 2,
        "leader_gap_days": 2,
        "weekend_leader_weight": 0,
        "window_months": 12,
        "duty_points": 1,
        "spacing_cap": 21,
        "max_spread": 1}),
    14: (RULE, None, True, {
        "may_relax_gap": True,
        "may_combine": True,
        "may_pool": True,
        "leaders_also_duty": False}),
    15: (TOLD, None, True, {"submit_workdays": 3, "publish_day": 25}),
    16: (TOLD, None, True, {
        "swap_cutoff_hour": 18,
        "emergency_cover": True,
        "emergency_hours": 72,
        "roster_members_only": True}),
    17: (TOLD, None, True, {
        "arrive_early_minutes": 10,
        "overdue_minutes": 15,
        "handover_items": ("钥匙", "防卫器械", "监控", "未办事项")}),
    18: (TOLD, None, True, {}),
    19: (TOLD, None, True, {"patrols_guard": 5, "patrols_leader": 2}),
    20: (TOLD, None, True, {
        "check_items": (
            "一键报警", "监控在线", "录像天数", "消防设施", "应急物资")}),
    21: (RULE, None, True, {"surge_leaders": 0, "surge_staff": 0}),
    22: (TOLD, None, True, {"allow_no_event": True}),
    23: (TOLD, None, True, {
        "phone_minutes": 30,
        "written_minutes": 60,
        "first_report_fields": FIRST_REPORT,
        "zero_report_on": ("法定",),
        "zero_report_time": "17:00"}),
    24: (TOLD, None, True, {"callback_minutes": 5}),
    25: (TOLD, None, True, {"explain_workdays": 2}),
    26: (TOLD, None, True, {"max_items": 8}),
    27: (TOLD, None, True, COMP_LEAVE),
    28: (TOLD, None, True, {}),
    29: (TOLD, None, True, {}),
}  # fmt: skip

ARTICLES = {"bureau": BUREAU_ARTICLES, "schools": SCHOOL_ARTICLES}
CHAPTERS = {
    "bureau": [
        "总则", "组织领导", "值班时间", "人员安排", "编排公布", "换班替班",
        "交接记录", "主要任务", "信息报送", "通信保障", "监督检查", "保障",
        "纪律", "附则",
    ],
    "schools": [
        "总则", "组织领导", "值班时间", "人员安排", "报送公布", "换班替班",
        "交接记录", "主要任务", "信息报送", "通信保障", "监督检查", "保障",
        "附则",
    ],
}  # fmt: skip


def shipped(name: str) -> str:
    """A document as it is shipped."""
    folder = Path(roster.__file__).parent / "rules" / "documents"
    return (folder / f"{name}.toml").read_text("utf-8")


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_a_document_is_a_proposal_and_says_so(book):
    assert book.status == "拟稿"
    assert book.title.endswith("（拟稿）")
    assert book.version


@pytest.mark.parametrize(("name", "count"), [("bureau", 30), ("schools", 29)])
def test_a_document_has_all_its_articles(name, count):
    articles = BOOKS[name].articles

    assert [a.number for a in articles] == list(range(1, count + 1))
    assert all(len(a.text) > 9 and a.text.endswith("。") for a in articles)
    assert len({a.text for a in articles}) == count


@pytest.mark.parametrize("name", BOOKS)
def test_the_chapters_follow_each_other_as_usual(name):
    chapters = [a.chapter for a in BOOKS[name].articles]

    assert list(dict.fromkeys(chapters)) == CHAPTERS[name]


@pytest.mark.parametrize(
    ("name", "number"),
    [(name, n) for name, articles in ARTICLES.items() for n in articles],
)
def test_an_article_asks_what_the_office_wants_of_it(name, number):
    article = BOOKS[name].article(number)

    assert ARTICLES[name][number] == (
        article.force,
        article.tier,
        article.workflow,
        {param.name: param.value for param in article.params},
    )


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_goals_and_only_goals_have_a_tier_that_exists(book):
    for article in book.articles:
        assert (article.tier is not None) == (article.force is Force.GOAL)
        assert article.tier in (None, 1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_every_parameter_has_a_label_and_an_honest_default(book):
    for param in book.params.values():
        assert param.label
        assert param.problem_with(param.value) == ""


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_whatever_is_written_as_hours_is_checked_as_hours(book):
    for param in book.params.values():
        if isinstance(param.value, str) and param.name.endswith("_hours"):
            assert param.form == "hours"


def test_a_parameter_of_both_documents_means_the_same_in_both():
    bureau, schools = BOOKS["bureau"].params, BOOKS["schools"].params

    for name in set(bureau) & set(schools):
        assert type(bureau[name].value) is type(schools[name].value)
        assert bureau[name].one_of == schools[name].one_of
        assert bureau[name].form == schools[name].form


@pytest.mark.parametrize("name", BOOKS)
def test_the_digest_is_that_of_the_text(name):
    text = shipped(name)

    same, other = (
        read_rulebook(words, "x.toml")
        for words in (text, text.replace("值班", "值守", 1))
    )

    assert same.digest == BOOKS[name].digest
    assert other.digest != same.digest


def params_named_in_code() -> Iterator[tuple[str, str]]:
    """Every parameter that the code asks for by a written name."""
    asking = {"_spans", "_distances", "_by", "_may", "_periods", "get"}
    for path in Path(roster.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue

            called = ast.unparse(node.func)
            if called in asking or called.endswith("params.get"):
                for argument in node.args[:2]:
                    value = getattr(argument, "value", None)
                    if isinstance(value, str) and value:
                        yield path.name, value
                        break


def test_every_parameter_the_code_names_is_in_a_document():
    named = set(params_named_in_code())

    assert len(named) > 30
    known = {name for book in BOOKS.values() for name in book.params}
    assert {(file, name) for file, name in named if name not in known} == set()


@pytest.mark.parametrize("unit", [BUREAU, SCHOOL], ids=["bureau", "school"])
def test_a_unit_asks_only_for_parameters_of_its_own_document(
    unit, monkeypatch
):
    plain, asked = Params.get, []

    def listening(self, name, when, *otherwise):
        asked.append((name, bool(otherwise)))
        return plain(self, name, when, *otherwise)

    monkeypatch.setattr(Params, "get", listening)
    presence = (Presence(unit.id, SHORT.first, SHORT.last),)
    case = make_case(unit, SHORT, presences=presence)

    for _, eased in eased_cases(case):
        draft_problem(eased)

    known = BOOKS["bureau" if unit is BUREAU else "schools"].params
    assert len(asked) > 100
    assert {n for n, otherwise in asked if not otherwise} <= set(known)


def test_standings_and_limits_are_those_of_the_name_list():
    standings = {s.value for s in Standing}
    for book in BOOKS.values():
        for name in ("leader_standings", "principal_standings"):
            assert set(book.params[name].one_of) == standings

    assert {k.value for k in LimitKind} == {"免排", "无夜班", "不排节假日"}
