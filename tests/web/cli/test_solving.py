"""`duty-roster solve` and `duty-roster audit`, called as a terminal does."""

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from roster.documents import write_outcome, write_problem
from roster.problem import Outcome, Problem, Status, TierResult
from roster.rules.clauses import Balance, Gap, Limit
from tests.builders import (
    make_outcome,
    make_problem,
    make_shift,
    make_shifts,
    make_staff,
    pin,
)
from tests.roster.test_documents import GOOD, MALFORMED
from web.cli import main, solving

DONE, INCONSISTENT, UNUSABLE, INFEASIBLE, NO_ROSTER = 0, 1, 2, 3, 4

PAIR = make_staff("li", "wang")
GAP = Gap(id="gap", article="第八条", tier=0, days=2)
EASY = make_problem(
    PAIR,
    make_shifts(2),
    GAP,
    Balance(id="fair", tier=1, ledger="total"),
    pins=(pin("d0/duty", "li"),),
)
TOO_FEW = replace(EASY, id="龙门小学", staff=PAIR[:1])


def market_split() -> Problem:
    """Four ledgers to halve at once: nobody says quickly whether it goes."""
    luck = Random(7)
    ledgers = ["a", "b", "c", "d"]
    shifts = [
        make_shift(
            number, burden={name: luck.randrange(100) for name in ledgers}
        )
        for number in range(40)
    ]
    halves = [
        Limit(
            id=name,
            tier=0,
            ledger=name,
            max=(1 + sum(shift.burden[name] for shift in shifts)) // 2,
        )
        for name in ledgers
    ]
    return replace(make_problem(PAIR, shifts, *halves), id="难题小学")


