"""
The random draw in the office: series, values, draws, dispatching.

What is drawn stands nowhere before its time: each result is computed from
the encrypted key when it is due, and only what was dispatched is written
down. So no page, export, log or journal can tell it early.
"""

from roster.services.drawing.cancelling import cancel as cancel
from roster.services.drawing.committing import commit as commit
from roster.services.drawing.committing import stop as stop
from roster.services.drawing.dispatching import attend as attend
from roster.services.drawing.frames import renew_all as renew_all
from roster.services.drawing.inspectors import (
    declare_away as declare_away,
)
from roster.services.drawing.inspectors import open_place as open_place
from roster.services.drawing.inspectors import recuse as recuse
from roster.services.drawing.revealing import reveal as reveal
from roster.services.drawing.secrets import Vault as Vault
from roster.services.drawing.series import NewSeries as NewSeries
from roster.services.drawing.series import change_series as change_series
from roster.services.drawing.series import make_series as make_series
from roster.services.drawing.series import remove_series as remove_series
from roster.services.drawing.values import enter_value as enter_value
