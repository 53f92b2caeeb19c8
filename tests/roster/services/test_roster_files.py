"""A unit's own roster becomes a draft, once looked at, or nothing changes."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from roster.county import County
from roster.errors import Refused
from roster.papers.roster_xlsx import write_rosters_xlsx
from roster.people import Leave
from roster.records import EditRow, RosterRow, open_records
from roster.records.journal import JournalRow
from roster.records.upgrading import upgrade
from roster.records.values import list_rows
from roster.review import State
from roster.services import reviewing
from roster.services.board import county_board
from roster.services.editing.opening import cells_of
from roster.services.editing.proof import IMPORTED
from roster.services.editing.showing import draft_desk
from roster.services.exporting import roster_sheets
from roster.services.readiness import readiness
from roster.services.roster_files.bringing import Consent, bring
from roster.services.roster_files.ground import ground_of
from roster.services.roster_files.looking import look
from roster.services.viewing import failure, roster, shown_roster
from tests.conftest import NOW
from tests.offices import BOOKS, CHINA, SCHOOL, SHORT
from tests.roster.services.conftest import imported

EDITOR = "孙编排（sun）"
SHEET = SCHOOL.name


def exported(office, tmp_path):
    """The school's roster as its workbook, to be changed."""
    path = tmp_path / "out.xlsx"
    with office.records.reading() as session:
        sheets = roster_sheets(
            session,
            term_id=SHORT.id,
            unit_ids=[SCHOOL.id],
            calendar=CHINA,
            books=BOOKS,
        )
    write_rosters_xlsx(sheets, path)
    return load_workbook(path)


def bytes_of(book) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def ground(session):
    return ground_of(
        session,
        unit_id=SCHOOL.id,
        term_id=SHORT.id,
        calendar=CHINA,
        books=BOOKS,
    )


def looked(office, book, sheet=SHEET):
    with office.records.reading() as session:
        return look(
            session,
            ground(session),
            bytes_of(book),
            "值班.xlsx",
            sheet=sheet,
            today=SHORT.first,
        )


def brought(office, found, *, replace=False, seen=""):
    """Stores it; the number of the draft's row."""
    consent = Consent(seen or found.ground.state, EDITOR, NOW, replace)
    with office.records.writing() as session:
        row = bring(
            session,
            office.records,
            ground(session),
            found,
            "值班.xlsx",
            consent,
        )
        return row.id


def stored(office, roster_id):
    with office.records.reading() as session:
        return cells_of(session.get_one(RosterRow, roster_id))


def cell_of(book, when, header="带班领导"):
    """A cell of the list by its date and header."""
    page = book[SHEET]
    column = [cell.value for cell in page[3]].index(header) + 1
    for row in range(4, page.max_row):
        if str(page.cell(row, 3).value).startswith(when):
            return page.cell(row, column)
    raise AssertionError(when)


def test_an_exported_roster_comes_back_as_the_same_draft(office, tmp_path):
    office.generate()
    office.publish()
    book = exported(office, tmp_path)

    found = looked(office, book, "")
    roster_id = brought(office, found)

    with office.records.reading() as session:
        before = shown_roster(session, SCHOOL.id, SHORT.id)
        row = session.get_one(RosterRow, roster_id)
        assert cells_of(row) == cells_of(before)
        assert (row.state, row.base, row.author) == ("draft", 1, EDITOR)
        against = readiness(session, row, CHINA, BOOKS)
        assert against.ready
    assert (found.open, found.broken, found.past) == ((), (), 0)
    assert found.compared.found.shifts == ()


def test_it_says_that_nobody_solved_it(lite, tmp_path):
    office = imported(lite)
    office.generate(SCHOOL.id)
    book = exported(office, tmp_path)

    brought(office, looked(office, book), replace=True)

    with office.records.reading() as session:
        view = roster(
            session,
            unit_id=SCHOOL.id,
            term_id=SHORT.id,
            calendar=CHINA,
            books=BOOKS,
        )
        assert (view.head.status, view.head.tiers) == (IMPORTED, ())
        assert not failure(session, unit_id=SCHOOL.id, term_id=SHORT.id)
        lines = county_board(session, term_id=SHORT.id)
        assert IMPORTED in [line.status for line in lines]


def test_a_unit_that_has_no_roster_yet_may_begin_with_its_own(desk, tmp_path):
    book = exported(desk, tmp_path)
    other = open_records(f"sqlite:///{tmp_path / 'other.db'}")
    upgrade(other)
    office = imported(other)

    found = looked(office, book)

    assert (found.compared is None, found.ground.draft) == (True, None)
    assert stored(office, brought(office, found)) == set(found.own.cells)
    other.close()