@pytest.fixture(autouse=True)
def _chinese(monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


@pytest.fixture
def written(tmp_path):
    """Writes a problem or an outcome (or just text) and gives its path."""

    def write(thing: Problem | Outcome | str, name: str) -> str:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        if isinstance(thing, Problem):
            thing = write_problem(thing)
        elif isinstance(thing, Outcome):
            thing = write_outcome(thing)
        path.write_text(thing, "utf-8")
        return str(path)

    return write


def solve(*arguments: object) -> int:
    """The exit code of `duty-roster solve`."""
    return main(["solve", "--jobs", "1", *map(str, arguments)])


def solved(path: Path) -> dict:
    """The outcome in a file."""
    return json.loads(path.read_text("utf-8"))


def test_the_outcome_alone_goes_to_standard_output(written, capsys):
    code = solve(written(EASY, "easy.json"))

    out, err = capsys.readouterr()
    assert code == DONE
    outcome = json.loads(out)
    assert outcome["problem"] == "柳湾小学"
    assert outcome["status"] == "optimal"
    assert outcome["tiers"] == [{"tier": 1, "cost": 2, "bound": 2}]
    assert "柳湾小学: optimal" in err


def test_out_names_the_file_of_one_outcome(written, tmp_path, capsys):
    target = tmp_path / "roster.json"

    code = solve(written(EASY, "easy.json"), "--out", target)

    assert code == DONE
    assert capsys.readouterr().out == ""
    assert solved(target)["assignments"] == [
        {"shift": "d0/duty", "staff": "li"},
        {"shift": "d1/duty", "staff": "wang"},
    ]


def test_in_a_folder_outcomes_bear_their_problems_names(
    written, tmp_path, capsys
):
    problems = [written(EASY, "liuwan.json"), written(TOO_FEW, "longmen")]
    folder = tmp_path / "2026" / "outcomes"

    solve(*problems, "--out-dir", folder)

    assert capsys.readouterr().out == ""
    assert {p.name: solved(p)["problem"] for p in folder.iterdir()} == {
        "liuwan.outcome.json": "柳湾小学",
        "longmen.outcome.json": "龙门小学",
    }


@pytest.mark.parametrize("out", [[], ["--out", "all.json"]])
def test_several_problems_need_a_folder(out, written, capsys, monkeypatch):
    monkeypatch.setattr(solving, "run", never)
    problems = [written(EASY, "a.json"), written(TOO_FEW, "b.json")]

    code = solve(*problems, *out)

    assert code == UNUSABLE
    printed, err = capsys.readouterr()
    assert printed == ""
    assert "--out-dir" in err


def never(*_, **__):
    raise AssertionError("nothing was to be solved")


def test_two_files_of_one_name_would_hide_each_other(
    written, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(solving, "run", never)
    problems = [written(EASY, "a/p.json"), written(TOO_FEW, "b/p.json")]
    folder = tmp_path / "outcomes"

    code = solve(*problems, "--out-dir", folder)

    assert code == UNUSABLE
    assert "p.outcome.json" in capsys.readouterr().err
    assert not folder.exists()


def test_a_folder_that_cannot_be_made_is_known_before_solving(
    written, capsys, monkeypatch
):
    monkeypatch.setattr(solving, "run", never)
    file = written("", "a file")

    code = solve(written(EASY, "easy.json"), "--out-dir", file)

    assert code == UNUSABLE
    assert "写不进" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_named(written, tmp_path, capsys):
    nowhere = tmp_path / "nowhere" / "roster.json"

    code = solve(written(EASY, "easy.json"), "--out", nowhere)

    assert code == UNUSABLE
    assert str(nowhere) in capsys.readouterr().err


def test_all_mistakes_of_all_files_come_at_once_and_nothing_is_written(
    written, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(solving, "run", never)
    twice = {"shifts": EASY.shifts * 2, "staff": EASY.staff[:1] * 2}
    problems = [
        written(EASY, "good.json"),
        written(replace(EASY, pins=(), **twice), "twice.json"),
        written("{", "broken.json"),
        tmp_path / "missing.json",
    ]
    folder = tmp_path / "outcomes"

    code = solve(*problems, "--out-dir", folder)

    out, err = capsys.readouterr()
    assert code == UNUSABLE
    assert out == ""
    assert not folder.exists()
    for place in (
        "twice.json $.staff[1].id",
        "twice.json $.shifts[2].id",
        "twice.json $.shifts[3].id",
        "broken.json",
        "missing.json",
    ):
        assert place in err


def test_no_roster_is_told_with_its_conflict(written, capsys):
    code = solve(written(TOO_FEW, "p.json"))

    outcome = json.loads(capsys.readouterr().out)
    assert code == INFEASIBLE
    assert outcome["status"] == "infeasible"
    assert outcome["assignments"] == []
    assert {"clause": "gap", "article": "第八条"} in outcome["conflict"]


def test_no_roster_within_the_limit_is_told(written, capsys):
    code = solve(written(market_split(), "p.json"), "--time-limit", 0.5)

    outcome = json.loads(capsys.readouterr().out)
    assert code == NO_ROSTER
    assert outcome["status"] == "unknown"
    assert outcome["conflict"] == []


def test_a_solver_that_fails_is_told_with_its_reason(
    written, capsys, monkeypatch
):
    def failing(tasks, *, on_failure, **_):
        return [(key, on_failure(key, "process died")) for key, _ in tasks]

    monkeypatch.setattr(solving, "run", failing)

    code = solve(written(EASY, "easy.json"))

    out, err = capsys.readouterr()
    assert code == NO_ROSTER
    assert json.loads(out)["status"] == "unknown"
    assert "柳湾小学: process died" in err


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["easy", "hard"], NO_ROSTER),
        (["hard", "too few", "easy"], INFEASIBLE),
        (["too few", "broken", "easy"], UNUSABLE),
    ],
)
def test_the_exit_code_is_the_gravest(names, code, written, tmp_path):
    things = {
        "easy": EASY,
        "hard": market_split(),
        "too few": TOO_FEW,
        "broken": "{",
    }
    problems = [written(things[name], f"{name}.json") for name in names]

    found = solve(
        *problems, "--time-limit", 1, "--out-dir", tmp_path / "outcomes"
    )

    assert found == code


def test_the_seed_is_the_problems_unless_another_is_given(written, capsys):
    path = written(replace(EASY, seed=7), "p.json")

    solve(path)
    own = json.loads(capsys.readouterr().out)
    solve(path, "--seed", 2**31 - 1)
    given = json.loads(capsys.readouterr().out)

    assert own["seed"] == 7
    assert given["seed"] == 2**31 - 1


@pytest.mark.parametrize(
    "option",
    [
        ["--seed", "-1"],
        ["--seed", str(2**31)],
        ["--time-limit", "-1"],
        ["--time-limit", "0"],
        ["--time-limit", "nan"],
        ["--jobs", "0"],
        ["--workers", "0"],
        ["--out", "a.json", "--out-dir", "b"],
    ],
)
def test_an_option_out_of_range_is_unusable(option, written, capsys):
    path = written(EASY, "p.json")

    with pytest.raises(SystemExit) as left:
        solve(path, *option)

    assert left.value.code == UNUSABLE
    assert option[0] in capsys.readouterr().err


