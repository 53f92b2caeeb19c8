"""The end: the key is published, and everybody may compute again."""

import json

from sqlalchemy.orm import Session

from roster.draw.published import term_file
from roster.errors import Refused
from roster.records import SeriesRow
from roster.services.drawing.desk import REVEALED, Tools, note, running
from roster.services.drawing.frames import days_to_draw, draws_of, frames_of
from roster.services.drawing.secrets import Secret, Vault


def reveal(
    session: Session, series_id: int, *, tools: Tools, vault: Vault, who: str
) -> None:
    """
    Publishes the key, and with it the term's file.

    Raises
    ------
    Refused
        While a day is still to be drawn, or a draw is not over.
    """
    row = running(session, series_id)
    if not is_over(session, row):
        raise Refused("draw-not-over")

    row.key = Secret.of(row, vault).key.hex()
    row.state, row.revealed_at = REVEALED, tools.now
    note(session, row, "reveal", who, tools.now, key_hash=row.key_hash)


def is_over(session: Session, row: SeriesRow) -> bool:
    """Whether every day was drawn and every draw is published."""
    made = draws_of(session, row)
    left = days_to_draw(frames_of(session, row)).keys() - {d.on for d in made}
    return not left and all(draw.record for draw in made)


def file_of(session: Session, series_id: int) -> bytes | None:
    """The file that `verify.py` reads; None before the key is revealed."""
    row = session.get(SeriesRow, series_id)
    if row is None or row.state != REVEALED:
        return None

    records = [json.loads(draw.record) for draw in draws_of(session, row)]
    return term_file(bytes.fromhex(row.key), frames_of(session, row), records)
