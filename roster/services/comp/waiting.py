"""What the clock does with comp-leave: it books, closes and reminds."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.comp import balance, hour_of
from roster.messages.kinds import COMP_EXPIRING, COMP_SHORT
from roster.posts import SHANGHAI
from roster.records import CompLeaveRow, StaffRow
from roster.rules.rulebook import RuleBook
from roster.services.comp.checks import rules_for
from roster.services.comp.earning import CLOCK, book, entries_of
from roster.services.comp.resting import days_of
from roster.services.comp.telling import enter, tell
from roster.services.messaging import queue

Books = Mapping[str, RuleBook]

# Told on the first of a month: whatever goes before the tenth of the next.
AHEAD = timedelta(days=40)


def keep_account(session: Session, *, books: Books, now: datetime) -> int:
    """
    Books what duties earned, and closes what nobody decided in time.

    Whoever comes out below zero, because a duty they were off for does not
    count any more, is told so.
    """
    today = now.astimezone(SHANGHAI).date()
    news = book(session, None, books=books, now=now)
    for staff, entries in news.items():
        standing = balance(entries).standing(today)
        if standing < 0:
            queue(
                session,
                kind=COMP_SHORT,
                staff=[staff],
                facts={"halves": -standing},
                key=f"{today}",
                now=now,
            )

    return len(news) + _close_late(session, books, now)


def _close_late(session: Session, books: Books, now: datetime) -> int:
    rows = session.scalars(
        select(CompLeaveRow)
        .where(CompLeaveRow.state == "asked")
        .order_by(CompLeaveRow.id)
    )
    done = 0
    for row in rows.all():
        first = days_of(row)[0]
        home = session.get_one(StaffRow, row.staff).unit
        params = rules_for(session, home, books)
        if first.start(hour_of(params, first)) <= now:
            row.state, row.settled_at, row.settled_by = "expired", now, CLOCK
            enter(session, row, "expire", CLOCK, now)
            tell(session, row, "comp-late", {row.staff}, now)
            done += 1

    return done


def remind(session: Session, *, books: Books, now: datetime) -> int:
    """Tells everybody who is about to lose half-days how many, and when."""
    today = now.astimezone(SHANGHAI).date()
    until = today + AHEAD
    there = {
        row.id: row.employed_until for row in session.scalars(select(StaffRow))
    }
    done = 0
    for staff, entries in entries_of(
        session, None, books=books, now=now
    ).items():
        found = balance(entries)
        left = found.left(today, until)
        gone = there.get(staff)
        if left and (gone is None or gone >= today):
            done += queue(
                session,
                kind=COMP_EXPIRING,
                staff=[staff],
                facts={
                    "halves": left,
                    "date": str(found.expires_first(today)),
                },
                key=f"{today:%Y-%m}",
                now=now,
            )

    return done
