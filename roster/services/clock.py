"""
Jobs that fall due: each is done once for each time, and as a whole.

What a job queues and that it was done are one transaction. So neither two
processes nor a restart do it twice, and one that broke off was not done.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.records import JobRunRow


def last_due(session: Session, *, job: str, now: datetime) -> datetime | None:
    """
    The newest time a job was done for; None if it never was.

    Times that are yet to come do not count: the clock was wrong then.
    """
    return session.scalar(
        select(func.max(JobRunRow.due)).where(
            JobRunRow.job == job, JobRunRow.due <= now
        )
    )


def begin(session: Session, *, job: str, now: datetime) -> None:
    """From now on a job falls due; before, nobody waited for it."""
    if last_due(session, job=job, now=now) is None:
        _done(session, job, now, now, 0)


def do_once(
    session: Session,
    *,
    job: str,
    due: datetime,
    now: datetime,
    work: Callable[[], int],
) -> int | None:
    """
    Does a job for a time it was due, unless it has been done.

    ``work`` queues in this same writing session and tells how much; the
    answer is that number, None where another was quicker.
    """
    known = select(JobRunRow.id).where(
        JobRunRow.job == job, JobRunRow.due == due
    )
    if session.scalar(known) is not None:
        return None

    count = work()
    _done(session, job, due, now, count)
    return count


def _done(
    session: Session, job: str, due: datetime, now: datetime, count: int
) -> None:
    session.add(JobRunRow(job=job, due=due, done_at=now, count=count))
    session.flush()
