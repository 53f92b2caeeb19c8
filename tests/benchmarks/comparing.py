"""The parts of the page that hold us against others."""

from collections.abc import Iterator, Sequence
from statistics import median

from tests.benchmarks.bench import OnCallRun, PeerRun
from tests.benchmarks.measure import Measured
from tests.benchmarks.oncall import KNOWN
from tests.benchmarks.page import table
from tests.benchmarks.peers import Attempt


def oncall(runs: Sequence[OnCallRun]) -> Iterator[str]:
    """Each instance beside its proven optimum and a direct model's time."""
    yield "## On-call rostering (MiniZinc challenges 2013 and 2018)"
    yield (
        "One worker here; the other times are a direct CP-SAT model's with "
        "two. Values by a plain reading of the original model."
    )
    yield table(
        (
            "instance",
            "value",
            "optimum",
            "proven",
            "s",
            "processor s",
            "direct s",
            "ratio",
        ),
        map(_oncall, runs),
    )


def _oncall(run: OnCallRun) -> tuple[object, ...]:
    unit = run.measured
    best, direct = KNOWN.get(unit.problem, ("?", None))
    return (
        unit.problem,
        "–" if run.value is None else run.value,
        best,
        "yes" if unit.proven else "no",
        f"{unit.seconds:.2f}",
        f"{unit.cpu:.2f}",
        direct or "",
        f"{unit.seconds / direct:.1f}" if direct else "",
    )


def peers(runs: Sequence[PeerRun]) -> Iterator[str]:
    """Costs of all tiers and times, on the same machine a minute apart."""
    yield "## Peers on a sample"
    yield (
        "Costs of holiday/weekend/total/wishes/spacing; + n: mandatory "
        "rules broken."
    )
    yield table(
        (
            "unit",
            "staff",
            "ours",
            "s",
            "round robin",
            "weighted sum",
            "s",
            "ratio",
        ),
        map(_peer, runs),
    )
    yield _said("A clerk's round robin", [(r.ours, r.clerk) for r in runs])
    yield _said("One weighted sum", [(r.ours, r.weighted) for r in runs])


def _peer(run: PeerRun) -> tuple[object, ...]:
    ours, weighted = run.ours, run.weighted
    return (
        ours.problem,
        ours.staff,
        _vector(_costs(ours), 0),
        f"{ours.seconds:.2f}",
        _vector(run.clerk.costs, run.clerk.broken),
        _vector(weighted.costs, weighted.broken),
        f"{weighted.seconds:.2f}",
        f"{weighted.seconds / max(ours.seconds, 0.001):.1f}",
    )


def _costs(ours: Measured) -> tuple[int, ...]:
    return tuple(tier.cost for tier in ours.outcome.tiers)


def _vector(costs: Sequence[int], broken: int) -> str:
    text = "/".join(map(str, costs)) or "none in time"
    return f"{text} + {broken}" if broken else text


def _said(who: str, pairs: Sequence[tuple[Measured, Attempt]]) -> str:
    reached = sum(
        bool(peer.costs) and not peer.broken and peer.costs <= _costs(ours)
        for ours, peer in pairs
    )
    broken = sum(bool(peer.broken) for _, peer in pairs)
    proven = sum(peer.proven for _, peer in pairs)
    worse = [
        peer.costs[0] / _costs(ours)[0] - 1
        for ours, peer in pairs
        if peer.costs and _costs(ours) and _costs(ours)[0]
    ]
    ratios = [peer.seconds / max(ours.seconds, 0.001) for ours, peer in pairs]
    return (
        f"{who}: reaches our costs in {reached} of {len(pairs)} (proven "
        f"{proven}), breaks a mandatory rule in {broken}, holiday tier "
        f"{median(worse or [0]):+.0%} (median), takes "
        f"{median(ratios):.2f} times our seconds (median)."
    )
