"""
What is kept: SQLAlchemy rows, a module per noun, and the journal.

Rows never leave the services; faces see values only.
"""

from roster.records.base import Base as Base
from roster.records.checks import CheckRow as CheckRow
from roster.records.checks import FeedEventRow as FeedEventRow
from roster.records.checks import FeedRow as FeedRow
from roster.records.checks import FindingRow as FindingRow
from roster.records.engine import Records as Records
from roster.records.engine import open_records as open_records
from roster.records.journal import JournalRow as JournalRow
from roster.records.people import InspectorRow as InspectorRow
from roster.records.people import LeaveRow as LeaveRow
from roster.records.people import LimitRow as LimitRow
from roster.records.people import PastDutyRow as PastDutyRow
from roster.records.people import RelationRow as RelationRow
from roster.records.people import StaffRow as StaffRow
from roster.records.people import UnitRow as UnitRow
from roster.records.people import WishRow as WishRow
from roster.records.rosters import AssignmentRow as AssignmentRow
from roster.records.rosters import RosterRow as RosterRow
from roster.records.rosters import ShiftRow as ShiftRow
from roster.records.rosters import SolutionRow as SolutionRow
from roster.records.terms import CalendarRow as CalendarRow
from roster.records.terms import OverrideRow as OverrideRow
from roster.records.terms import PresenceRow as PresenceRow
from roster.records.terms import RuleDocumentRow as RuleDocumentRow
from roster.records.terms import SettingRow as SettingRow
from roster.records.terms import TermRow as TermRow
