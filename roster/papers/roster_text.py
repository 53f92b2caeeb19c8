"""Rosters as CSV and as one page of HTML that prints."""

import csv
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from roster.papers.rosters import HEADERS, RosterSheet, flat_rows

# A spreadsheet takes what begins with these for a formula.
FORMULA = tuple("=+-@＝＋－＠\t\r\n")

STYLE = """
@page { size: A4 landscape; margin: 10mm }
body { font: 11pt/1.4 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
h1 { font-size: 15pt; text-align: center; margin: 0 }
p { text-align: center; margin: 2mm 0 }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #444; padding: 1mm 1.5mm; text-align: center }
thead { display: table-header-group }
tr { break-inside: avoid }
section + section { break-before: page }
.sign { text-align: left }
"""


def write_rosters_csv(sheets: Sequence[RosterSheet], path: Path) -> None:
    """The flat lists one below the other; opens in Excel as it is."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for sheet in sheets:
            for row in flat_rows(sheet):
                writer.writerow([_safe(word) for word in row])


def _safe(word: str) -> str:
    return f"'{word}" if word.startswith(FORMULA) else word


def write_rosters_html(sheets: Sequence[RosterSheet], path: Path) -> None:
    """The page as a file."""
    path.write_text(rosters_html(sheets), "utf-8")


def rosters_html(sheets: Sequence[RosterSheet]) -> str:
    """One page that needs nothing else, a printed page a unit."""
    title = sheets[0].title if len(sheets) == 1 else "值班安排表"
    body = "\n".join(line for sheet in sheets for line in _section(sheet))
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body>\n{body}\n</body></html>\n"
    )


def _section(sheet: RosterSheet) -> Iterator[str]:
    yield f"<section><h1>{escape(sheet.title)}</h1>"
    yield f"<p>{escape(sheet.standing)}</p><table><thead>"
    yield _row("th", HEADERS) + "</thead><tbody>"
    for row in flat_rows(sheet):
        yield _row("td", row)
    yield "</tbody></table>"
    yield f'<p class="sign">{escape(sheet.signatures)}</p></section>'


def _row(tag: str, cells: Sequence[str]) -> str:
    inner = "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells)
    return f"<tr>{inner}</tr>"
