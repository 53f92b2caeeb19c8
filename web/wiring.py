"""
The one place where the parts meet: records, calendar, rules, solver, clock.

Faces ask the office; nothing else knows where a part comes from.
"""

from datetime import date, datetime
from functools import partial
from time import monotonic
from typing import Any

from calendars import China
from calendars.documents import from_json
from calendars.years import shipped_years
from roster.posts import SHANGHAI
from roster.records import Records, open_records
from roster.records.upgrading import upgrade
from roster.rules.rulebook import RuleBook
from roster.services import (
    calendar_keeping,
    generating,
    repairing,
    rule_documents,
    settings,
)
from solver import explain, solve
from solver.parallel import run
from web.config import Config

PATIENCE = 60.0  # seconds for what would have been enough for a unit
LEAST = 0.5  # seconds a try is given at least


class Office:
    """One installation, opened; `close` gives everything back."""

    def __init__(self, config: Config) -> None:
        self.config = config
        config.folder.mkdir(parents=True, exist_ok=True)
        self.records: Records = open_records(config.url)
        upgrade(self.records)
        self._calendar = China()
        self._read: dict[int, str] = {}
        self._books: tuple[dict[str, int], dict[str, RuleBook]] | None = None

    def close(self) -> None:
        """Gives back the connections."""
        self.records.close()

    @property
    def books(self) -> dict[str, RuleBook]:
        """The two shipped rule documents, over them the stored ones."""
        with self.records.reading() as session:
            versions = rule_documents.newest_versions(session)
            known = self._books
            if known is None or known[0] != versions:
                known = versions, rule_documents.books_in_force(session)
                self._books = known

        return known[1]

    @property
    def calendar(self) -> China:
        """The shipped years, over them the stored ones."""
        with self.records.reading() as session:
            stored = calendar_keeping.stored_years(session)

        if self._read != stored:
            years = shipped_years()
            years |= {y: from_json(text) for y, text in stored.items()}
            self._calendar, self._read = China(years), stored

        return self._calendar

    @property
    def demonstration_day(self) -> date | None:
        """The day that is today for everything, in a demonstration."""
        with self.records.reading() as session:
            words = settings.get(session, settings.DEMONSTRATION_DAY)
        return date.fromisoformat(words) if words else None

    def now(self) -> datetime:
        """The present on the office's clock, or the demonstration's."""
        present = datetime.now(SHANGHAI)
        day = self.demonstration_day
        if day is None:
            return present

        clock = present.time().replace(microsecond=0)
        return datetime.combine(day, clock, SHANGHAI)

    def today(self) -> date:
        """The present day."""
        return self.now().date()

    def generate(
        self,
        *,
        jobs: int | None = None,
        time_limit: float | None = None,
        **more: Any,
    ) -> Any:
        """`roster.services.generating.generate` with this office's parts."""
        return generating.generate(
            self.records,
            calendar=self.calendar,
            books=self.books,
            solve=partial(solve, time_limit=time_limit),
            explain=partial(explain, time_limit=time_limit or PATIENCE),
            run=run,
            now=more.pop("now", self.now),
            jobs=jobs,
            **more,
        )

    def repair(
        self,
        *,
        time_limit: float | None = None,
        patience: float | None = None,
        **more: Any,
    ) -> Any:
        """
        `roster.services.repairing.repair` with this office's parts.

        ``time_limit`` is for each try, ``patience`` for all of them.
        """
        until = monotonic() + patience if patience else None

        def limit() -> float | None:
            """Seconds the next try may take."""
            if until is None:
                return time_limit

            return max(LEAST, until - monotonic())

        return repairing.repair(
            self.records,
            calendar=self.calendar,
            books=self.books,
            solve=lambda problem: solve(problem, time_limit=limit()),
            explain=lambda problem: explain(
                problem, time_limit=limit() or PATIENCE
            ),
            now=more.pop("now", self.now),
            **more,
        )
