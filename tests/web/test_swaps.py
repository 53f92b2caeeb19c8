"""Swaps as people settle them on their phones."""

from re import findall

import pytest
from sqlalchemy import select

from roster.moves import stand_ins
from roster.posts import LEADERS
from roster.records import StaffRow, SwapRow
from roster.rights import Grant, Role
from roster.services.answering import roster_asked
from roster.services.turning import roster_in_force
from tests.offices import BUREAU, SHORT
from tests.web.accounts import add_account, log_in
from tests.web.conftest import Visitor
from tests.web.county import NOW
from web import create_app

UNIT = f"/units/{BUREAU.id}"


class School:
    """A duty of the school, somebody to stand in, and their log-ins."""

    def __init__(self, here) -> None:
        self.here = here
        self.app = create_app(here)
        with here.records.reading() as session:
            self.asked = roster_asked(
                session, unit_id=BUREAU.id, term_id=SHORT.id
            )
            people = session.scalars(
                select(StaffRow.id).where(StaffRow.unit == BUREAU.id)
            ).all()
        with here.records.writing() as session:
            for staff in people:
                add_account(
                    session,
                    staff.lower(),
                    staff,
                    Grant(Role.STAFF, BUREAU.id),
                    staff_id=staff,
                )
        self.shift, self.staff, self.partner = self._found()

    def _found(self):
        """A duty of no leader that somebody can cover."""
        problem = self.asked.problem
        for cell in sorted(self.asked.roster):
            shift = problem.shift[cell.shift]
            if (shift.date - NOW.date()).days < 1 or shift.post in LEADERS:
                continue
            for one in stand_ins(problem, self.asked.roster, *self._of(cell)):
                if not one.back:
                    return cell.shift, cell.staff, one.staff
        raise AssertionError

    @staticmethod
    def _of(cell):
        return cell.shift, cell.staff

    def leader(self) -> str:
        day = self.asked.problem.shift[self.shift].date
        return next(
            c.staff
            for c in self.asked.roster
            if self.asked.problem.shift[c.shift].date == day
            and self.asked.problem.shift[c.shift].post in LEADERS
        )

    def as_(self, login: str) -> Visitor:
        return Visitor(log_in(self.app.test_client(), login.lower()))

    def ask(self, visitor=None, **more):
        visitor = visitor or self.as_(self.staff)
        page = (
            f"{UNIT}/swaps/ask?shift={self.shift}&staff={self.staff}"
            f"&partner={self.partner}"
        )
        fields = {
            "shift": self.shift,
            "staff": self.staff,
            "partner": self.partner,
            **more,
        }
        return visitor.sends(f"{UNIT}/swaps", page, **fields)

    def swap(self) -> SwapRow:
        with self.here.records.reading() as session:
            found = session.scalars(select(SwapRow)).one()
            session.expunge(found)
            return found

    def does(self, login: str, deed: str, word=""):
        number = self.swap().id
        way = "decision/" if deed in ("approve", "refuse") else ""
        return self.as_(login).sends(
            f"/swaps/{number}/{way}{deed}", "/my/swaps", word=word
        )

    def holders(self) -> set[str]:
        with self.here.records.reading() as session:
            row = roster_in_force(session, BUREAU.id, SHORT.id)
            shift = next(s for s in row.shifts if s.shift == self.shift)
            return {held.staff for held in shift.held}


@pytest.fixture
def school(here) -> School:
    return School(here)


def test_a_duty_is_handed_over_on_the_phone(school):
    me = school.as_(school.staff)
    page = me.reads(
        f"{UNIT}/stand-in?term={SHORT.id}&shift={school.shift}"
        f"&staff={school.staff}"
    )
    links = findall('href="([^"]*/swaps/ask[^"]*)"', page)
    assert any(school.partner in link for link in links)

    assert school.ask(word="家里有事").status_code == 303
    theirs = school.as_(school.partner).reads("/my/swaps")
    assert "家里有事" in theirs
    assert "等我答复" in theirs
    assert school.does(school.partner, "agree").status_code == 303
    leader = school.leader()
    assert "等我批准" in school.as_(leader).reads("/my/swaps")
    assert school.does(leader, "approve").status_code == 303
    assert school.partner in school.holders()
    assert school.staff not in school.holders()
    assert "已生效" in school.as_(school.staff).reads("/my/swaps")


def test_only_the_leader_of_that_day_approves(school):
    school.ask()
    school.does(school.partner, "agree")
    answer = school.does(school.staff, "approve")
    assert answer.status_code == 409
    assert "带班领导" in answer.text
    assert school.swap().state == "agreed"


def test_nobody_gives_away_what_is_another_ones(school):
    other = school.as_(school.partner)
    page = f"{UNIT}/people"
    token = other.token("/account/password")
    answer = other.client.post(
        f"{UNIT}/swaps",
        data={
            "csrf_token": token,
            "shift": school.shift,
            "staff": school.staff,
            "partner": school.leader(),
        },
    )
    assert answer.status_code == 409, page
    assert "当事人" in answer.text


def test_an_editor_sees_all_and_acts_for_somebody(school):
    editor = school.as_("bureau-admin.u010")
    answer = school.ask(editor, behalf="在外培训", **{"from": "unit"})
    assert answer.status_code == 303
    page = editor.reads(f"{UNIT}/swaps")
    assert "在外培训" in page
    assert "代当事人办" in page
    assert school.swap().behalf == "在外培训"


def test_an_inspector_sees_that_there_are_swaps_and_not_why(school):
    school.ask(word="家里有事")
    page = school.as_("inspector.u010").reads(f"{UNIT}/swaps")
    assert "等对方同意" in page
    assert "家里有事" not in page


def test_the_switch_is_the_editors(school):
    editor = school.as_("bureau-admin.u010")
    editor.sends(f"{UNIT}/swaps/automatic", f"{UNIT}/swaps", automatic="yes")
    school.ask()
    school.does(school.partner, "agree")
    assert school.swap().state == "done"
