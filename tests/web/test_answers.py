"""Pages that answer: why this person, who else, who can stand in."""

from dataclasses import replace
from html import unescape
from re import findall, sub

import pytest
from sqlalchemy import select

from roster.answers import Alternative, Worse
from roster.audit import Breach
from roster.people import Period
from roster.problem import ConflictMember
from roster.records import AssignmentRow, RosterRow, ShiftRow
from roster.rights import RIGHTS_OF, Right, Role
from roster.rules.clauses import Apart, Balance, Bar, Selection, Wish, Wished
from roster.services.answering import roster_asked
from roster.services.conflicts import conflict_lines, folded
from solver import Alternatives
from tests.builders import day, make_person, make_problem, make_shift
from tests.offices import SCHOOL, SHORT
from tests.web.county import NOW, STUCK, STUCK_STAFF
from web.words.answers import alternative_sentence, cost_sentence
from web.words.conflicts import conflict_sentence

PRIVATE = "个人限制"
READERS = [role for role in Role if role is not Role.UNIT_EDITOR]


def text_of(page: str) -> str:
    """What a page says, without its tags."""
    return unescape(sub(r"\s+", " ", sub(r"<[^>]+>", " ", page)))


def duties(shown, *, later: bool) -> list[tuple[str, str]]:
    """Shifts of the school with who holds them, begun or still to come."""
    here = shown.client.application.extensions["office"]
    with here.records.reading() as session:
        rows = session.execute(
            select(ShiftRow.shift, ShiftRow.start, AssignmentRow.staff)
            .join(AssignmentRow, AssignmentRow.shift == ShiftRow.id)
            .join(RosterRow, RosterRow.id == ShiftRow.roster)
            .where(RosterRow.unit == SCHOOL.id, RosterRow.term == SHORT.id)
            .order_by(ShiftRow.start, ShiftRow.shift)
        ).all()

    return [(s, staff) for s, start, staff in rows if (start > NOW) == later]


def address(page: str, shift: str, staff: str, **more) -> str:
    """A page about a duty."""
    words = {"term": SHORT.id, "shift": shift, "staff": staff, **more}
    query = "&".join(f"{k}={v}" for k, v in words.items())
    return f"/units/{SCHOOL.id}/{page}?{query}"


def test_everybody_else_for_a_duty_is_named_with_what_would_get_worse(shown):
    shift, staff = duties(shown, later=True)[0]
    here = shown.client.application.extensions["office"]
    with here.records.reading() as session:
        asked = roster_asked(session, unit_id=SCHOOL.id, term_id=SHORT.id)
    others = list(
        Alternatives(asked.problem, asked.roster, asked.cell(shift, staff))
    )

    text = text_of(shown.reads(address("why", shift, staff)))

    assert others
    for found in others:
        name = asked.problem.person[found.staff].name
        said = alternative_sentence(asked.problem, found, personal=True)
        assert name in text
        assert said in text


def test_one_other_person_may_be_asked_about_alone(shown):
    shift, staff = duties(shown, later=True)[0]
    page = shown.reads(address("why", shift, staff))
    here = shown.client.application.extensions["office"]
    with here.records.reading() as session:
        asked = roster_asked(session, unit_id=SCHOOL.id, term_id=SHORT.id)
    cell = asked.cell(shift, staff)
    other = Alternatives(asked.problem, asked.roster, cell).people[0]

    alone = shown.reads(address("why", shift, staff, other=other))

    assert page.count('<td class="name">') > 1
    assert alone.count('<td class="name">') == 1


def test_stand_ins_are_shown_ranked_for_a_duty_to_come(shown):
    shift, staff = duties(shown, later=True)[0]

    text = text_of(shown.reads(address("stand-in", shift, staff)))

    assert "代班" in text
    assert "对公平的影响" in text


def test_a_duty_that_has_begun_is_not_given_away(shown):
    shift, staff = duties(shown, later=False)[0]

    text = text_of(shown.reads(address("stand-in", shift, staff)))

    assert "已过补登期限" in text
    assert "换班，本人改值" not in text


def test_who_really_served_can_be_entered_for_some_hours(shown):
    shift, staff = duties(shown, later=False)[-1]

    page = shown.reads(address("stand-in", shift, staff))

    text = text_of(page)
    assert "可以补登谁实际值的" in text
    assert "代班" in text
    assert "换班，本人改值" not in text
    ask = unescape(findall('href="([^"]*/swaps/ask[^"]*)"', page)[0])
    asked = text_of(shown.reads(ask))
    assert "谁实际值的就记在谁名下" in asked


def test_a_week_of_leave_lists_each_duty_and_covers_of_all(shown):
    shift, staff = duties(shown, later=True)[0]
    mine = [s for s, who in duties(shown, later=True) if who == staff]
    page = (
        f"/units/{SCHOOL.id}/absence?term={SHORT.id}&staff={staff}"
        f"&first={SHORT.first}&last={SHORT.last}"
    )

    text = text_of(shown.reads(page))

    assert text.count("对公平的影响") == len(mine)
    assert "一起代下来" in text


def test_days_without_duty_say_so(shown):
    _, staff = duties(shown, later=True)[0]
    page = (
        f"/units/{SCHOOL.id}/absence?term={SHORT.id}&staff={staff}"
        "&first=2026-10-12&last=2026-10-12"
    )

    assert "这几天没有要值的班" in shown.reads(page)


@pytest.mark.parametrize("page", ["why", "stand-in"])
@pytest.mark.parametrize(
    ("shift", "staff"),
    [("", ""), ("2026-10-03/lead", "nobody"), ("never", "U010-01")],
)
def test_what_nobody_holds_is_not_found(shown, page, shift, staff):
    shown.reads(address(page, shift, staff), 404)


