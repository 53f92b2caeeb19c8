import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.checks.results import Result, Verdict
from roster.checks.summary import Rate, Tally


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [
        # Wilson (1927); the ends as statsmodels' proportion_confint gives
        (1, 1, 0.20654931437723745, 1.0),
        (0, 10, 0.0, 0.27753279986288904),
        (9, 10, 0.5958499732047615, 0.9821237869049271),
    ],
)
def test_the_interval_is_wilsons(hits, trials, low, high):
    assert Rate(hits, trials).interval == pytest.approx((low, high), abs=1e-9)


def test_without_checks_everything_is_possible():
    assert Rate(0, 0).interval == (0.0, 1.0)


@given(
    st.integers(0, 300).flatmap(
        lambda n: st.tuples(st.integers(0, n), st.just(n))
    )
)
def test_the_rate_lies_in_its_interval(counts):
    rate = Rate(*counts)

    low, high = rate.interval

    assert 0 <= low <= high <= 1
    assert rate.trials == 0 or low <= rate.hits / rate.trials <= high


def test_more_hits_than_trials_are_refused():
    with pytest.raises(ValueError, match="hits"):
        Rate(2, 1)


def test_only_findings_that_judge_count_in_the_rate():
    tally = Tally.of(
        [Result.OK, Result.OK, Result.ABSENT, Result.VIDEO_TECH]
        + [Result.NO_ANSWER, Result.LOG_MISSING]
    )

    assert tally.on_duty == Rate(2, 3)
    assert tally[Verdict.PENDING] == 1
