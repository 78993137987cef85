"""Where personal data is, and what deletion does to it: every table is in `PERSONAL` or `FREE`."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlmodel import col

from bot.messages import Address
from storage import accounts, audit, outbox
from storage.activities import Activity, Audience, SignUp
from storage.aftermath import Aftermath
from storage.amendments import RuleAmendment
from storage.attempts import Attempt
from storage.attendance import Attendance
from storage.audit import AuditRow
from storage.broadcasts import Broadcast, Recipient
from storage.console import ConsoleLink, ConsolePassword, ConsoleSession
from storage.courtesy import Courtesy
from storage.credits import Consent, Credit
from storage.database import Session
from storage.devices import Joining
from storage.dialogs import OpenDialog
from storage.drafts import Draft
from storage.duties import Anchor, Duty
from storage.feedback import Feedback
from storage.inbox import Heard, LateReply
from storage.invites import Invite, WrongCode
from storage.ladders import Step
from storage.members import Account, Appointment, Member, Membership
from storage.outbox import Letter
from storage.own_reminders import OwnReminder
from storage.reminders import MissingReminder
from storage.reports import CalendarFeed, Circular, FileWanted, NumberShown
from storage.requests import Request
from storage.service import ServiceRecord
from storage.tasks import Task, TaskItem, TaskStep
from storage.visits import Draw, Round, Visit
from storage.voluntary import VOLUNTARY
from storage.whose import Fate, Personal, Whose, as_subject, by_address, by_any, by_member


def _voluntary_attendance(who: Whose) -> ColumnElement[bool]:
    voluntary = select(col(Activity.id)).where(col(Activity.audience) == Audience.SIGNED_UP)
    return and_(
        col(Attendance.member_id) == who.member_id, col(Attendance.activity_id).in_(voluntary)
    )


def _audited(who: Whose) -> ColumnElement[bool]:
    about = col(AuditRow.object) == f"member:{who.member_id}"
    return or_(about, col(AuditRow.actor) == who.member_id)


KEPT, DELETED, BLANKED = Fate.KEPT, Fate.DELETED, Fate.BLANKED
PERSONAL: tuple[Personal, ...] = (
    Personal(
        Member,
        by_member(Member.id),
        KEPT,
        (
            "id",
            "name",
            "status",
            "accepted_on",
            "full_on",
            "is_leader",
            "retired",
            *("away_from", "mobile_from", "abroad_from", "dues_paid_through"),
            "chase_exempt",
            "theme_opt_in",
        ),
    ),
    Personal(
        Membership,
        by_member(Membership.member_id),
        KEPT,
        ("branch_id", "group_id", "since", "until"),
    ),
    Personal(
        Appointment,
        by_member(Appointment.member_id),
        KEPT,
        ("org_id", "role", "since", "until", "full_time", "approval"),
    ),
    Personal(
        Attendance,
        by_member(Attendance.member_id),
        KEPT,
        ("activity_id", "state", "at", "source", "entered_at", "reason"),
        voluntary=_voluntary_attendance,
    ),
    Personal(Activity, by_member(Activity.made_by), KEPT, ("id", "title", "starts", "made_at")),
    Personal(
        MissingReminder, by_member(MissingReminder.by), KEPT, ("activity_id", "asked_at", "sent_at")
    ),
    Personal(
        Duty,
        as_subject(Duty.subject),
        KEPT,
        ("rule_id", "occurrence", "due", "state", "done_on", "fulfilled_by"),
    ),
    Personal(RuleAmendment, by_member(RuleAmendment.by), KEPT, ("target", "at")),
    Personal(Step, by_member(Step.to), KEPT, ("sort", "due", "role", "channel", "on")),
    Personal(Anchor, as_subject(Anchor.subject), KEPT, ("field", "item", "day", "at")),
    Personal(
        Task,
        by_any(Task.issued_to, Task.owner, Task.offered_to, Task.reported_by),
        KEPT,
        ("id", "item_id", "org_id", "state", "due", "said", "reported_by", "done_on"),
    ),
    Personal(
        TaskItem, by_member(TaskItem.issued_by), KEPT, ("number", "title", "due", "issued_at")
    ),
    Personal(
        TaskStep,
        by_any(TaskStep.by, TaskStep.person),
        KEPT,
        ("task_id", "at", "step", "state", "words", "until", "person"),
    ),
    Personal(
        Broadcast,
        by_any(Broadcast.author, Broadcast.second, Broadcast.changed_by),
        KEPT,
        ("id", "words", "text", "stage", "made_at", "confirmed_at"),
    ),
    Personal(Round, by_member(Round.by), KEPT, ("number", "began_on")),
    Personal(Visit, by_member(Visit.by), KEPT, ("org_id", "on", "method")),
    Personal(Draw, by_member(Draw.by), KEPT, ("at", "seed", "drawn")),
    Personal(
        Circular,
        by_any(Circular.author, Circular.checked_by, Circular.approved_by, Circular.published_by),
        KEPT,
        (
            "id",
            "number",
            "version",
            "org_id",
            "made_at",
            "checked_at",
            "approved_at",
            "published_at",
        ),
    ),
    Personal(AuditRow, _audited, KEPT, ("at", "action", "object", "detail")),
    Personal(
        Account,
        by_member(Account.member_id),
        DELETED,
        ("platform", "user", "bound_at", "via", "consent", "unreachable"),
    ),
    Personal(
        Request,
        by_member(Request.member_id),
        DELETED,
        ("kind", "activity_id", "category", "reason", "asked_at", "state", "decided_at"),
    ),
    Personal(SignUp, by_member(SignUp.member_id), DELETED, ("activity_id", "at")),
    Personal(
        Courtesy,
        by_member(Courtesy.member_id),
        DELETED,
        ("quiet_from", "quiet_until", "daily_from", "daily_until", "platform"),
    ),
    Personal(
        OwnReminder,
        by_member(OwnReminder.member_id),
        DELETED,
        ("content", "rule", "ahead", "next_at", "made_at", "ended"),
    ),
    Personal(
        ServiceRecord,
        by_member(ServiceRecord.member_id),
        DELETED,
        ("served_on", "minutes", "kind", "place", "made_at", "changed_at"),
    ),
    Personal(Recipient, by_member(Recipient.member_id), DELETED, ("broadcast_id", "read_at")),
    Personal(Draft, by_member(Draft.made_by), DELETED, ("title", "starts", "venue", "made_at")),
    Personal(Invite, by_member(Invite.member_id), DELETED, ("made_at", "expires", "used_at")),
    Personal(
        Joining,
        by_member(Joining.member_id),
        DELETED,
        ("from_platform", "to_platform", "made_at", "claimed_at", "ended_at"),
    ),
    Personal(NumberShown, by_member(NumberShown.member_id), DELETED, ("figure", "words", "at")),
    Personal(
        FileWanted,
        by_member(FileWanted.member_id),
        DELETED,
        ("what", "org_id", "first", "last", "made_at", "expires"),
    ),
    Personal(CalendarFeed, by_member(CalendarFeed.member_id), DELETED, ("made_at",)),
    Personal(ConsoleLink, by_member(ConsoleLink.member_id), DELETED, ("expires", "used_at")),
    Personal(ConsoleSession, by_member(ConsoleSession.member_id), DELETED, ("since", "seen")),
    Personal(ConsolePassword, by_member(ConsolePassword.member_id), DELETED, ("set_at",)),
    *VOLUNTARY,
    Personal(Feedback, by_member(Feedback.member_id), DELETED, ("day", "text")),
    Personal(
        WrongCode, by_address(WrongCode.platform, WrongCode.user), DELETED, ("platform", "at")
    ),
    Personal(
        OpenDialog, by_address(OpenDialog.platform, OpenDialog.user), DELETED, ("name", "answers")
    ),
    Personal(
        Credit,
        by_address(Credit.platform, Credit.user),
        DELETED,
        ("platform", "wrote_at", "clicked_at"),
    ),
    Personal(Consent, by_address(Consent.platform, Consent.user), DELETED, ("template", "left")),
    Personal(Aftermath, by_address(Aftermath.platform, Aftermath.user), DELETED, ("how", "at")),
    Personal(LateReply, by_address(LateReply.platform, LateReply.user), DELETED, ("text",)),
    Personal(
        Letter,
        by_member(Letter.to),
        BLANKED,
        ("kind", "due", "state", "reason", "settled_at", "body"),
        blank={"user": "", "body": '{"text":""}', "said": ""},
    ),
    Personal(
        Attempt,
        by_member(Attempt.to),
        BLANKED,
        ("lane", "started", "finished", "result", "reason"),
        blank={"user": ""},
    ),
    Personal(
        Heard,
        by_address(Heard.platform, Heard.user),
        BLANKED,
        ("platform", "at", "reply"),
        blank={"user": "", "reply": '{"text":""}'},
    ),
)
"""Those that are kept stand first. The others are deleted or blanked in this order."""

FREE: Mapping[str, str] = {
    "organisation": "organisations, no persons",
    "lane": "how fast our own accounts may send",
    "placement": "which organisation hangs under which",
    "revision": "how often something has changed",
    "odd_day": "the calendar",
    "work_year": "the calendar",
    "rules_in_force": "versions of the rules",
    "console_try": "digests of what was typed at a door, for a quarter of an hour",
    "question_text": "questions",
    "topic_figure": "topics of branches in which at least five people study",
    "unheard": "what was handed over as not understood, without who or when exactly",
    "ladder_case": "which rung a duty has reached",
    "job_run": "which job has done which slot",
    "lease": "which process is in charge",
    "heartbeat": "which processes live",
    "alert": "faults of the system, without names",
    "token": "our own access to the platforms",
    "audit_head": "how far the record of who did what goes",
    "tombstone": "a member's number and a moment: that is how a deletion survives a restore",
}
"""Tables without personal data, each with its reason."""


def whose(db: Session, member_id: str) -> Whose:
    mine = accounts.of(db, member_id)
    return Whose(member_id, tuple(Address(each.platform, each.user) for each in mine))


def collect(db: Session, member_id: str) -> dict[str, list[dict[str, Any]]]:
    """Everything that is kept about one person: table to rows, as JSON; none without rows."""
    who = whose(db, member_id)
    found = {each.table.name: _rows(db, each, who) for each in PERSONAL}
    return {name: rows for name, rows in found.items() if rows}


def _rows(db: Session, each: Personal, who: Whose) -> list[dict[str, Any]]:
    columns = [each.column(name, who) for name in each.shown]
    rows = db.run(select(*columns).where(each.of(who)))
    return [{name: plain(value) for name, value in row._mapping.items()} for row in rows]


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def erase(db: Session, member_id: str, now: datetime) -> None:
    """To each table what its `fate` says; letters to them that wait are called back."""
    who = whose(db, member_id)
    outbox.cancel_for(db, member_id, "erased", now)
    audit.forget(db, member_id)
    for each in PERSONAL:
        match each.fate:
            case Fate.KEPT:
                if each.voluntary:
                    db.run(delete(each.table).where(each.voluntary(who)))
            case Fate.BLANKED:
                db.run(update(each.table).where(each.of(who)).values(**each.blank))
            case Fate.DELETED:
                db.run(delete(each.table).where(each.of(who)))
    is_theirs = col(Member.id) == member_id
    db.run(update(Member).where(is_theirs).values(erased_at=now, theme_opt_in=False))
