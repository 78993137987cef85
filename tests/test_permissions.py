"""Every way in × every role, said out loud: whoever is not listed here is refused.

The table is written by hand and apart from `bot/permissions.py`: who changes one must change the
other, and a new action is refused to everybody until it stands in both.
"""

from collections.abc import Iterator

import pytest

from bot import text
from bot.app import dispatcher
from bot.dispatch import check_permission
from bot.messages import Incoming, Refusal
from bot.permissions import GRANTS, Action, authorize
from storage.members import Post, Role, Speaker
from tests.world import World

ORDER = [
    "guest",
    "member",
    "group_leader",
    "secretary",
    "deputy_secretary",
    "org_commissioner",
    "publicity_commissioner",
    "discipline_commissioner",
    "organ_committee",
    "committee_office",
    "operator",
]
TABLE = """
get_help            + + + + + + + + + + +
bind                + + + + + + + + + + +
read_privacy        + + + + + + + + + + +
unbind              - + + + + + + + + + +
own_data            - + + + + + + + + + +
give_feedback       - + + + + + + + + + +
check_in            - + + + + + + + + + +
ask_leave           - + + + + + + + + + +
sign_up             - + + + + + + + + + +
see_activities      - + + + + + + + + + +
see_own_attendance  - + + + + + + + + + +
see_own_duties      - + + + + + + + + + +
ask_rules           - + + + + + + + + + +
own_reminders       - + + + + + + + + + +
read_notices        - + + + + + + + + + +
study               - + + + + + + + + + +
play                - + + + + + + + + + +
do_tasks            - + + + + + + + + + +
log_service         - + + + + + + + + + +
arrange_activity    - - + + + + + + + + -
run_check_in        - - + + + + + + + + -
see_attendance      - - + + + + + + + + -
remind_missing      - - + + + + + + + + -
decide_request      - - + + + + - - + + -
annul_attendance    - - - + + + - - + + -
invite              - - - + + + - - + + -
see_roster          - - - + + + - - + + -
see_duties          - - - + + + - - + + -
close_duty          - - - + + + - - + + -
answer_for_unit     - - - + + + - - + - -
issue_tasks         - - - + + + - - + + -
decide_tasks        - - - + + + - - + + -
see_tasks           - - - + + + - - + + -
nudge_tasks         - - - + + + - - + + -
see_restricted      - - - + - - - - + + -
supervise           - - - - - - - - + + -
see_completeness    - - - + + + - - + + +
see_topics          - - - + + + + - + + -
run_contest         - - - + + + + - + + -
keep_bank           - - - + + + + - + + +
read_feedback       - - - - - - - - - + +
send_notice         - - - + + + - - + + -
see_reach           - - - + + + - - + + -
see_service         - - - + + + - - + + -
draft_circular      - - - - - - - - + + -
approve_circular    - - - - - - - - + + -
export_tables       - - - + + + - - + + -
enter_console       - - + + + + + + + + +
see_letters         - - - + + + - - + + -
see_audit           - - - + + + - - + + +
import_registers    - - - - - - - - - + +
change_rules        - - - - - - - - - + +
"""


def rows() -> Iterator[tuple[str, str, bool]]:
    for line in TABLE.strip().splitlines():
        action, *marks = line.split()
        assert len(marks) == len(ORDER), action
        for role, mark in zip(ORDER, marks, strict=True):
            yield action, role, mark == "+"


ALLOWED = {(action, role) for action, role, allowed in rows() if allowed}
REFUSED = text.not_allowed(["…"]).partition("…")[0]
COMMANDS = dispatcher().finder.router.commands


def speaker(role: str) -> Speaker:
    if role == "guest":
        return Speaker(id="", name="")
    posts = () if role == "member" else (Post(Role(role), "B1"),)
    return Speaker(id="M", name="张", branch_id="B1", line=("B1", "WC"), posts=posts)


def test_the_table_names_every_action_and_every_role() -> None:
    assert {action for action, _, _ in rows()} == {each.value for each in Action}
    assert set(ORDER) == {each.value for each in Role}
    assert set(GRANTS) == set(Action)


@pytest.mark.parametrize(("action", "role", "allowed"), tuple(rows()))
def test_each_role_may_what_the_table_says(action: str, role: str, allowed: bool) -> None:
    assert authorize(speaker(role), Action(action)) is allowed


@pytest.mark.parametrize("role", ORDER)
def test_every_way_in_asks(role: str) -> None:
    """Commands, wishes, buttons, answers, scenes and patterns alike."""
    for route in dispatcher().finder.router.routes():
        if (route.may.value, role) in ALLOWED:
            check_permission(speaker(role), route)
        else:
            with pytest.raises(Refusal):
                check_permission(speaker(role), route)


@pytest.mark.parametrize("role", ORDER)
def test_every_command_said_by_every_role(world: World, role: str) -> None:
    """Through the dispatcher: an unlisted pair gets the refusal and leaves no trace."""
    talker = world.stranger()
    if role != "guest":
        talker = world.member("张一", role=None if role == "member" else Role(role))
    refused = set()
    for word in COMMANDS:
        [reply] = world.answer(
            Incoming(id=f"{role}-{word}", sender=talker.address, at=world.now, text=word)
        )
        if reply.text == text.NOT_BOUND or reply.text.startswith(REFUSED):
            refused.add(word)

    unlisted = {w for w, route in COMMANDS.items() if (route.may.value, role) not in ALLOWED}
    assert refused == unlisted


def test_a_post_reaches_no_further_than_its_organisation() -> None:
    secretary = speaker("secretary")

    assert authorize(secretary, Action.RUN_CHECK_IN, ("B1-G1", "B1", "WC"))
    assert not authorize(secretary, Action.RUN_CHECK_IN, ("B2", "WC"))
    assert not authorize(secretary, Action.RUN_CHECK_IN, ("WC",))
