"""签到情况, and reminding who has no record."""

from functools import partial

from bot.messages import Button, Reply, Say, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.checkin.actions import status as actions
from handlers.checkin.actions import urging
from handlers.checkin.actions.status import Status
from handlers.checkin.chat.choosing import one_of, wanted, with_waiting
from handlers.checkin.rules import phrases as rules
from handlers.checkin.text import status as text
from storage import reports

router = Router()


class ShowStatus(Tap, prefix="status"):
    activity_id: int


class CloseCheckIn(Tap, prefix="close"):
    activity_id: int


class RemindMissing(Tap, prefix="remind"):
    activity_id: int


@router.pattern(rules.REMINDS, may=Action.SEE_ATTENDANCE)
@router.command(
    "签到情况",
    "还有谁没签到",
    "谁没签到",
    may=Action.SEE_ATTENDANCE,
    help=text.HELP,
    intent="attendance_status",
)
def status(ctx: Context, said: Said) -> Reply:
    found = wanted(ctx, said, Action.SEE_ATTENDANCE)
    return one_of(found, text.NOTHING, ShowStatus, partial(say_status, ctx))


@router.tap(ShowStatus, may=Action.SEE_ATTENDANCE)
def status_there(ctx: Context, tap: ShowStatus) -> Reply:
    return say_status(ctx, tap.activity_id)


@router.tap(RemindMissing, may=Action.REMIND_MISSING)
def remind(ctx: Context, tap: RemindMissing) -> str:
    done = urging.remind(ctx.db, ctx.member, ctx.now, tap.activity_id)
    if done.before:
        return text.reminded_before(done.title, done.before)
    return text.reminded(done.title, done.count, done.unreached)


def say_status(ctx: Context, activity_id: int) -> Reply:
    found = actions.status(ctx.db, ctx.member, ctx.now, activity_id)
    return with_waiting(ctx, worded(ctx, found))


def worded(ctx: Context, found: Status) -> Reply:
    held, sums = found.held, found.sums
    if held.reported_present is not None and not sums.came + sums.on_leave + sums.observing:
        said = text.reported(
            held.title,
            held.starts,
            held.reported_expected,
            held.reported_present,
            held.reported_on_leave,
        )
        return Reply(text=said, in_group=said)
    why = text.because(held.title, sums.came, sums.on_leave, len(sums.missing), ctx.now)
    reports.telling(ctx.db, ctx.member.id, why, ctx.now)
    lines = [
        text.counts(
            held.title,
            held.starts,
            expected=sums.expected,
            came=sums.came,
            on_leave=sums.on_leave,
            missing=len(sums.missing),
        ),
        text.names(list(found.missing.values())),
        text.others(
            late=sums.late, made_up=sums.made_up, exempt=sums.exempt, observing=sums.observing
        ),
    ]
    openly = text.in_group(
        held.title,
        held.starts,
        expected=sums.expected,
        came=sums.came,
        on_leave=sums.on_leave,
        names=bool(sums.missing),
    )
    return Reply(
        text="\n".join(line for line in lines if line),
        in_group=openly,
        buttons=next_steps(ctx, found),
    )


def next_steps(ctx: Context, found: Status) -> list[Button]:
    held, missing = found.held, len(found.sums.missing)
    steps = []
    if missing and not found.reminded and ctx.now <= held.ends:
        steps.append(button(text.remind_label(missing), RemindMissing(activity_id=held.id)))
    if missing:
        steps.append(button(text.ROLL_CALL, Say(words=text.ROLL_CALL)))
    if held.opens <= ctx.now <= held.closes:
        steps.append(button(text.CLOSE, CloseCheckIn(activity_id=held.id)))
    return steps
