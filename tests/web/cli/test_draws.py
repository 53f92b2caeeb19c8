"""The draw at the terminal: committed to, shown, revealed, verified."""

from datetime import datetime, timedelta

import pytest
import time_machine

from roster.people import Unit, UnitKind
from roster.records.values import unit_row
from roster.services import drawing
from tests.builders import SHANGHAI
from tests.offices import SHORT
from tests.web.cli.conftest import DONE, REFUSED, UNUSABLE
from tests.web.county import AUTUMN_CHECKS
from web.cli.terminal import office

START = datetime(2026, 9, 20, 9, tzinfo=SHANGHAI)
EVENING = datetime(2026, 9, 30, 21, 40, tzinfo=SHANGHAI)
YES = ("--yes", "--who", "王")


@pytest.fixture
def drafted(published):
    """The published county, with a second school and a series' draft."""
    with time_machine.travel(START), office() as here:
        with here.records.writing() as session:
            session.add_all(
                unit_row(
                    Unit(id=f"V{n}", name=f"新校{n}", kind=UnitKind.SCHOOL)
                )
                for n in range(3)
            )
        with here.records.writing() as session:
            drawing.make_series(
                session, AUTUMN_CHECKS, tools=here.drawing_tools(), who="王"
            )
    return published


def attends(moment: datetime) -> None:
    """The clock looks."""
    with (
        time_machine.travel(moment),
        office() as here,
        here.records.writing() as session,
    ):
        drawing.attend(session, tools=here.drawing_tools(), vault=here.vault)


def test_a_series_from_commitment_to_verification(drafted, tmp_path):
    path = tmp_path / "TERM.json"
    with time_machine.travel(START):
        assert drafted("draw", "commit", "1").code == REFUSED
        committed = drafted("draw", "commit", "1", *YES)
        assert committed.code == DONE
        assert "密钥摘要" in committed.out
        assert drafted("draw", "commit", "1", *YES).code == REFUSED
        early = drafted("draw", "value", "1", "357", *YES)
        assert "现在没有要录入的公共值" in early
    with time_machine.travel(EVENING):
        entered = drafted("draw", "value", "1", "357", *YES)
        assert "已录入 2026-10-01 的公共值" in entered
        assert drafted("draw", "value", "1", "?", *YES).code == UNUSABLE
    attends(EVENING + timedelta(hours=2))
    with time_machine.travel(EVENING + timedelta(hours=3)):
        hidden = drafted("draw", "show", "1")
        assert "已结束 0 次" in hidden
        assert "新校" not in hidden.out
        refused = drafted("draw", "reveal", "1", "--out", path, *YES)
        assert refused.code == REFUSED
    after = datetime.combine(SHORT.last, EVENING.timetz())
    attends(after + timedelta(days=2))
    with time_machine.travel(after + timedelta(days=2)):
        shown = drafted("draw", "show", "1")
        assert "2026-10-01  357" in shown.out
        assert drafted("draw", "reveal", "1", "--out", path, *YES).code == DONE
        # Once more, for whoever lost the file.
        assert drafted("draw", "reveal", "1", "--out", path).code == DONE

    stamped = [w for w in committed.out.split() if len(w) == 64]
    fine = drafted("draw", "verify", path, *stamped)
    assert (fine.code, "全部相符" in fine.out) == (DONE, True)
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"value":"357"', b'"value":"358"'))
    found = drafted("draw", "verify", path)
    assert found.code == REFUSED
    assert "draw 1: 内容与摘要不符" in found.out


def test_what_is_not_there_is_said(published, tmp_path):
    assert "没有这个抽查方案" in published("draw", "commit", "9", *YES)
    assert published("draw", "show").out == ""
    missing = published("draw", "verify", tmp_path / "none.json")
    assert missing.code == UNUSABLE
