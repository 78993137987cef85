"""请假, 补签, 撤回 and 我的申请; 待我审批 for those who organise."""

from datetime import date
from typing import Literal

from bot.messages import Button, Dialog, Reply, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from bot.understanding.occasions import heard
from handlers.checkin.actions import deciding
from handlers.checkin.actions import requests as actions
from handlers.checkin.rules import deciding as decisions
from handlers.checkin.rules import phrases as rules
from handlers.checkin.rules.requests import (
    AskedBefore,
    CameAlready,
    Choice,
    Confirm,
    Kind,
    LeaveTooLate,
    MakeUpTooLate,
    NoneFits,
    NotBegun,
    OnLeaveAlready,
    StillOpen,
    Submitted,
    Verdict,
    WhichMeeting,
)
from handlers.checkin.text import requests as text

router = Router()


class AskFor(Tap, prefix="ask"):
    kind: Kind
    activity_id: int
    category: str


class LeaveFor(Tap, prefix="leave_days"):
    first: date
    last: date
    category: str


class WriteReason(Tap, prefix="why"):
    activity_id: int


class NotNow(Tap, prefix="no_leave"):
    pass


class Withdraw(Tap, prefix="withdraw"):
    request_id: int


class Keep(Tap, prefix="keep_request"):
    pass


class Decide(Tap, prefix="decide"):
    request_id: int
    how: Literal["yes", "no"]


class LeaveReason(Dialog, name="leave_reason"):
    """We have asked why; whatever is answered is the reason."""

    step: str = "reason"
    activity_id: int


@router.pattern(rules.FOR_ANOTHER, may=Action.ASK_LEAVE)
def ask_for_another(_: Context, __: Said) -> str:
    return text.FOR_ANOTHER


@router.pattern(rules.LATE, may=Action.ASK_LEAVE)
def will_be_late(_: Context, __: Said) -> str:
    return text.WILL_BE_LATE


@router.command("请假", may=Action.ASK_LEAVE, help=text.HELP_LEAVE, intent="leave")
def ask_leave(ctx: Context, said: Said) -> Reply | str:
    meant, reason = heard(said.slots, said.after, ctx.now, "ahead")
    return answer(actions.ask(ctx.db, ctx.member, ctx.now, "leave", meant, reason))


@router.command("补签", may=Action.ASK_LEAVE, help=text.HELP_MAKE_UP, intent="make_up_check_in")
def ask_make_up(ctx: Context, said: Said) -> Reply | str:
    meant, reason = heard(said.slots, said.after, ctx.now, "back")
    return answer(actions.ask(ctx.db, ctx.member, ctx.now, "make_up", meant, reason))


@router.tap(AskFor, may=Action.ASK_LEAVE)
def ask_for(ctx: Context, tap: AskFor) -> Reply | str:
    verdict = actions.ask_for(
        ctx.db, ctx.member, ctx.now, tap.kind, tap.activity_id, category=tap.category
    )
    return answer(verdict)


@router.tap(LeaveFor, may=Action.ASK_LEAVE)
def ask_for_days(ctx: Context, tap: LeaveFor) -> Reply | str:
    return answer(
        actions.ask_for_days(ctx.db, ctx.member, ctx.now, tap.first, tap.last, tap.category)
    )


@router.tap(WriteReason, may=Action.ASK_LEAVE)
def ask_why(_: Context, tap: WriteReason) -> Reply:
    return Reply(text=text.WHAT_REASON, then=LeaveReason(activity_id=tap.activity_id))


@router.answer(LeaveReason, "reason", may=Action.ASK_LEAVE)
def ask_with_reason(ctx: Context, dialog: LeaveReason, words: str) -> Reply | str:
    verdict = actions.ask_for(
        ctx.db, ctx.member, ctx.now, "leave", dialog.activity_id, reason=words
    )
    return answer(verdict)


@router.tap(NotNow, may=Action.ASK_LEAVE)
def not_now(_: Context, __: NotNow) -> str:
    return text.NEVER_MIND


@router.command("撤回", may=Action.ASK_LEAVE, help="")
def withdraw(ctx: Context, _: Said) -> Reply | str:
    match actions.withdrawable(ctx.db, ctx.member, ctx.now):
        case []:
            return text.NOTHING_TO_WITHDRAW
        case [only]:
            return withdraw_one(ctx, Withdraw(request_id=only.id))
        case several:
            choices = [
                button(text.choice(each.title, each.starts), Withdraw(request_id=each.id))
                for each in several[:3]
            ]
            return Reply(text=text.WHICH_TO_WITHDRAW, buttons=choices)


@router.pattern(rules.TAKEN_BACK, may=Action.ASK_LEAVE)
def take_back(ctx: Context, said: Said) -> Reply | str:
    """Which one is only guessed from the words, so it is said back."""
    match actions.withdrawable(ctx.db, ctx.member, ctx.now):
        case [only]:
            return Reply(
                text=text.withdraw_this(only.kind, only.title, only.starts),
                buttons=[
                    button(text.DO_WITHDRAW, Withdraw(request_id=only.id)),
                    button(text.KEEP, Keep()),
                ],
            )
        case _:
            return withdraw(ctx, said)


@router.tap(Keep, may=Action.ASK_LEAVE)
def keep(_: Context, __: Keep) -> str:
    return text.KEPT


