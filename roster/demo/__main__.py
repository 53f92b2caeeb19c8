"""Writes the demonstration county's workbook anew from its seed."""

from pathlib import Path

from roster.demo import SEED, demonstration_county
from roster.papers.workbook_out import write_county

WORKBOOK = Path(__file__).with_name("county.xlsx")
NOTE = (
    "柳湾县是虚构的演示县：其中的地名、单位、人员和电话号码均系编造，"
    f"如有雷同纯属巧合。种子 {SEED}。"
)

if __name__ == "__main__":
    write_county(demonstration_county(), WORKBOOK, note=NOTE)
