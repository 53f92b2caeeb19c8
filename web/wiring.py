"""
The one place where the parts meet: records, calendar, rules, solver, clock.

Faces ask the office; nothing else knows where a part comes from.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from time import monotonic, time
from typing import Any

from sqlalchemy.orm import Session

from calendars import China, feed
from calendars.documents import from_json
from calendars.years import shipped_years
from roster.messages.channels import Reach
from roster.messages.posting import post
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
    working,
)
from roster.services.claiming import Hold
from roster.services.drawing.desk import Tools
from roster.services.editing import resolving
from roster.services.editing.asking import Wanted
from roster.services.feeding.marking import TO_WRITE
from roster.services.feeding.upkeep import Uses
from roster.services.feeding.writing import Scribe, write_marked
from solver import explain, solve
from solver.parallel import run
from web.config import Config
from web.vault import Vault, site_key

PATIENCE = 60.0  # seconds for what would have been enough for a unit
LEAST = 0.5  # seconds a try is given at least


class Office:
    """One installation, opened; `close` gives everything back."""

    def __init__(self, config: Config) -> None:
        self.config = config
        config.folder.mkdir(parents=True, exist_ok=True)
        self.records: Records = open_records(config.url)
        upgrade(self.records)
        self.records.finishing = self._write_feeds
        self.scribe = Scribe(feed, config.site)
        self.uses = Uses()
        self.reach = Reach(post, time, config.robots, config.mail)
        self._calendar = China()
        self._read: dict[int, str] = {}
        self._books: tuple[dict[str, int], dict[str, RuleBook]] | None = None

    def close(self) -> None:
        """Gives back the connections."""
        self.records.close()

    def _write_feeds(self, session: Session) -> None:
        """Feeds follow in the transaction that changes what they say."""
        if TO_WRITE in session.info:
            write_marked(session, self.scribe, self.now())

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

    @property
    def vault(self) -> Vault:
        """Under which the keys of draws are kept."""
        phrase = self.config.draw_key
        return Vault(phrase.encode() or site_key(self.config.folder))

    def drawing_tools(self) -> Tools:
        """What a series of drawn checks is looked at with, now."""
        return Tools(self.calendar, self.books, self.now())

    def clock(self) -> datetime:
        """The true present: for log-ins, limits, how long things take."""
        return datetime.now(SHANGHAI)

    def now(self) -> datetime:
        """The present on the office's clock, or the demonstration's."""
        present = self.clock()
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

    def work_on(
        self,
        request_id: int,
        *,
        worker: str,
        stopped: Callable[[], bool],
        jobs: int,
    ) -> None:
        """`roster.services.working.work_on` with this office's parts."""
        hold = Hold(
            self.records,
            request_id,
            worker=worker,
            clock=self.clock,
            stopped=stopped,
        )
        working.work_on(
            hold,
            working.Tools(
                calendar=self.calendar,
                books=self.books,
                solve=solve,
                explain=partial(explain, time_limit=PATIENCE),
                run=run,
                now=self.now,
                jobs=jobs,
            ),
        )

    def resolve_rest(
        self, wanted: Wanted, *, who: str, time_limit: float | None = None
    ) -> resolving.Answer:
        """`resolving.resolve_rest` with this office's parts."""
        return resolving.resolve_rest(
            self.records,
            wanted,
            calendar=self.calendar,
            books=self.books,
            solve=partial(solve, time_limit=time_limit),
            explain=partial(explain, time_limit=time_limit or PATIENCE),
            who=who,
            now=self.now,
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