def test_a_date_that_is_none_is_refused(shown):
    _, staff = duties(shown, later=True)[0]

    shown.reads(
        f"/units/{SCHOOL.id}/absence?staff={staff}&first=soon", status=400
    )


def test_a_persons_page_leads_to_the_answers(shown):
    _, staff = duties(shown, later=True)[-1]

    links = findall('href="([^"]+)"', shown.reads(f"/people/{staff}"))

    for page in ("why", "stand-in", "absence"):
        (found, *_) = [link for link in links if f"/{page}?" in link]
        shown.reads(unescape(found))


def test_a_unit_without_a_roster_reads_what_would_be_enough(shown):
    text = text_of(shown.reads(f"/units/{STUCK.id}?term={SHORT.id}"))

    assert "这样就能排出来" in text
    assert "再有 1 名可任带班" in text


# Who may read what: each role is asked, and only that role.

SEES_FAILURES = {role for role in Role if Right.DRAFT in RIGHTS_OF[role]}


@pytest.mark.parametrize("role", Role)
def test_leave_in_a_conflict_is_for_the_editor_alone(acting, role):
    page = f"/units/{STUCK.id}?term={SHORT.id}"

    text = text_of(acting(role, STUCK.id).reads(page))

    away = f"{STUCK_STAFF[0].name} 2026-"
    assert (away in text) == (role is Role.UNIT_EDITOR)
    hidden = SEES_FAILURES - {Role.UNIT_EDITOR}
    assert (PRIVATE in text) == (role in hidden)


@pytest.mark.parametrize("role", sorted(set(Role) - SEES_FAILURES))
def test_why_there_is_no_roster_is_not_for_everybody(acting, role):
    page = f"/units/{STUCK.id}?term={SHORT.id}"

    text = text_of(acting(role, STUCK.id).reads(page))

    assert "还没有发布值班表" in text
    assert "没有结果" not in text


SECRET = make_problem(
    [
        make_person("赵敏", unavailable=[(day(0), day(2))], tags=["无夜班"]),
        make_person("钱伟"),
        make_person("孙丽"),
    ],
    [make_shift(0, hours=(18, 32), tags=("night",))],
    Bar(
        id="protected",
        tier=0,
        article="第十一条",
        select=Selection(shift_tags=("night",), staff_tags=("无夜班",)),
    ),
    Apart(id="couple", tier=0, article="第十条", pairs=(("钱伟", "孙丽"),)),
    Balance(id="even", tier=1, ledger="total"),
    Wish(id="wishes", tier=2, wishes=(Wished("孙丽", want=False, on=day(0)),)),
)


def bare(problem):
    """The problem with names, as records have them."""
    named = tuple(replace(p, name=p.id) for p in problem.staff)
    return replace(problem, staff=named)


SECRETS = {
    "leave": Alternative(
        "赵敏",
        possible=False,
        breaches=(
            Breach("available", "", ("赵敏",), ("d0/duty",), (day(0),)),
        ),
    ),
    "health": Alternative(
        "赵敏",
        possible=False,
        breaches=(Breach("protected", "第十一条", ("赵敏",), ("d0/duty",)),),
    ),
    "relation": Alternative(
        "孙丽",
        possible=False,
        conflict=(ConflictMember(clause="couple", article="第十条"),),
    ),
    "wish": Alternative("孙丽", possible=True, worse=Worse(2, 1)),
}
TELLING = {
    "leave": "不在",
    "health": "夜班",
    "relation": "钱伟",
    "wish": "意愿",
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_personal_is_told_to_the_editor_alone(role, secret, language):
    said = alternative_sentence(
        bare(SECRET),
        SECRETS[secret],
        language,
        personal=Right.PREPARE in RIGHTS_OF[role],
    )

    hidden = {"zh": PRIVATE, "en": "a personal restriction"}[language]
    if role is Role.UNIT_EDITOR:
        assert hidden not in said
        assert language == "en" or TELLING[secret] in said
    else:
        assert said == hidden


@pytest.mark.parametrize("role", READERS)
def test_a_cost_in_wishes_is_not_told(role):
    personal = Right.PREPARE in RIGHTS_OF[role]
    problem = bare(SECRET)

    assert cost_sentence(problem, ((1, 0), (2, 1)), personal=personal) == (
        PRIVATE
    )
    assert cost_sentence(problem, ((1, 2), (2, 1)), personal=personal) == (
        "合计均衡变差 2"
    )


def test_of_a_relation_not_even_the_names_are_told():
    (line,) = conflict_lines(
        None, bare(SECRET), [ConflictMember(clause="couple", article="第十条")]
    )

    assert conflict_sentence(line) == PRIVATE
    assert "钱伟" in conflict_sentence(line, personal=True)


def test_many_away_are_folded_into_one_line_a_cause():
    staff = [
        make_person(f"王{n}", unavailable=[(day(n % 3), day(4))])
        for n in range(31)
    ]
    problem = make_problem(staff, [make_shift(4)])
    members = [
        ConflictMember(staff=p.id, away=Period(day(n % 3), day(4)))
        for n, p in enumerate(staff)
    ]
    (line,) = folded(conflict_lines(None, problem, members))

    assert conflict_sentence(line, personal=True) == (
        f"王0、王1、王2等 31 人 {day(0)} 至 {day(4)} 间不在"
    )
    assert conflict_sentence(line) == "王0、王1、王2等 31 人：个人限制"
