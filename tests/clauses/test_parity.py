"""No kind of clause is forgotten anywhere."""

from dataclasses import fields
from pathlib import Path
from pkgutil import iter_modules

import pytest

import roster.auditors
import solver.clauses
from roster.auditors import AUDITORS
from roster.documents.clauses import NAMING, OWN
from roster.rules.clauses import CLAUSE_KINDS, Clause
from solver.clauses import BUILDERS

KINDS = sorted(CLAUSE_KINDS)
HERE = Path(__file__).parent


def test_every_kind_is_read_and_built():
    classes = set(CLAUSE_KINDS.values())

    assert set(AUDITORS) == classes
    assert set(BUILDERS) == classes


@pytest.mark.parametrize("package", [roster.auditors, solver.clauses])
def test_every_kind_has_a_module_of_its_own(package):
    modules = {module.name for module in iter_modules(package.__path__)}

    assert modules.issuperset(KINDS)


@pytest.mark.parametrize("functions", [AUDITORS, BUILDERS])
def test_every_kind_is_kept_by_the_function_of_its_name(functions):
    names = {kind.kind: found.__name__ for kind, found in functions.items()}

    assert names == {kind: kind for kind in KINDS}


def test_every_kind_can_be_read_from_a_document():
    assert set(OWN) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_has_the_very_fields_of_the_kind(kind):
    needed, optional = OWN[kind]
    common = {field.name for field in fields(Clause)}
    if kind in NAMING:
        common |= {"for_tags", "for_staff"}

    own = {
        field.name
        for field in fields(CLAUSE_KINDS[kind])
        if field.name not in common
    }

    assert own == {*needed, *optional}


def test_every_kind_has_a_test_file_and_every_file_its_kind():
    about_all = {"agreement", "parity"}

    files = {path.stem.removeprefix("test_") for path in HERE.glob("test_*")}

    assert files - about_all == set(KINDS)
