"""Comp-leave: earned by whoever served, asked for, granted, given back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from roster.comp import Half, HalfDay, balance
from roster.errors import Refused, Unusable
from roster.people import Period
from roster.records import (
    CheckRow,
    CompEntryRow,
    CompLeaveRow,
    FindingRow,
    JournalRow,
    LeaveRow,
    MessageRow,
    StaffRow,
    UnitRow,
    open_records,
)
from roster.rights import Actor
from roster.rules.rulebook import Override
from roster.services.comp import deeds, waiting
from roster.services.comp.earning import book, entries_of
from roster.services.comp.listing import person_comp, unit_comp
from roster.services.comp.listing import waiting as listed
from roster.services.comp.resting import resting
from roster.services.places import comp_unit
from roster.services.publishing import withdraw
from roster.services.ruling import add_overrides
from roster.services.swapping import deeds as swapping
from roster.services.turning import roster_in_force
from tests.builders import at, day
from tests.offices import BOOKS, CHINA
from tests.roster.services import small
from tests.roster.services.small import TERM, UNIT
from tests.roster.services.test_review_at_once import two_processes
from tests.roster.services.test_swapping import settle

D0, D1, D2, D3 = (shift.id for shift in small.SHIFTS)  # Saturday to Tuesday
OVER = at(day(4))  # Wednesday, when all four are
WEDNESDAY = HalfDay(day(4), Half.AFTERNOON)
THURSDAY = HalfDay(day(5), Half.MORNING)

ANNA, BO = (Actor(f"{name}（{name}）", name) for name in ("anna", "bo"))
EDITOR = Actor("编排（e）", edits=True)
BOSS = Actor("审核（b）", approves=True)


class Unit:
    """A school whose four duties are over, and what is done there."""

    def __init__(self, records) -> None:
        self.records = records

    def left(self, staff="anna", now=OVER) -> int:
        with self.records.reading() as session:
            found = entries_of(session, [staff], books=BOOKS, now=now)
        return balance(found.get(staff, ())).standing(now.date())

    def ask(self, actor=ANNA, first=THURSDAY, last=None, **more) -> int:
        with self.records.writing() as session:
            row = deeds.ask(
                session,
                staff_id=more.pop("staff", actor.staff),
                first=first,
                last=last or first,
                calendar=CHINA,
                books=BOOKS,
                actor=actor,
                now=more.pop("now", OVER),
                **more,
            )
            return row.id

    def does(self, deed, leave, actor=BOSS, now=OVER, **more) -> None:
        if deed is not deeds.refuse:
            more["books"] = BOOKS
        with self.records.writing() as session:
            deed(session, leave_id=leave, actor=actor, now=now, **more)

    def granted(self, **more) -> int:
        leave = self.ask(**more)
        self.does(deeds.grant, leave)
        return leave

    def state(self, leave) -> str:
        with self.records.reading() as session:
            return session.get_one(CompLeaveRow, leave).state

    def clock(self, deed=waiting.keep_account, now=OVER) -> int:
        with self.records.writing() as session:
            return deed(session, books=BOOKS, now=now)

    def withdraw(self) -> None:
        with self.records.writing() as session:
            row = roster_in_force(session, UNIT, TERM)
            withdraw(
                session, roster_id=row.id, reason="排错", who="审", now=OVER
            )

    def told(self) -> set[tuple[str, str]]:
        with self.records.reading() as session:
            rows = session.scalars(select(MessageRow))
            return {(row.kind, row.staff) for row in rows if row.staff}


@pytest.fixture
def unit(records) -> Unit:
    settle(records)
    return Unit(records)


@pytest.fixture
def quick(lite) -> Unit:
    settle(lite)
    return Unit(lite)


def codes(error) -> set[str]:
    return {mistake.code for mistake in error.value.mistakes}


def set_rule(unit, name, value, since=None) -> None:
    with unit.records.writing() as session:
        new = Override(
            "schools", UNIT, name, value, Period(since), "试", "1号"
        )
        add_overrides(session, [new], who="局", now=OVER)


def test_a_duty_earns_when_it_is_over(unit):
    assert unit.left(now=at(day(0), 17)) == 0
    assert unit.left(now=at(day(0), 18)) == 1
    assert unit.left() == 2
    assert unit.left("bo") == unit.left("chen") == 1
    assert unit.clock() == 3
    # What is booked is not booked again, and comes to the same.
    assert unit.clock() == 0
    assert unit.left() == 2


def test_the_rules_say_how_much_for_which_day_and_post(quick):
    set_rule(quick, "comp_weekend", 3, day(3))
    assert quick.left() == 4
    assert quick.left("bo") == 1
    set_rule(quick, "comp_posts", ("值班员",), day(3))
    assert quick.left() == 1


def test_whoever_stood_in_earns_it(quick):
    late = at(day(0), 20)
    with quick.records.writing() as session:
        swap = swapping.propose(
            session,
            unit_id=UNIT,
            term_id=TERM,
            shift=D0,
            staff="anna",
            partner="bo",
            emergency=True,
            word="急病",
            books=BOOKS,
            actor=ANNA,
            now=late,
        )
        swapping.agree(session, swap_id=swap, books=BOOKS, actor=BO, now=late)
    assert quick.left() == 1
    assert quick.left("bo") == 2


@pytest.mark.parametrize(
    ("result", "left"),
    [("ABSENT", 1), ("UNMANNED", 1), ("NO_ANSWER", 2), ("LATE", 2)],
)
def test_a_duty_at_which_nobody_was_found_earns_nothing(quick, result, left):
    quick.clock()
    with quick.records.writing() as session:
        row = roster_in_force(session, UNIT, TERM)
        check = CheckRow(
            id="c",
            unit=UNIT,
            roster=row.id,
            day=day(0),
            moment=at(day(0), 9),
            way="on_site",
            inspectors=["chen"],
            basis="",
            note="",
            drawn=False,
            recorded_by="查",
            recorded_at=OVER,
            digest="",
            findings=[
                FindingRow(shift=D0, staff="anna", result=result, note="")
            ],
        )
        session.add(check)
    assert quick.left() == left
    quick.clock()
    assert quick.left() == left


def test_it_is_asked_for_granted_and_leave_from_then_on(unit):
    leave = unit.ask(first=WEDNESDAY, last=THURSDAY)
    assert unit.left() == 2
    unit.does(deeds.grant, leave)
    assert unit.left() == 0
    with unit.records.reading() as session:
        assert resting(session, ["anna"]) == {"anna": (WEDNESDAY, THURSDAY)}
        assert not resting(session, ["anna"], last=day(3))
        kinds = [
            (row.kind, row.halves)
            for row in session.scalars(
                select(CompEntryRow).where(CompEntryRow.staff == "anna")
            )
        ]
        verbs = [
            row.verb
            for row in session.scalars(select(JournalRow))
            if row.noun == "comp leave"
        ]
    assert kinds == [("earned", 1)] * 2 + [("taken", 1)] * 2
    assert verbs == ["propose", "approve"]
    assert ("comp-granted", "anna") in unit.told()


def test_what_is_taken_back_expires_as_it_did(quick):
    with quick.records.reading() as session:
        before = entries_of(session, ["anna"], books=BOOKS, now=OVER)
    leave = quick.granted(first=WEDNESDAY, last=THURSDAY)
    quick.does(deeds.take_back, leave, ANNA)
    with quick.records.reading() as session:
        after = entries_of(session, ["anna"], books=BOOKS, now=OVER)
        assert not resting(session, ["anna"])
    assert balance(after["anna"]) == balance(before["anna"])
    assert quick.state(leave) == "taken back"


def test_what_has_begun_only_those_who_decide_cut_short(quick):
    leave = quick.granted(first=WEDNESDAY, last=THURSDAY)
    begun = at(day(4), 12)
    with pytest.raises(Refused, match="comp-begun-already"):
        quick.does(deeds.take_back, leave, ANNA, now=begun)
    with pytest.raises(Refused, match="remark-needed"):
        quick.does(deeds.take_back, leave, BOSS, now=begun)
    quick.does(deeds.take_back, leave, BOSS, now=begun, word="叫回来了")
    assert quick.left() == 1
    with quick.records.reading() as session:
        assert resting(session, ["anna"]) == {"anna": (WEDNESDAY,)}
    with pytest.raises(Refused, match="comp-begun-already"):
        quick.does(deeds.take_back, leave, BOSS, now=at(day(6)), word="?")


def test_a_refusal_says_why_and_nobody_decides_for_themselves(quick):
    leave = quick.ask()
    with pytest.raises(Refused, match="remark-needed"):
        quick.does(deeds.refuse, leave, word=" ")
    with pytest.raises(Refused, match="comp-own"):
        quick.does(deeds.grant, leave, Actor("a", "anna", approves=True))
    with pytest.raises(Refused, match="comp-not-yours"):
        quick.does(deeds.grant, leave, BO)
    quick.does(deeds.refuse, leave, word="人手不够")
    assert quick.left() == 2
    assert ("comp-refused", "anna") in quick.told()
    with pytest.raises(Refused, match="comp-no-longer"):
        quick.does(deeds.grant, leave)


def test_an_editor_asks_for_somebody_and_another_decides(quick):
    with pytest.raises(Refused, match="comp-not-yours"):
        quick.ask(BO, staff="anna")
    with pytest.raises(Refused, match="remark-needed"):
        quick.ask(EDITOR, staff="anna")
    leave = quick.ask(EDITOR, staff="anna", behalf="没有手机")
    with pytest.raises(Refused, match="two-people-needed"):
        quick.does(deeds.grant, leave, EDITOR)
    quick.does(deeds.grant, leave)
    assert quick.left() == 1


def test_everything_against_it_is_told_at_once(quick):
    with quick.records.writing() as session:
        session.add(
            LeaveRow(staff="anna", first=day(3), last=day(3), kind="病假")
        )
    with pytest.raises(Unusable) as error:
        quick.ask(first=HalfDay(day(2), Half.MORNING), last=THURSDAY)
    assert codes(error) == {
        "comp-begun",
        "comp-on-leave",
        "comp-on-duty",
        "comp-too-few",
    }
    quick.granted(first=THURSDAY)
    with pytest.raises(Unusable) as error:
        quick.ask(first=THURSDAY)
    assert codes(error) == {"comp-taken"}
    saturday = HalfDay(day(7), Half.MORNING)
    for first, last, code in (
        (saturday, saturday, "comp-no-workday"),
        (saturday, THURSDAY, "comp-order"),
        (THURSDAY, HalfDay(day(400), Half.MORNING), "comp-too-long"),
    ):
        with pytest.raises(Unusable) as error:
            quick.ask(first=first, last=last)
        assert codes(error) == {code}


def test_days_off_in_between_cost_nothing(quick):
    friday, monday = (
        HalfDay(day(6), Half.AFTERNOON),
        HalfDay(day(9), Half.MORNING),
    )
    quick.granted(first=friday, last=monday)
    with quick.records.reading() as session:
        assert resting(session, ["anna"]) == {"anna": (friday, monday)}


def test_it_can_be_taken_to_its_last_day_and_no_longer(quick):
    # Bo's duty was on a Sunday, and sixty days later is a Thursday.
    last = HalfDay(day(1) + timedelta(days=60), Half.AFTERNOON)
    assert last.date == date(2026, 12, 17)
    after = HalfDay(last.date + timedelta(days=1), Half.MORNING)
    with pytest.raises(Unusable) as error:
        quick.ask(BO, first=after)
    assert codes(error) == {"comp-too-few"}
    quick.granted(actor=BO, first=last)
    assert quick.left("bo", at(after.date)) == 0
    assert quick.left("chen", at(after.date)) == 1
    assert quick.left("chen", at(after.date + timedelta(days=1))) == 0


def test_a_withdrawn_version_leaves_what_was_taken_below_zero(unit):
    unit.granted(first=WEDNESDAY, last=THURSDAY)
    unit.withdraw()
    assert unit.left() == -2
    unit.clock()
    assert unit.left() == -2
    assert ("comp-short", "anna") in unit.told()
    assert ("comp-short", "bo") not in unit.told()
    with unit.records.reading() as session:
        page = person_comp(
            session, staff_id="anna", books=BOOKS, actor=BOSS, now=OVER
        )
        lines = unit_comp(session, unit_id=UNIT, books=BOOKS, now=OVER)
    assert page.standing == -2
    assert page.found.unpaid == (WEDNESDAY, THURSDAY)
    assert [line.kind for line in page.booked] == [
        *["corrected"] * 2,
        *["taken"] * 2,
        *["earned"] * 2,
    ]
    assert [(line.staff_id, line.standing) for line in lines] == [("anna", -2)]


def test_the_account_only_grows(unit):
    unit.granted()
    for change in (
        "UPDATE comp_entry SET halves = 5",
        "DELETE FROM comp_entry",
    ):
        with pytest.raises(DBAPIError), unit.records.writing() as session:
            session.execute(text(change))
    assert unit.left() == 1


def test_whoever_is_about_to_lose_some_is_told_once_a_month(quick):
    december = at(date(2026, 12, 1), 9)
    assert quick.clock(waiting.remind, at(date(2026, 11, 1), 9)) == 0
    assert quick.clock(waiting.remind, december) == 3
    assert quick.clock(waiting.remind, december) == 0
    with quick.records.reading() as session:
        facts = {
            row.staff: row.facts for row in session.scalars(select(MessageRow))
        }
    assert facts["anna"] == {"halves": 2, "date": "2026-12-16"}


def test_what_nobody_decided_in_time_lapses(quick):
    leave = quick.ask()
    quick.clock()
    assert quick.state(leave) == "asked"
    quick.clock(now=at(day(5), 9))
    assert quick.state(leave) == "expired"
    assert quick.left() == 2
    assert ("comp-late", "anna") in quick.told()


def test_what_is_asked_for_twice_is_there_once(quick):
    quick.ask(BO)
    with pytest.raises(Unusable) as error:
        quick.ask(BO, first=WEDNESDAY)
    assert codes(error) == {"comp-too-few"}


def one_grants(url: str, leave: int) -> str:
    """What becomes of one try, in a process of its own."""
    records = open_records(url)
    try:
        Unit(records).does(deeds.grant, leave)
    except Unusable as error:
        return error.mistakes[0].code
    finally:
        records.close()

    return "granted"


def test_of_two_who_grant_the_last_half_day_one_wins(unit):
    first = unit.ask(BO)
    with unit.records.writing() as session:
        # Asked for as long as there was one for each.
        book(session, ["bo"], books=BOOKS, now=OVER)
        row = session.get_one(CompLeaveRow, first)
        second = CompLeaveRow(
            **{
                column.name: getattr(row, column.name)
                for column in CompLeaveRow.__table__.columns
                if column.name not in ("id", "halves")
            },
            halves=[[str(day(6)), "am"]],
        )
        session.add(second)
        session.flush()
        second = second.id
    url = unit.records.engine.url.render_as_string(hide_password=False)
    with two_processes() as pool:
        tries = [pool.submit(one_grants, url, one) for one in (first, second)]
        assert sorted(one.result() for one in tries) == [
            "comp-too-few",
            "granted",
        ]
    assert unit.left("bo") == 0


def test_whoever_moves_takes_account_and_requests_along(quick):
    leave = quick.ask()
    with quick.records.writing() as session:
        old = session.get_one(UnitRow, UNIT)
        session.add(
            UnitRow(
                id="U2",
                name="小学二",
                kind=old.kind,
                boarding=False,
                public=True,
                phone="",
            )
        )
        session.flush()
        session.get_one(StaffRow, "anna").unit = "U2"
    with quick.records.reading() as session:
        assert comp_unit(session, str(leave)) == "U2"
        waits = [
            [
                one.staff_name
                for one in listed(
                    session,
                    actors={unit: BOSS},
                    books=BOOKS,
                    now=OVER,
                )
            ]
            for unit in (UNIT, "U2")
        ]
    assert waits == [[], ["anna"]]
    quick.does(deeds.grant, leave)
    assert quick.left() == 1
