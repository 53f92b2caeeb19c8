"""
What is kept: SQLAlchemy rows, a module per noun, and the journal.

Rows never leave the services; faces see values only.
"""

from roster.records.accounts import AccountRow as AccountRow
from roster.records.accounts import GrantRow as GrantRow
from roster.records.accounts import LoginRow as LoginRow
from roster.records.base import Base as Base
from roster.records.checks import CheckRow as CheckRow
from roster.records.checks import FindingRow as FindingRow
from roster.records.comp import CompEntryRow as CompEntryRow
from roster.records.comp import CompLeaveRow as CompLeaveRow
from roster.records.draws import DrawPlaceRow as DrawPlaceRow
from roster.records.draws import DrawRecusalRow as DrawRecusalRow
from roster.records.draws import DrawRow as DrawRow
from roster.records.draws import DrawValueRow as DrawValueRow
from roster.records.draws import FrameRow as FrameRow
from roster.records.draws import InspectorAwayRow as InspectorAwayRow
from roster.records.draws import SeriesRow as SeriesRow
from roster.records.duty_logs import DutyEntryRow as DutyEntryRow
from roster.records.duty_logs import DutyLogRow as DutyLogRow
from roster.records.duty_logs import HandoverRow as HandoverRow
from roster.records.edits import EditRow as EditRow
from roster.records.engine import Records as Records
from roster.records.engine import open_records as open_records
from roster.records.feeds import FeedCodeRow as FeedCodeRow
from roster.records.feeds import FeedEventRow as FeedEventRow
from roster.records.feeds import FeedRow as FeedRow
from roster.records.feeds import SubscriptionRow as SubscriptionRow
from roster.records.incidents import IncidentRow as IncidentRow
from roster.records.incidents import IncidentStepRow as IncidentStepRow
from roster.records.journal import JournalRow as JournalRow
from roster.records.messages import ChannelRow as ChannelRow
from roster.records.messages import JobRunRow as JobRunRow
from roster.records.messages import MessageRow as MessageRow
from roster.records.messages import QuietRow as QuietRow
from roster.records.people import InspectorRow as InspectorRow
from roster.records.people import LeaveRow as LeaveRow
from roster.records.people import LimitRow as LimitRow
from roster.records.people import PastDutyRow as PastDutyRow
from roster.records.people import RelationRow as RelationRow
from roster.records.people import StaffRow as StaffRow
from roster.records.people import UnitRow as UnitRow
from roster.records.people import WishRow as WishRow
from roster.records.requests import RequestRow as RequestRow
from roster.records.requests import RequestUnitRow as RequestUnitRow
from roster.records.rosters import AssignmentRow as AssignmentRow
from roster.records.rosters import ReviewRow as ReviewRow
from roster.records.rosters import RosterRow as RosterRow
from roster.records.rosters import ShiftRow as ShiftRow
from roster.records.rosters import SolutionRow as SolutionRow
from roster.records.swaps import SwapRow as SwapRow
from roster.records.terms import CalendarRow as CalendarRow
from roster.records.terms import OverrideRow as OverrideRow
from roster.records.terms import PresenceRow as PresenceRow
from roster.records.terms import RuleDocumentRow as RuleDocumentRow
from roster.records.terms import SettingRow as SettingRow
from roster.records.terms import TermRow as TermRow
from roster.records.wishing import WishAnswerRow as WishAnswerRow
from roster.records.wishing import WishRoundRow as WishRoundRow
from roster.records.zero_reports import ZeroReportRow as ZeroReportRow
