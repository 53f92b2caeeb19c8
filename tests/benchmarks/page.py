"""The results as a page that reads well on a terminal and as Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from tests.benchmarks.bench import CountyRun
from tests.benchmarks.measure import Measured

# A prototype's wall seconds and units proven of 130, on two idle cores:
# seeds not seen before, and a harder draw.
PROTOTYPE = {
    "term": ((7.7, 15.4), (129, 130)),
    "year": ((29.2, 49.3), (128, 129)),
}
PEAK = 160  # the prototype's MiB a process
CLASSES = ((1, 15), (16, 25), (26, 60), (61, 120), (121, 250))


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table with its columns aligned."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    width = [max(map(len, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["-" * each for each in width])
    lines = (
        " | ".join(c.ljust(w) for c, w in zip(row, width, strict=True))
        for row in cells
    )
    return "\n".join(f"| {line} |" for line in lines)


def county(run: CountyRun) -> Iterator[str]:
    """Speed, proofs and memory of a period, beside the prototype's."""
    number = len(run.units)
    staff = sum(unit.staff for unit in run.units)
    yield f"## The county, one {run.period} (seed {run.seed})"
    yield f"{number} units, {staff:,} staff, {run.jobs} processes."
    whole = number == 130
    (least, most), (few, many) = PROTOTYPE[run.period]
    cpu = sum(unit.cpu for unit in run.units)
    fair = cpu / run.jobs
    proven = sum(unit.proven for unit in run.units)
    peak = max(unit.peak for unit in run.units)
    yield table(
        ("", "here", "prototype", "ratio"),
        (
            (
                "wall seconds",
                f"{run.seconds:.1f}",
                f"{least}–{most}" if whole else "",
                _times(run.seconds, least, most) if whole else "",
            ),
            (
                "processor seconds ÷ processes",
                f"{fair:.1f}",
                f"{least}–{most}" if whole else "",
                _times(fair, least, most) if whole else "",
            ),
            (
                "every tier proven",
                f"{proven}/{number}",
                f"{few}–{many}/130" if whole else "",
                "",
            ),
            (
                "peak MiB of a process",
                f"{peak:.0f}",
                PEAK,
                f"{peak / PEAK:.2f}",
            ),
            ("in CP-SAT, flow, Python", _shares(run.units), "", ""),
        ),
    )
    yield table(
        (
            "units",
            "number",
            "median s",
            "max s",
            "processor s: median",
            "max",
            "all",
            "questions",
            "proven",
        ),
        (_class(name, some) for name, some in _classes(run) if some),
    )
    for unit in run.units:
        if unit.failure or not unit.proven:
            facts = unit.failure or "; ".join(unit.open_tiers)
            yield f"Open: {unit.problem}, {unit.staff} staff: {facts}."


def _times(seconds: float, least: float, most: float) -> str:
    return f"{seconds / most:.1f}–{seconds / least:.1f}"


def _shares(units: Sequence[Measured]) -> str:
    whole = sum(unit.seconds for unit in units) or 1
    cpsat = sum(unit.cpsat for unit in units) / whole
    flow = sum(unit.flow for unit in units) / whole
    return f"{cpsat:.0%}, {flow:.0%}, {1 - cpsat - flow:.0%}"


def _classes(run: CountyRun) -> Iterator[tuple[str, list[Measured]]]:
    for least, most in CLASSES:
        some = [unit for unit in run.units if least <= unit.staff <= most]
        yield f"{least}–{most} staff", some

    pairs = zip(run.units, run.tight, strict=True)
    yield "tight, any size", [unit for unit, tight in pairs if tight]
    yield "all", run.units


def _class(name: str, units: Sequence[Measured]) -> tuple[object, ...]:
    seconds = [unit.seconds for unit in units]
    cpu = [unit.cpu for unit in units]
    return (
        name,
        len(units),
        f"{median(seconds):.2f}",
        f"{max(seconds):.2f}",
        f"{median(cpu):.2f}",
        f"{max(cpu):.2f}",
        f"{sum(cpu):.1f}",
        sum(unit.questions for unit in units),
        sum(unit.proven for unit in units),
    )
