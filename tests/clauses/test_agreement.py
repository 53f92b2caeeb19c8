"""Auditor and builder say the same of every roster of a small problem."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.sat.python.cp_model import INFEASIBLE, OPTIMAL, CpSolver

from roster.audit import breaches, costs
from roster.problem import Assignment, Problem
from roster.rules.clauses import CLAUSE_KINDS
from solver.model import Model
from tests.effort import examples
from tests.solver.problems import rosters, small_problems

UNWRITTEN = {"coverage", "eligible", "available", "overlap", "pin"}


@pytest.mark.parametrize("kind", sorted(CLAUSE_KINDS))
@given(data=st.data())
@settings(
    max_examples=examples(100),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_every_roster_costs_the_same_read_and_built(kind, data):
    problem = data.draw(small_problems(clause_count=1, kinds=(kind,)))
    model = Model(problem)
    goals = [clause for clause in problem.clauses if not clause.mandatory]
    model.cp.minimize(model.cost(goals))

    for found, broken in legal_rosters(problem):
        status, built = price(model, found)

        assert status == (INFEASIBLE if broken else OPTIMAL)
        assert broken or built == sum(costs(problem, found).values())


def legal_rosters(
    problem: Problem,
) -> Iterator[tuple[frozenset[Assignment], bool]]:
    """Rosters that keep what nobody writes down; whether a clause breaks."""
    for found in rosters(problem):
        broken = {breach.rule for breach in breaches(problem, found)}
        if not broken & UNWRITTEN:
            yield found, bool(broken)


def price(model: Model, found: frozenset[Assignment]) -> tuple[int, int]:
    """The solver's status and cost when this is the roster."""
    fixed = model.fork()
    for (staff, shift), cell in fixed.board.cells.items():
        fixed.cp.add(cell == (Assignment(shift, staff) in found))

    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    solver.parameters.linearization_level = 0
    status = solver.solve(fixed.cp)
    return status, round(solver.objective_value) if status == OPTIMAL else 0
