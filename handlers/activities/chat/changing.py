"""改期 and 取消活动."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from bot.clock import HOME
from bot.messages import Dialog, Reply, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from bot.understanding.occasions import Occasion
from handlers.activities.actions import changing as actions
from handlers.activities.actions.changing import Objected, Ready
from handlers.activities.chat.hearing import wanted
from handlers.activities.rules.arranging import Plan, answer, plan
from handlers.activities.rules.changing import (
    CameAlready,
    InThePast,
    Over,
    SameTime,
    TooFar,
)
from handlers.activities.text import arranging as text
from handlers.activities.text import listing
from storage.activities import Held

router = Router()


class MoveWhich(Tap, prefix="to_move"):
    activity_id: int


class Move(Tap, prefix="move"):
    activity_id: int
    minute: int
    """Of the new beginning, since 1970."""


class CancelWhich(Tap, prefix="to_cancel"):
    activity_id: int


class Cancel(Tap, prefix="cancel"):
    activity_id: int


class Keep(Tap, prefix="keep"):
    pass


class Moving(Dialog, name="moving"):
    """We have asked for the new time."""

    step: str = "when"
    activity_id: int


@router.command("改期", "改时间", may=Action.ARRANGE_ACTIVITY, help=text.HELP_MOVE)
def move_which(ctx: Context, said: Said) -> Reply | str:
    named = plan(said.after, ctx.now)
    found = actions.changeable(ctx.db, ctx.member, ctx.now, Occasion(words=named.title))
    return one_of(found, MoveWhich, lambda activity_id: to_move(ctx, activity_id, named))


@router.tap(MoveWhich, may=Action.ARRANGE_ACTIVITY)
def move_this(ctx: Context, tap: MoveWhich) -> Reply | str:
    return to_move(ctx, tap.activity_id, Plan())


@router.answer(Moving, "when", may=Action.ARRANGE_ACTIVITY)
def hear_time(ctx: Context, dialog: Moving, words: str) -> Reply | str:
    return to_move(ctx, dialog.activity_id, answer("when", words, ctx.now, None))


@router.tap(Move, may=Action.ARRANGE_ACTIVITY)
def move(ctx: Context, tap: Move) -> str:
    to = datetime.fromtimestamp(tap.minute * 60, UTC).astimezone(HOME)
    done = actions.move(ctx.db, ctx.member, ctx.now, tap.activity_id, to)
    if isinstance(done, Objected):
        return objected(done)
    return text.moved(done.held.title, done.held.starts, done.held.opens, done.on_leave)


@router.command("取消活动", may=Action.ARRANGE_ACTIVITY, help=text.HELP_CANCEL)
def cancel_which(ctx: Context, said: Said) -> Reply | str:
    found = actions.changeable(ctx.db, ctx.member, ctx.now, wanted(ctx, said, "ahead"))
    return one_of(found, CancelWhich, partial(to_cancel, ctx))


@router.tap(CancelWhich, may=Action.ARRANGE_ACTIVITY)
def cancel_this(ctx: Context, tap: CancelWhich) -> Reply | str:
    return to_cancel(ctx, tap.activity_id)


@router.tap(Cancel, may=Action.ARRANGE_ACTIVITY)
def cancel(ctx: Context, tap: Cancel) -> str:
    done = actions.cancel(ctx.db, ctx.member, ctx.now, tap.activity_id)
    if isinstance(done, Objected):
        return objected(done)
    return text.cancelled(done.held.title, done.held.starts)


@router.tap(Keep, may=Action.ARRANGE_ACTIVITY)
def keep(_: Context, __: Keep) -> str:
    return text.KEPT


def one_of(
    found: Sequence[Held], kind: Callable[..., Tap], then: Callable[[int], Reply | str]
) -> Reply | str:
    """`then` for the one that is meant; where it may be several, a question answered by `kind`."""
    if not found:
        return text.NOTHING_AHEAD
    if len(found) == 1:
        return then(found[0].id)
    choices = [
        button(listing.label(each.title, each.starts), kind(activity_id=each.id))
        for each in found[:3]
    ]
    return Reply(text=text.WHICH, buttons=choices)


def to_move(ctx: Context, activity_id: int, said: Plan) -> Reply | str:
    """Shown back before it is done; asked for where no time was given."""
    checked = actions.check(ctx.db, ctx.member, ctx.now, activity_id, said.starts)
    if isinstance(checked, Objected):
        return objected(checked)
    held = checked.held
    if checked.to is None:
        asked = text.new_time(held.title, held.starts)
        if said.doubtful:
            asked = text.when(held.title, None, "unclear", said.doubtful)
        return Reply(text=asked, then=Moving(activity_id=activity_id))
    minute = int(checked.to.timestamp()) // 60
    return Reply(
        text=text.confirm_move(held.title, held.starts, checked.to),
        buttons=[
            button(text.MOVE, Move(activity_id=held.id, minute=minute)),
            button(text.KEEP, Keep()),
        ],
    )


def to_cancel(ctx: Context, activity_id: int) -> Reply | str:
    match actions.check(ctx.db, ctx.member, ctx.now, activity_id, None):
        case Objected() as no:
            return objected(no)
        case Ready(held):
            return Reply(
                text=text.confirm_cancel(held.title, held.starts, held.venue),
                buttons=[
                    button(text.CANCEL, Cancel(activity_id=held.id)),
                    button(text.KEEP_IT, Keep()),
                ],
            )


def objected(no: Objected) -> str:
    match no.why:
        case CameAlready(count):
            return text.came_already(no.held.title, count)
        case Over():
            return text.over(no.held.title)
        case InThePast():
            return text.in_the_past()
        case TooFar():
            return text.too_far()
        case SameTime():
            return text.same_time(no.held.title, no.held.starts)
