"""
The bureau's own rule documents, version by version, over the shipped ones.

The newest counts for whatever is generated from then on. Rosters keep the
digest of the text they were made under and are never rewritten.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.posts import SHANGHAI
from roster.records import (
    RosterRow,
    RuleDocumentRow,
    SolutionRow,
    UnitRow,
)
from roster.records.journal import record
from roster.records.values import unit_of
from roster.review import OPEN, State
from roster.rules.reader import own_books, read_rulebook, shipped_text
from roster.rules.replacing import read_replacement
from roster.rules.rulebook import RuleBook
from roster.services.preparing import book_id
from roster.services.ruling import overrides


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A rule document as the bureau handed it in."""

    book: str
    version: int
    text: str
    stored_at: datetime


def newest_versions(session: Session) -> dict[str, int]:
    """The number of each stored document's newest version."""
    newest = select(
        RuleDocumentRow.book, func.max(RuleDocumentRow.version)
    ).group_by(RuleDocumentRow.book)
    return {book: version for book, version in session.execute(newest)}


def stored_documents(session: Session) -> dict[str, StoredDocument]:
    """The newest version of each stored document."""
    found = {}
    for book, version in newest_versions(session).items():
        wanted = select(RuleDocumentRow).where(
            RuleDocumentRow.book == book, RuleDocumentRow.version == version
        )
        row = session.scalars(wanted).one()
        found[book] = StoredDocument(
            row.book,
            row.version,
            row.text,
            row.stored_at.astimezone(SHANGHAI),
        )

    return found


def books_in_force(session: Session) -> dict[str, RuleBook]:
    """
    The shipped documents, over them the newest stored ones.

    Raises
    ------
    Unusable
        When a stored one lacks what a newer product has come to read.
    """
    shipped = own_books()
    return shipped | {
        book: read_replacement(stored.text, f"{book}.toml", shipped)
        for book, stored in stored_documents(session).items()
    }


def text_in_force(session: Session, book: str) -> str:
    """The text of a document as it stands."""
    stored = stored_documents(session).get(book)
    return stored.text if stored else shipped_text(book)


def book_in_force(session: Session, book: str) -> RuleBook:
    """A document as it stands, even if the product asks more of it now."""
    return read_rulebook(text_in_force(session, book), f"{book}.toml")


def read_document(session: Session, text: str, name: str) -> RuleBook:
    """
    A document that may come into force.

    Raises
    ------
    Unusable
        With every mistake: in the text, in what the product reads of it,
        and in what it would do to parameters set differently.
    """
    units = {row.id: row.name for row in session.scalars(select(UnitRow))}
    return read_replacement(text, name, own_books(), overrides(session), units)


def store_document(
    session: Session, text: str, name: str, *, who: str, now: datetime
) -> int:
    """
    Stores a document as its next version; gives the version's number.

    It is read once more, for what is set differently may have changed
    since it was shown.
    """
    book = read_document(session, text, name)
    version = newest_versions(session).get(book.id, 0) + 1
    session.add(
        RuleDocumentRow(
            book=book.id, version=version, text=text, stored_at=now
        )
    )
    record(
        session,
        who=who,
        verb="import",
        noun="rule",
        thing=book.id,
        now=now,
        facts={"version": version, "digest": book.digest},
    )
    return version


def made_otherwise(session: Session, book: RuleBook) -> dict[str, int]:
    """
    How many rosters were made under another text of a document, by state.

    Of a unit's published versions of one term only the newest counts, of
    drafts each, whether under review or not; what is withdrawn does not.
    """
    units = [
        row.id
        for row in session.scalars(select(UnitRow))
        if book_id(unit_of(row)) == book.id
    ]
    newest = select(func.max(RosterRow.id)).group_by(
        RosterRow.unit, RosterRow.term, RosterRow.state
    )
    counted = (
        select(RosterRow.state, func.count())
        .join(SolutionRow, SolutionRow.id == RosterRow.solution)
        .where(
            RosterRow.id.in_(newest),
            RosterRow.unit.in_(units),
            SolutionRow.book != book.digest,
        )
        .group_by(RosterRow.state)
    )
    found = {state: count for state, count in session.execute(counted)}
    drafts = sum(found.get(state, 0) for state in OPEN)
    return {"draft": drafts, "published": found.get(State.PUBLISHED, 0)}
