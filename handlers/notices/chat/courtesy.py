"""免打扰, and where one wants to be written to."""

import re
from datetime import datetime

from bot.messages import Button, Dialog, NotAnAnswer, Reply, Say, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from bot.understanding import times
from bot.understanding.times import Moment
from handlers.notices.actions import quieting as actions
from handlers.notices.rules import phrases, quiet
from handlers.notices.rules.quiet import AskOften, AskWhen, Daily, Once
from handlers.notices.text import courtesy as text

router = Router()


class Quiet(Dialog, name="quiet"):
    step: str = "when"


class OnceQuiet(Tap, prefix="quietonce"):
    begins: int
    ends: int
    """Minutes since the epoch."""


class DailyQuiet(Tap, prefix="quietdaily"):
    begins: int
    ends: int
    """Minutes since midnight."""


@router.command("免打扰", "勿扰", may=Action.READ_NOTICES, help=text.HELP, intent="mute")
def mute(ctx: Context, said: Said) -> Reply:
    return answer(ctx, quiet.wanted(said.text, ctx.now))


@router.pattern(phrases.EVERY_DAY, may=Action.READ_NOTICES)
@router.pattern(phrases.EVENINGS, may=Action.READ_NOTICES)
def daily_in_words(ctx: Context, said: Said) -> Reply:
    return answer(ctx, quiet.wanted(said.text, ctx.now))


@router.answer(Quiet, "when", may=Action.READ_NOTICES)
def learn(ctx: Context, _: Quiet, words: str) -> Reply:
    found = quiet.wanted(words, ctx.now)
    if isinstance(found, AskWhen):
        raise NotAnAnswer(ask_when())
    return answer(ctx, found)


@router.tap(OnceQuiet, may=Action.READ_NOTICES)
def once(ctx: Context, tap: OnceQuiet) -> Reply:
    zone = ctx.now.tzinfo
    begins, ends = (datetime.fromtimestamp(60 * each, zone) for each in (tap.begins, tap.ends))
    return kept(ctx, Once(max(begins, ctx.now), max(ends, ctx.now)))


@router.tap(DailyQuiet, may=Action.READ_NOTICES)
def daily(ctx: Context, tap: DailyQuiet) -> Reply:
    return kept(ctx, Daily(tap.begins, tap.ends))


@router.pattern(phrases.LATER, may=Action.READ_NOTICES)
def later(ctx: Context, said: Said) -> Reply:
    wanted = quiet.later(said.text, ctx.now)
    actions.keep_quiet(ctx.db, ctx.member, ctx.now, wanted)
    return Reply(text=text.later(times.echo(Moment(wanted.ends), ctx.now)), buttons=[resume()])


@router.command("恢复接收", "取消免打扰", may=Action.READ_NOTICES, help="")
def unmute(ctx: Context, _: Said) -> str:
    return lift(ctx)


@router.pattern(phrases.UNMUTE, may=Action.READ_NOTICES)
def unmute_in_words(ctx: Context, _: Said) -> str:
    return lift(ctx)


def lift(ctx: Context) -> str:
    before = actions.lift(ctx.db, ctx.member, ctx.now)
    if before.ends is None and before.daily is None:
        return text.WAS_NOT
    return text.LIFTED


@router.pattern(phrases.PREFER, may=Action.READ_NOTICES)
def prefer(ctx: Context, said: Said) -> str:
    found = re.fullmatch(phrases.PREFER, said.text)
    assert found
    platform = text.platform_called(found["where"])
    if actions.prefer(ctx.db, ctx.member, platform):
        return text.preferred(platform)
    return text.no_account(platform)


def answer(ctx: Context, wanted: quiet.Wanted) -> Reply:
    match wanted:
        case Once() | Daily():
            return kept(ctx, wanted)
        case AskOften(only, daily):
            said = text.often(text.clock(daily.begins), text.clock(daily.ends))
            begins, ends = (int(each.timestamp()) // 60 for each in (only.begins, only.ends))
            return Reply(
                text=said,
                buttons=[
                    button(text.ONLY_ONCE, OnceQuiet(begins=begins, ends=ends)),
                    button(text.EVERY_DAY, DailyQuiet(begins=daily.begins, ends=daily.ends)),
                ],
            )
        case AskWhen():
            return ask_when()


def kept(ctx: Context, wanted: Once | Daily) -> Reply:
    actions.keep_quiet(ctx.db, ctx.member, ctx.now, wanted)
    match wanted:
        case Daily(begins, ends):
            said = text.daily(begins, ends)
        case Once(from_then, until):
            later = times.echo(Moment(from_then), ctx.now) if from_then > ctx.now else ""
            said = text.once(later, times.echo(Moment(until), ctx.now))
    return Reply(text=said, buttons=[resume()])


def ask_when() -> Reply:
    choices = (text.TODAY, text.THIS_WEEK, text.A_MONTH)
    buttons = [button(each, Say(words=each)) for each in choices]
    return Reply(text=text.WHEN, buttons=buttons, then=Quiet())


def resume() -> Button:
    return button(text.RESUME, Say(words=text.RESUME))