def test_what_it_breaks_is_told_marked_and_not_to_be_submitted(desk, tmp_path):
    book = exported(desk, tmp_path)
    one = cell_of(book, "2026-10-06").value
    cell_of(book, "2026-10-07").value = one
    cell_of(book, "2026-10-05").value = None

    found = looked(desk, book)
    roster_id = brought(desk, found)

    assert [line.shift.id for line in found.open] == ["2026-10-05/lead"]
    assert {told.line.article for told in found.broken} == {"第十三条"}
    with desk.records.reading() as session:
        row = session.get_one(RosterRow, roster_id)
        marks = draft_desk(session, row, BOOKS).marks
        assert {told.line.code for told, _ in marks} == {"clause", "coverage"}
        with pytest.raises(Refused) as error:
            reviewing.submit(
                session,
                roster_id=roster_id,
                revision=row.revision,
                calendar=CHINA,
                books=BOOKS,
                who=EDITOR,
                now=NOW,
            )
    assert error.value.code == "open-shifts"


def test_somebody_on_leave_may_be_in_it_and_is_told(desk, tmp_path):
    book = exported(desk, tmp_path)
    with desk.records.reading() as session:
        row = shown_roster(session, SCHOOL.id, SHORT.id)
        cell = min(cells_of(row))
        when = next(s.on for s in row.shifts if s.shift == cell.shift)
    with desk.records.writing() as session:
        leave = Leave(cell.staff, when, when)
        session.add_all(list_rows(County(leave=(leave,))))

    found = looked(desk, book)

    assert [told.line.code for told in found.broken] == ["away"]
    assert cell in stored(desk, brought(desk, found))


def test_a_draft_that_is_there_is_compared_and_goes_only_when_said(
    office, tmp_path
):
    office.generate(SCHOOL.id)
    book = exported(office, tmp_path)
    one, other = (cell_of(book, f"2026-10-0{n}") for n in (3, 4))
    one.value, other.value = other.value, one.value
    found = looked(office, book)
    assert found.compared.before.number == 1
    assert found.compared.found.changes == 2

    with pytest.raises(Refused) as error:
        brought(office, found)
    assert error.value.code == "draft-is-there"

    roster_id = brought(office, found, replace=True)

    assert stored(office, roster_id) == set(found.own.cells)
    with office.records.reading() as session:
        rows = session.scalars(select(RosterRow)).all()
        assert [row.id for row in rows] == [roster_id]
        assert rows[0].revision == 1


def test_a_draft_under_review_stays(desk, tmp_path):
    desk.generate(SCHOOL.id)
    book = exported(desk, tmp_path)
    with desk.records.writing() as session:
        drafts = select(RosterRow).where(RosterRow.state == State.DRAFT)
        row = session.scalars(drafts).one()
        reviewing.submit(
            session,
            roster_id=row.id,
            revision=row.revision,
            calendar=CHINA,
            books=BOOKS,
            who=EDITOR,
            now=NOW,
        )
    found = looked(desk, book)
    assert found.under_review

    with pytest.raises(Refused) as error:
        brought(desk, found, replace=True)

    assert error.value.code == "in-review"


def test_what_changed_since_the_preview_is_not_overwritten(desk, tmp_path):
    found = looked(desk, exported(desk, tmp_path))
    with desk.records.writing() as session:
        leave = Leave(f"{SCHOOL.id}-00", SHORT.first, SHORT.first)
        session.add_all(list_rows(County(leave=(leave,))))

    with pytest.raises(Refused) as error:
        brought(desk, found)

    assert error.value.code == "roster-file-outdated"
    with desk.records.reading() as session:
        states = set(session.scalars(select(RosterRow.state)))
        assert states == {State.PUBLISHED}


def test_remarks_become_notes_and_the_journal_tells_of_the_import(
    desk, tmp_path
):
    book = exported(desk, tmp_path)
    cell_of(book, "2026-10-03", "备注").value = "送站"

    roster_id = brought(desk, looked(desk, book))

    with desk.records.reading() as session:
        row = session.get_one(RosterRow, roster_id)
        notes = draft_desk(session, row, BOOKS).desk.notes
        assert notes == {"2026-10-03/lead": "送站"}
        edit = session.scalars(select(EditRow)).one()
        assert (edit.who, edit.revision, row.revision) == (EDITOR, 1, 1)
        entry = session.scalars(
            select(JournalRow).order_by(JournalRow.id.desc())
        ).first()
        assert (entry.verb, entry.noun) == ("import", "roster")
        assert entry.facts["file"] == "值班.xlsx"
        assert "送站" not in str(entry.facts)


def test_days_that_are_over_are_told_where_they_differ(desk, tmp_path):
    book = exported(desk, tmp_path)
    one, other = (cell_of(book, f"2026-10-0{n}") for n in (3, 4))
    one.value, other.value = other.value, one.value

    with desk.records.reading() as session:
        found = look(
            session,
            ground(session),
            bytes_of(book),
            "值班.xlsx",
            sheet=SHEET,
            today=SHORT.last,
        )

    assert found.past == 2


def test_an_imported_roster_is_published_like_any_other(desk, tmp_path):
    desk.generate(SCHOOL.id)
    book = exported(desk, tmp_path)
    found = looked(desk, book)
    brought(desk, found, replace=True)

    desk.publish(unit_ids=[SCHOOL.id])

    with desk.records.reading() as session:
        row = shown_roster(session, SCHOOL.id, SHORT.id)
        assert row.state == State.PUBLISHED
        assert cells_of(row) == set(found.own.cells)