def test_the_same_problem_gives_the_same_bytes_but_for_seconds(
    written, capsys
):
    staff = make_staff("li", "wang", "zhao", "zhou")
    fair = Balance(id="fair", tier=1, ledger="total")
    path = written(make_problem(staff, make_shifts(8), GAP, fair), "p.json")
    said = []

    for _ in range(2):
        solve(path)
        lines = capsys.readouterr().out.splitlines()
        said.append([line for line in lines if '"seconds"' not in line])

    assert said[0] == said[1]
    assert len(said[0]) == len(lines) - 1


def audited(problem: str, outcome: str) -> int:
    """The exit code of `duty-roster audit`."""
    return main(["audit", problem, outcome])


FAIR = make_outcome(
    ("d0/duty", "li"), ("d1/duty", "wang"), tiers=(TierResult(1, 2, 2),)
)


def test_what_solve_wrote_audit_finds_consistent(written, tmp_path, capsys):
    problem, outcome = written(EASY, "p.json"), str(tmp_path / "o.json")
    solve(problem, "--out", outcome)

    code = audited(problem, outcome)

    assert code == DONE
    assert capsys.readouterr().out == ""


def test_every_violation_is_one_line(written, capsys):
    clumsy = make_outcome(
        ("d0/duty", "li"), ("d1/duty", "li"), tiers=(TierResult(1, 2, 2),)
    )
    office = replace(
        EASY, shifts=make_shifts(3), pins=(pin("d2/duty", "wang"),)
    )

    code = audited(written(office, "p.json"), written(clumsy, "o.json"))

    assert code == INCONSISTENT
    assert capsys.readouterr().out.splitlines() == [
        "coverage - - d2/duty,2026-10-19 needs=1 holders=0",
        "pin - wang d2/duty",
        "gap 第八条 li d0/duty,d1/duty,2026-10-17,2026-10-18 cost=1 allow=0",
        "tier 1 - - - cost=2 bound=2 real=4",
    ]


def test_what_pins_excuse_is_told_beside_the_result(written, capsys):
    pins = (pin("d0/duty", "li"), pin("d1/duty", "li"))
    office = make_problem(PAIR, make_shifts(2), GAP, pins=pins)
    roster = make_outcome(("d0/duty", "li"), ("d1/duty", "li"))

    code = audited(written(office, "p.json"), written(roster, "o.json"))

    out, err = capsys.readouterr()
    assert code == DONE
    assert out == ""
    assert "gap 第八条 li d0/duty,d1/duty" in err


@pytest.mark.parametrize("status", ["infeasible", "unknown"])
def test_an_outcome_without_a_roster_may_be_consistent(status, written):
    none = make_outcome(status=Status(status))

    code = audited(written(EASY, "p.json"), written(none, "o.json"))

    assert code == DONE


@pytest.mark.parametrize(
    ("cost", "bound", "status"),
    [(1, 1, "optimal"), (2, 3, "feasible"), (2, 1, "optimal")],
)
def test_what_is_said_wrongly_of_a_roster_is_a_violation(
    cost, bound, status, written
):
    said = replace(
        FAIR, status=Status(status), tiers=(TierResult(1, cost, bound),)
    )

    code = audited(written(EASY, "p.json"), written(said, "o.json"))

    assert code == INCONSISTENT


@pytest.mark.parametrize(
    ("problem", "outcome", "told"),
    [
        ("{", FAIR, "p.json"),
        (EASY, "{", "o.json"),
        (EASY, "[]", "o.json $"),
        (EASY, replace(FAIR, problem="别的学校"), "别的学校"),
    ],
)
def test_what_cannot_be_audited_is_unusable(
    problem, outcome, told, written, capsys
):
    code = audited(written(problem, "p.json"), written(outcome, "o.json"))

    out, err = capsys.readouterr()
    assert code == UNUSABLE
    assert out == ""
    assert told in err


def test_a_file_that_is_not_there_is_unusable(written, capsys):
    code = audited(written(EASY, "p.json"), "no-such-outcome.json")

    assert code == UNUSABLE
    assert "no-such-outcome.json" in capsys.readouterr().err


@pytest.mark.parametrize(("change", "code", "path"), MALFORMED)
def test_every_malformed_problem_is_refused_with_its_place(
    written, tmp_path, capsys, change, code, path
):
    document = deepcopy(GOOD)
    change(document)
    source = written(json.dumps(document, ensure_ascii=False), "p.json")

    answer = main(["solve", source, "--out", str(tmp_path / "out.json")])

    assert answer == UNUSABLE
    assert f"p.json {path}: " in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()
