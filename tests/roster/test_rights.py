"""Who may do what where, without any database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.rights import RIGHTS_OF, Grant, Right, Role, Visitor

# 局 – two districts – schools; one school stands under the bureau itself.
TREE = {
    "局": "",
    "东区": "局",
    "西区": "局",
    "东一小": "东区",
    "东二小": "东区",
    "西一小": "西区",
    "县幼": "局",
}
NEEDS_A_ROLE = sorted(set(Right) - {Right.OPEN, Right.OWN})


def somebody(*grants: Grant) -> Visitor:
    """A visitor with these roles."""
    return Visitor(7, "张伟", "u010-03", grants=grants, parents=TREE)


def below(unit: str, top: str) -> bool:
    """Whether a unit is another one, or lies under it."""
    while unit and unit != top:
        unit = TREE[unit]

    return unit == top


def test_somebody_who_has_not_logged_in_may_only_what_is_open():
    stranger = Visitor(parents=TREE)

    assert [right for right in Right if stranger.may(right)] == [Right.OPEN]


def test_somebody_without_a_role_may_only_what_is_their_own():
    rights = [right for right in Right if somebody().may(right)]

    assert rights == [Right.OPEN, Right.OWN]


@pytest.mark.parametrize("role", Role)
def test_a_role_carries_its_rights_and_no_others(role):
    holder = somebody(Grant(role, "东一小"))

    held = {right for right in NEEDS_A_ROLE if holder.may(right, "东一小")}

    assert held == RIGHTS_OF[role]


@given(
    st.sampled_from(Role),
    st.sampled_from(sorted(TREE)),
    st.booleans(),
    st.sampled_from(NEEDS_A_ROLE),
    st.sampled_from(sorted(TREE)),
)
def test_a_role_reaches_its_unit_and_what_is_under_it_where_granted(
    role, unit, deep, right, asked
):
    holder = somebody(Grant(role, unit, below=deep))

    reaches = below(asked, unit) if deep else asked == unit

    assert holder.may(right, asked) == (right in RIGHTS_OF[role] and reaches)


@given(st.sampled_from(Role), st.sampled_from(sorted(TREE)))
def test_a_role_without_a_unit_holds_for_the_whole_county(role, asked):
    holder = somebody(Grant(role))

    assert all(holder.may(right, asked) for right in RIGHTS_OF[role])
    assert all(holder.may_everywhere(right) for right in RIGHTS_OF[role])


def test_an_unknown_unit_is_nobodys():
    assert not somebody(Grant(Role.BUREAU_ADMIN)).may(Right.READ, "没有")


def test_a_circle_of_units_ends():
    round_about = Visitor(1, parents={"甲": "乙", "乙": "甲"})

    assert not round_about.may(Right.READ, "甲")


def test_covered_are_just_the_units_where_the_right_holds():
    holder = somebody(
        Grant(Role.STAFF, "县幼"), Grant(Role.HEAD, "东区", below=True)
    )

    assert holder.covered(Right.READ) == {"县幼", "东区", "东一小", "东二小"}
    assert holder.covered(Right.RESULTS) == {"东区", "东一小", "东二小"}
    assert not holder.may_everywhere(Right.READ)


def test_two_of_one_name_sign_differently():
    one = Visitor(1, "张伟", "u010-03")
    other = Visitor(2, "张伟", "u010-07")

    assert one.signature == "张伟（u010-03）"
    assert one.signature != other.signature


def test_no_signature_is_too_long_for_the_journal():
    assert len(Visitor(1, "长" * 40, "l" * 60).signature) <= 60
