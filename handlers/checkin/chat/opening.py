"""开始签到, 结束签到 and 现场口令."""

from functools import partial

from bot.messages import Reply, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.checkin.actions import opening as actions
from handlers.checkin.chat.choosing import one_of, wanted, with_waiting
from handlers.checkin.chat.status import CloseCheckIn, ShowStatus, say_status
from handlers.checkin.rules import phrases as rules
from handlers.checkin.text import opening as text
from storage.activities import Manner

router = Router()
WAYS = {Manner.WORD: text.WORD, Manner.CODE: text.CODE, Manner.ROTATING: text.ROTATING}


class HowToOpen(Tap, prefix="how"):
    activity_id: int


class OpenCheckIn(Tap, prefix="open"):
    activity_id: int
    manner: Manner


class ShowCode(Tap, prefix="code"):
    activity_id: int


@router.pattern(rules.OPENS, may=Action.RUN_CHECK_IN)
@router.command("开始签到", "开放签到", may=Action.RUN_CHECK_IN, help=text.HELP_OPEN)
def start(ctx: Context, said: Said) -> Reply:
    found = wanted(ctx, said, Action.RUN_CHECK_IN)
    ahead = [each for each in found if ctx.now.date() <= each.ends.date()]
    return one_of(ahead, text.NOTHING_TODAY, HowToOpen, partial(ask_how, ctx))


@router.tap(HowToOpen, may=Action.RUN_CHECK_IN)
def start_there(ctx: Context, tap: HowToOpen) -> Reply:
    return ask_how(ctx, tap.activity_id)


@router.tap(OpenCheckIn, may=Action.RUN_CHECK_IN)
def open_check_in(ctx: Context, tap: OpenCheckIn) -> Reply:
    done = actions.open_check_in(ctx.db, ctx.member, ctx.now, tap.activity_id, tap.manner)
    reply = Reply(
        text=text.opened(done.title, done.manner, done.code, done.closes),
        buttons=[
            button(text.STATUS, ShowStatus(activity_id=tap.activity_id)),
            button(text.CLOSE, CloseCheckIn(activity_id=tap.activity_id)),
        ],
    )
    return with_waiting(ctx, reply)


@router.pattern(rules.CLOSES, may=Action.RUN_CHECK_IN)
@router.command("结束签到", may=Action.RUN_CHECK_IN, help=text.HELP_CLOSE)
def stop(ctx: Context, said: Said) -> Reply:
    found = wanted(ctx, said, Action.RUN_CHECK_IN)
    open_now = [each for each in found if each.opens <= ctx.now <= each.closes]
    return one_of(open_now, text.NOTHING_OPEN, CloseCheckIn, partial(close, ctx))


@router.tap(CloseCheckIn, may=Action.RUN_CHECK_IN)
def stop_there(ctx: Context, tap: CloseCheckIn) -> Reply:
    return close(ctx, tap.activity_id)


@router.pattern(rules.ASKS_FOR_CODE, may=Action.RUN_CHECK_IN)
@router.command("现场口令", may=Action.RUN_CHECK_IN, help=text.HELP_CODE)
def code(ctx: Context, said: Said) -> Reply:
    found = wanted(ctx, said, Action.RUN_CHECK_IN)
    coded = [each for each in found if each.manner != Manner.WORD] or found
    return one_of(coded, text.NOTHING_OPEN, ShowCode, partial(say_code, ctx))


@router.tap(ShowCode, may=Action.RUN_CHECK_IN)
def code_there(ctx: Context, tap: ShowCode) -> Reply:
    return say_code(ctx, tap.activity_id)


def ask_how(ctx: Context, activity_id: int) -> Reply:
    held = actions.to_open(ctx.db, ctx.member, ctx.now, activity_id)
    ways = [
        button(label, OpenCheckIn(activity_id=held.id, manner=manner))
        for manner, label in WAYS.items()
    ]
    return Reply(text=text.which_way(held.title, held.starts), buttons=ways)


def close(ctx: Context, activity_id: int) -> Reply:
    held = actions.close_check_in(ctx.db, ctx.member, ctx.now, activity_id)
    reply = say_status(ctx, held.id)
    return reply.model_copy(update={"text": f"{text.closed(held.title)}\n{reply.text}"})


def say_code(ctx: Context, activity_id: int) -> Reply:
    shown = actions.shown_code(ctx.db, ctx.member, ctx.now, activity_id)
    again = [button(text.AGAIN, ShowCode(activity_id=activity_id))] if shown.seconds else []
    return Reply(text=text.shown(shown.title, shown.code, shown.seconds), buttons=again)
