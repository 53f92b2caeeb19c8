"""The invented county on which the product is shown and tried."""

from roster.demo.county import SEED as SEED
from roster.demo.county import demonstration_county as demonstration_county
