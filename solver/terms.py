"""
What a clause's builder returns: the ways in which a roster can cost.

A mandatory clause forbids them (up to ``allow``), a goal adds them up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ortools.sat.python.cp_model import (
    BoolVarT,
    CpModel,
    LinearExpr,
    LinearExprT,
)

from roster.rules.clauses import Clause


@dataclass(frozen=True, slots=True)
class AllOf:
    """Costs ``cost`` when all literals are true."""

    literals: tuple[BoolVarT, ...]
    cost: int = 1
    waived: bool = False


@dataclass(frozen=True, slots=True)
class AtMostOne:
    """Two of these literals may never be true; has no cost to add up."""

    literals: tuple[BoolVarT, ...]


@dataclass(frozen=True, slots=True)
class Excess:
    """
    Costs what ``amount`` is above 0, at most ``most``.

    ``waived`` of it pins alone already cost. ``only_if`` are literals
    without which a mandatory clause asks nothing (conflict search).
    """

    amount: LinearExprT
    most: int
    waived: int = 0
    only_if: tuple[BoolVarT, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """Costs the value of an expression, between 0 and ``most``."""

    amount: LinearExprT
    most: int


@dataclass(frozen=True, slots=True)
class Constant:
    """Costs the same whatever is done."""

    cost: int


Term = AllOf | AtMostOne | Excess | Cost | Constant


def forbid(
    model: CpModel,
    clause: Clause,
    terms: Iterable[Term],
    holds: Sequence[BoolVarT] = (),
) -> None:
    """
    Makes a mandatory clause hold, where all of ``holds`` are true.

    With an allowance the costs are added up, without one each term is
    forbidden by itself, which propagates far better.
    """
    if clause.allow:
        spent = sum(cost_of(model, _beyond_pins(term)) for term in terms)
        _under(model.add(spent <= clause.allow), holds)
        return

    for term in terms:
        _forbid_one(model, term, holds)


def _forbid_one(model: CpModel, term: Term, holds: Sequence[BoolVarT]) -> None:
    if isinstance(term, AllOf) and not term.waived:
        clause = model.add_bool_or([~lit for lit in term.literals])
        _under(clause, holds)

    if isinstance(term, AtMostOne):
        _one_of(model, term, holds)

    if isinstance(term, Excess):
        row = model.add(term.amount <= term.waived)
        _under(row, (*holds, *term.only_if))

    if isinstance(term, Cost):
        _under(model.add(term.amount <= 0), holds)

    if isinstance(term, Constant) and term.cost:
        _under(model.add_bool_or([]), holds)


def _one_of(
    model: CpModel, term: AtMostOne, holds: Sequence[BoolVarT]
) -> None:
    if not holds:
        model.add_at_most_one(term.literals)
        return

    # CP-SAT has no at-most-one that an assumption could switch off.
    _under(model.add(LinearExpr.sum(list(term.literals)) <= 1), holds)


def _beyond_pins(term: Term) -> Term:
    if isinstance(term, AllOf) and term.waived:
        return Constant(0)

    if isinstance(term, Excess) and term.waived:
        return replace(
            term,
            amount=term.amount - term.waived,
            most=max(0, term.most - term.waived),
            waived=0,
        )

    return term


def _under(row: object, holds: Sequence[BoolVarT]) -> None:
    if holds:
        row.only_enforce_if(*holds)  # type: ignore[attr-defined]


def cost_of(model: CpModel, term: Term) -> LinearExprT:
    """What a term costs, as an expression that minimising makes exact."""
    if isinstance(term, Constant):
        return term.cost

    if isinstance(term, Cost):
        return term.amount

    if isinstance(term, AllOf):
        if len(term.literals) == 1:
            return term.cost * term.literals[0]

        all_true = model.new_bool_var("")
        model.add_bool_or([*(~lit for lit in term.literals), all_true])
        return term.cost * all_true

    if isinstance(term, AtMostOne):
        raise TypeError("An at-most-one is a prohibition, not a cost.")

    if term.most <= 0:
        return 0

    over = model.new_int_var(0, term.most, "")
    _under(model.add(over >= term.amount), term.only_if)
    return over


def total(model: CpModel, terms: Iterable[Term]) -> LinearExprT:
    """The sum of what the terms cost."""
    return LinearExpr.sum([cost_of(model, term) for term in terms])
