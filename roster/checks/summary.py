"""How sure a handful of checks makes us: counts and a Wilson interval."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from roster.checks.results import Result, Verdict

# The 97.5 % point of the normal distribution, for 95 % on both sides.
Z = 1.959963984540054

# Below this many judged findings a rate is called a small sample.
SMALL_SAMPLE = 10


@dataclass(frozen=True, slots=True)
class Rate:
    """``hits`` of ``trials`` with the 95 % Wilson interval around it."""

    hits: int
    trials: int

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= self.trials:
            raise ValueError("Must have 0 <= hits <= trials.")

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end, 0–1; everything is possible without trials."""
        if self.trials == 0:
            return 0.0, 1.0

        n, share, zz = self.trials, self.hits / self.trials, Z * Z
        centre = share + zz / (2 * n)
        half = Z * sqrt(share * (1 - share) / n + zz / (4 * n * n))
        low, high = (
            (centre - half) / (1 + zz / n),
            (centre + half) / (1 + zz / n),
        )
        # Rounding may not push a certain end past certainty.
        return (
            0.0 if self.hits == 0 else low,
            1.0 if self.hits == n else high,
        )

    @property
    def small(self) -> bool:
        """Whether there are too few trials to say much."""
        return self.trials < SMALL_SAMPLE


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings by what they count as."""

    counts: Counter[Verdict]

    @classmethod
    def of(cls, results: Iterable[Result]) -> "Tally":
        """Counts results by their verdict."""
        return cls(Counter(result.verdict for result in results))

    def __getitem__(self, verdict: Verdict) -> int:
        return self.counts[verdict]

    @property
    def on_duty(self) -> Rate:
        """在岗 rate: passes among findings that judge somebody."""
        judged = (Verdict.PASS, Verdict.ISSUE, Verdict.FAIL)
        return Rate(self[Verdict.PASS], sum(self[v] for v in judged))
