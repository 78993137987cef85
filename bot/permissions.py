"""Who may do what, to whom. The whole list; whoever is not named is refused."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from storage import organisation
from storage.database import Session
from storage.members import Role, Speaker
from storage.organisation import Line, Tree


class Action(StrEnum):
    """What somebody may want. Commands, buttons, pages and actions name one of these; `GRANTS`
    below says which roles may."""

    GET_HELP = "get_help"
    BIND = "bind"
    READ_PRIVACY = "read_privacy"

    UNBIND = "unbind"
    OWN_DATA = "own_data"
    GIVE_FEEDBACK = "give_feedback"
    CHECK_IN = "check_in"
    ASK_LEAVE = "ask_leave"
    SIGN_UP = "sign_up"
    SEE_ACTIVITIES = "see_activities"
    SEE_OWN_ATTENDANCE = "see_own_attendance"
    SEE_OWN_DUTIES = "see_own_duties"
    ASK_RULES = "ask_rules"
    OWN_REMINDERS = "own_reminders"
    READ_NOTICES = "read_notices"
    STUDY = "study"
    PLAY = "play"
    DO_TASKS = "do_tasks"
    LOG_SERVICE = "log_service"

    ARRANGE_ACTIVITY = "arrange_activity"
    RUN_CHECK_IN = "run_check_in"
    """Open and close it, show its code, call the roll."""
    SEE_ATTENDANCE = "see_attendance"
    DECIDE_REQUEST = "decide_request"
    """Approve or decline leave and make-up."""
    ANNUL_ATTENDANCE = "annul_attendance"
    REMIND_MISSING = "remind_missing"
    INVITE = "invite"
    SEE_ROSTER = "see_roster"
    """The names of the members, and who has no account yet."""
    SEE_DUTIES = "see_duties"
    CLOSE_DUTY = "close_duty"
    ANSWER_FOR_UNIT = "answer_for_unit"
    """Do what a task asks of the unit: sign for it, report, ask for more time."""
    ISSUE_TASKS = "issue_tasks"
    DECIDE_TASKS = "decide_tasks"
    """Accept, return, grant more time, withdraw."""
    SEE_TASKS = "see_tasks"
    NUDGE_TASKS = "nudge_tasks"
    """Remind whoever has to do them, by hand."""
    SEE_RESTRICTED = "see_restricted"
    """Tasks that only few may see."""
    SUPERVISE = "supervise"
    """Visit units, draw them, hand out findings."""
    SEE_COMPLETENESS = "see_completeness"
    """What the registers lack."""
    SEE_TOPICS = "see_topics"
    """What a branch remembers of each topic of study, from five people on."""
    KEEP_BANK = "keep_bank"
    RUN_CONTEST = "run_contest"
    READ_FEEDBACK = "read_feedback"
    SEND_NOTICE = "send_notice"
    SEE_REACH = "see_reach"
    """Whom no message reaches."""
    SEE_SERVICE = "see_service"
    DRAFT_CIRCULAR = "draft_circular"
    APPROVE_CIRCULAR = "approve_circular"
    EXPORT_TABLES = "export_tables"
    ENTER_CONSOLE = "enter_console"
    SEE_LETTERS = "see_letters"
    """What is going to be said to whom, and what became of it."""
    SEE_AUDIT = "see_audit"
    IMPORT_REGISTERS = "import_registers"
    CHANGE_RULES = "change_rules"


EVERYBODY = frozenset(Role)
MEMBERS = EVERYBODY - {Role.GUEST}
LEADERS = frozenset(
    {
        Role.SECRETARY,
        Role.DEPUTY_SECRETARY,
        Role.ORG_COMMISSIONER,
        Role.ORGAN_COMMITTEE,
        Role.COMMITTEE_OFFICE,
    }
)
"""Who organises: in a branch its secretaries and the organisation commissioner, above it the
organ's committee and the office of the supervising committee."""
BRANCH_COMMITTEE = LEADERS | {Role.PUBLICITY_COMMISSIONER, Role.DISCIPLINE_COMMISSIONER}
WITH_GROUPS = BRANCH_COMMITTEE | {Role.GROUP_LEADER}