@router.tap(Withdraw, may=Action.ASK_LEAVE)
def withdraw_one(ctx: Context, tap: Withdraw) -> str:
    asked = actions.withdraw(ctx.db, ctx.member, ctx.now, tap.request_id)
    return text.withdrawn(asked.kind, asked.title, asked.starts)


@router.pattern(rules.ASKS_FOR_RESULT, may=Action.ASK_LEAVE)
@router.command("我的申请", may=Action.ASK_LEAVE, help=text.HELP_OWN)
def own_requests(ctx: Context, _: Said) -> Reply | str:
    own = actions.own(ctx.db, ctx.member, ctx.now)
    if not own:
        return text.NO_REQUESTS
    waiting = [each for each in actions.withdrawable(ctx.db, ctx.member, ctx.now)[:1]]
    return Reply(
        text=text.own([(each.kind, each.title, each.starts, each.state) for each in own]),
        buttons=[button(text.WITHDRAW, Withdraw(request_id=each.id)) for each in waiting],
    )


@router.pattern(rules.WILL_DECIDE, may=Action.DECIDE_REQUEST)
@router.command("待我审批", "审批", may=Action.DECIDE_REQUEST, help=text.HELP_WAITING)
def waiting(ctx: Context, _: Said) -> Reply | str:
    return next_waiting(ctx) or text.NOTHING_WAITS


@router.tap(Decide, may=Action.DECIDE_REQUEST)
def decide(ctx: Context, tap: Decide) -> Reply | str:
    verdict = deciding.decide(ctx.db, ctx.member, ctx.now, tap.request_id, approve=tap.how == "yes")
    said = decided(verdict)
    upcoming = next_waiting(ctx)
    if upcoming is None:
        return said
    return upcoming.model_copy(update={"text": f"{said}\n{upcoming.text}"})


def decided(verdict: decisions.Verdict) -> str:
    match verdict:
        case decisions.Decided(kind, approved, name, title, starts, left):
            return text.decided(kind, name, title, starts, approved=approved, left=left)
        case decisions.DecidedBefore(name, title, state, by):
            return text.decided_before(name, title, state, by)
        case decisions.CameMeanwhile(name, title, at):
            return text.came_meanwhile(name, title, at)


def next_waiting(ctx: Context) -> Reply | None:
    found = deciding.read(ctx.db, ctx.member, ctx.now)
    if not found:
        return None
    first = found[0]
    why = (first.category, first.reason)
    return Reply(
        text=text.waiting(first.kind, first.name, first.title, first.starts, why, len(found)),
        buttons=[
            button(text.APPROVE, Decide(request_id=first.id, how="yes")),
            button(text.DECLINE, Decide(request_id=first.id, how="no")),
        ],
    )


def answer(verdict: Verdict) -> Reply | str:
    match verdict:
        case Submitted(kind, request_id, meetings, decider):
            return submitted(kind, request_id, meetings, decider)
        case Confirm(meeting):
            return confirm(meeting)
        case WhichMeeting():
            return which(verdict)
        case NoneFits(kind, others, on):
            shown = [(each.title, each.starts) for each in others]
            return Reply(text=text.none_fits(kind, shown, on), buttons=choices(kind, others, ""))
        case AskedBefore(kind, meeting, request_id):
            return Reply(
                text=text.asked_before(kind, meeting.title, meeting.starts),
                buttons=[button(text.WITHDRAW, Withdraw(request_id=request_id))],
            )
        case OnLeaveAlready(meeting):
            return text.on_leave_already(meeting.title, meeting.starts)
        case CameAlready(meeting, at):
            return text.came_already(meeting.title, at)
        case LeaveTooLate(meeting, until):
            return text.leave_too_late(meeting.title, meeting.starts, until)
        case MakeUpTooLate(meeting, until):
            return text.make_up_too_late(meeting.title, meeting.starts, until)
        case StillOpen(meeting):
            return text.still_open(meeting.title)
        case NotBegun(meeting):
            return text.not_begun(meeting.title, meeting.starts)


def submitted(kind: Kind, request_id: int, meetings: tuple[Choice, ...], decider: str) -> Reply:
    single = [button(text.WITHDRAW, Withdraw(request_id=request_id))] if len(meetings) == 1 else []
    shown = [(each.title, each.starts) for each in meetings]
    return Reply(text=text.submitted(kind, shown, decider), buttons=single)


def confirm(meeting: Choice) -> Reply:
    return Reply(
        text=text.confirm(meeting.title, meeting.starts),
        buttons=[
            button(text.SUBMIT, AskFor(kind="leave", activity_id=meeting.id, category="")),
            button(text.WRITE_REASON, WriteReason(activity_id=meeting.id)),
            button(text.NOT_NOW, NotNow()),
        ],
    )


def which(asked: WhichMeeting) -> Reply:
    meetings = asked.meetings
    buttons = choices(asked.kind, meetings, asked.category)
    if asked.together:
        days = [each.starts.date() for each in meetings]
        every = LeaveFor(first=min(days), last=max(days), category=asked.category)
        buttons = [button(text.all_of(len(meetings)), every), *buttons[:2]]
    return Reply(text=text.which(asked.kind, len(meetings)), buttons=buttons)


def choices(kind: Kind, meetings: tuple[Choice, ...], category: str) -> list[Button]:
    return [
        button(
            text.choice(each.title, each.starts),
            AskFor(kind=kind, activity_id=each.id, category=category),
        )
        for each in meetings[:3]
    ]
