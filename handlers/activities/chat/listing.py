"""本周活动, and what an activity is."""

from collections.abc import Sequence
from typing import Literal

from bot.messages import Button, Reply, Say, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from bot.understanding.occasions import Occasion, heard
from handlers.activities.actions import listing as actions
from handlers.activities.actions.listing import Detail, Listed
from handlers.activities.chat.hearing import wanted
from handlers.activities.chat.signing_up import SignUp
from handlers.activities.text import listing as text
from handlers.activities.text.listing import Line
from storage.activities import Audience, Held, Manner

router = Router()
CAN_LEAVE = frozenset({"", "exempt"})


class Show(Tap, prefix="activity"):
    activity_id: int


@router.command("本周活动", may=Action.SEE_ACTIVITIES, help=text.HELP_WEEK)
def this_week(ctx: Context, _: Said) -> Reply:
    return listed(ctx, actions.listed(ctx.db, ctx.member, ctx.now, Occasion(), week=True))


@router.command(
    "活动", "活动列表", "近期活动", may=Action.SEE_ACTIVITIES, help="", intent="activity_list"
)
def list_activities(ctx: Context, said: Said) -> Reply:
    meant, _ = heard(said.slots, said.after, ctx.now, None)
    return listed(ctx, actions.listed(ctx.db, ctx.member, ctx.now, meant))


@router.command("活动详情", "详情", may=Action.SEE_ACTIVITIES, help=text.HELP_DETAIL)
@router.wish("activity_detail", may=Action.SEE_ACTIVITIES)
def describe(ctx: Context, said: Said) -> Reply | str:
    asked = wanted(ctx, said)
    match actions.meant(ctx.db, ctx.member, ctx.now, asked):
        case []:
            return elsewhen(ctx, asked) if asked.first else text.NO_SUCH
        case [only]:
            return detail(ctx, only.id)
        case several:
            return Reply(text=text.WHICH, buttons=choices(several))


@router.tap(Show, may=Action.SEE_ACTIVITIES)
def show(ctx: Context, tap: Show) -> Reply:
    return detail(ctx, tap.activity_id)


def listed(ctx: Context, found: Listed) -> Reply:
    period = text.period(found.period.name, found.period.first, found.period.last)
    if not found.meetings:
        coming = (found.next.title, found.next.starts) if found.next else None
        return Reply(text=text.nothing(period, coming))
    lines = [
        Line(
            each.title,
            each.starts,
            each.venue,
            each.id in found.signed_up if each.audience == Audience.SIGNED_UP else None,
            each.ends < ctx.now,
        )
        for each in found.meetings
    ]
    return Reply(text=text.listed(period, lines), buttons=choices(found.meetings))


def elsewhen(ctx: Context, asked: Occasion) -> Reply:
    """Not on that day: when it is."""
    same = actions.meant(ctx.db, ctx.member, ctx.now, Occasion(words=asked.words))
    if not asked.words or not same:
        return Reply(text=text.NO_SUCH)
    offer = choices(same[:1])
    return Reply(text=text.another_day(same[0].title, same[0].starts), buttons=offer)


def choices(meetings: Sequence[Held]) -> list[Button]:
    return [
        button(text.label(each.title, each.starts), Show(activity_id=each.id))
        for each in meetings[:3]
    ]


def detail(ctx: Context, activity_id: int) -> Reply:
    found = actions.detail(ctx.db, ctx.member, ctx.now, activity_id)
    held = found.held
    said = [
        text.detail(held.title, held.starts, held.ends, held.venue, found.organiser, found.state)
    ]
    if held.reported_present is not None:
        said.append(
            text.reported(held.reported_expected, held.reported_present, held.reported_on_leave)
        )
    elif ctx.now <= held.ends:
        if held.audience == Audience.SIGNED_UP:
            said.append(text.signed_up(found.expected, mine=found.signed_up))
        said.append(text.check_in(held.opens, held.starts, Manner(held.manner)))
    return Reply(text="".join(said), buttons=offers(ctx, found))


def offers(ctx: Context, found: Detail) -> list[Button]:
    """What can be done about it, the likeliest first."""
    held = found.held
    if ctx.now >= held.starts or found.state not in CAN_LEAVE:
        return []
    if held.audience == Audience.SIGNED_UP:
        how: Literal["join", "leave"] = "leave" if found.signed_up else "join"
        label = text.SIGN_OFF if found.signed_up else text.SIGN_UP
        return [button(label, SignUp(activity_id=held.id, how=how))]
    return [button(text.LEAVE, Say(words=text.leave_words(held.starts)))]