GRANTS: Mapping[Action, frozenset[Role]] = {
    Action.GET_HELP: EVERYBODY,
    Action.BIND: EVERYBODY,
    Action.READ_PRIVACY: EVERYBODY,
    Action.UNBIND: MEMBERS,
    Action.OWN_DATA: MEMBERS,
    Action.GIVE_FEEDBACK: MEMBERS,
    Action.CHECK_IN: MEMBERS,
    Action.ASK_LEAVE: MEMBERS,
    Action.SIGN_UP: MEMBERS,
    Action.SEE_ACTIVITIES: MEMBERS,
    Action.SEE_OWN_ATTENDANCE: MEMBERS,
    Action.SEE_OWN_DUTIES: MEMBERS,
    Action.ASK_RULES: MEMBERS,
    Action.OWN_REMINDERS: MEMBERS,
    Action.READ_NOTICES: MEMBERS,
    Action.STUDY: MEMBERS,
    Action.PLAY: MEMBERS,
    Action.DO_TASKS: MEMBERS,
    Action.LOG_SERVICE: MEMBERS,
    Action.ARRANGE_ACTIVITY: WITH_GROUPS,
    Action.RUN_CHECK_IN: WITH_GROUPS,
    Action.SEE_ATTENDANCE: WITH_GROUPS,
    Action.DECIDE_REQUEST: LEADERS | {Role.GROUP_LEADER},
    Action.ANNUL_ATTENDANCE: LEADERS,
    Action.REMIND_MISSING: WITH_GROUPS,
    Action.INVITE: LEADERS,
    Action.SEE_ROSTER: LEADERS,
    Action.SEE_DUTIES: LEADERS,
    Action.CLOSE_DUTY: LEADERS,
    Action.ANSWER_FOR_UNIT: LEADERS - {Role.COMMITTEE_OFFICE},
    Action.ISSUE_TASKS: LEADERS,
    Action.DECIDE_TASKS: LEADERS,
    Action.SEE_TASKS: LEADERS,
    Action.NUDGE_TASKS: LEADERS,
    Action.SEE_RESTRICTED: frozenset({Role.SECRETARY, Role.ORGAN_COMMITTEE, Role.COMMITTEE_OFFICE}),
    Action.SUPERVISE: frozenset({Role.ORGAN_COMMITTEE, Role.COMMITTEE_OFFICE}),
    Action.SEE_COMPLETENESS: LEADERS | {Role.OPERATOR},
    Action.SEE_TOPICS: LEADERS | {Role.PUBLICITY_COMMISSIONER},
    Action.RUN_CONTEST: LEADERS | {Role.PUBLICITY_COMMISSIONER},
    Action.KEEP_BANK: LEADERS | {Role.PUBLICITY_COMMISSIONER, Role.OPERATOR},
    Action.READ_FEEDBACK: frozenset({Role.COMMITTEE_OFFICE, Role.OPERATOR}),
    Action.SEND_NOTICE: LEADERS,
    Action.SEE_REACH: LEADERS,
    Action.SEE_SERVICE: LEADERS,
    Action.DRAFT_CIRCULAR: frozenset({Role.ORGAN_COMMITTEE, Role.COMMITTEE_OFFICE}),
    Action.APPROVE_CIRCULAR: frozenset({Role.ORGAN_COMMITTEE, Role.COMMITTEE_OFFICE}),
    Action.EXPORT_TABLES: LEADERS,
    Action.ENTER_CONSOLE: WITH_GROUPS | {Role.OPERATOR},
    Action.SEE_LETTERS: LEADERS,
    Action.IMPORT_REGISTERS: frozenset({Role.COMMITTEE_OFFICE, Role.OPERATOR}),
    Action.CHANGE_RULES: frozenset({Role.COMMITTEE_OFFICE, Role.OPERATOR}),
    Action.SEE_AUDIT: LEADERS | {Role.OPERATOR},
}


def authorize(actor: Speaker, action: Action, on: Line | None = None) -> bool:
    """May `actor` do `action`, to what belongs to the organisation `on[0]`?

    A post reaches what lies at or under its own organisation. What every member may do reaches
    the organisations that they belong to. Without `on`: is there anything at all that they may.
    """
    roles = GRANTS.get(action, frozenset())
    if actor.is_guest:
        return Role.GUEST in roles
    if Role.MEMBER in roles and (on is None or on[0] in actor.line):
        return True
    return any(post.role in roles and (on is None or post.org_id in on) for post in actor.posts)


def may(db: Session, actor: Speaker, action: Action, org_id: str, now: datetime) -> bool:
    """As `authorize`, for what belongs to `org_id` in the tree of today: what actions ask before
    they touch anything."""
    return authorize(actor, action, organisation.tree(db, now.date()).line(org_id))


def reach(actor: Speaker, action: Action, tree: Tree) -> list[str]:
    """Every organisation in which a post of `actor` allows `action`."""
    roles = GRANTS.get(action, frozenset())
    tops = {post.org_id for post in actor.posts if post.role in roles}
    return sorted({org_id for top in tops for org_id in tree.below(top)})


ABOVE_THE = {"member": ("organiser", "committee"), "organiser": ("committee",)}
"""Whose wishes one cannot have, by the words of `intents.yaml`; a guest is told to bind first."""
ABOVE = frozenset({Role.ORGAN_COMMITTEE, Role.COMMITTEE_OFFICE, Role.OPERATOR})


def standing(speaker: Speaker) -> str:
    """The role by the words of `intents.yaml`."""
    if speaker.is_guest:
        return "guest"
    roles = {post.role for post in speaker.posts}
    if roles & ABOVE:
        return "committee"
    return "organiser" if roles else "member"
