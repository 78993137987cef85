from bot.messages import Reply, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.checkin.actions import checking_in as actions
from handlers.checkin.rules import checking_in as rules
from handlers.checkin.rules.checking_in import (
    Accepted,
    Already,
    Annulled,
    CodeStale,
    CodeWanted,
    CodeWrong,
    NoSuchCode,
    NothingOpen,
    NotYours,
    Objection,
    Proxy,
    TooEarly,
    TooLate,
    Verdict,
    WhichOne,
)
from handlers.checkin.text import checking_in as text

router = Router()


class CheckIn(Tap, prefix="in"):
    activity_id: int


@router.command(
    "签到", "打卡", "我到了", "check in", may=Action.CHECK_IN, help=text.HELP, intent="check_in"
)
def check_in(ctx: Context, said: Said) -> Reply | str:
    code = str(said.slots.get("code", "")) or rules.code_in(said.after)
    words = str(said.slots.get("activity", "")) or ("" if code else said.after)
    return answer(actions.check_in(ctx.db, ctx.member, ctx.now, code=code, words=words))


@router.command("代签", "替签", "帮签", may=Action.CHECK_IN, help="")
def check_in_for_another(ctx: Context, said: Said) -> str:
    return text.proxy("", organiser=actions.is_organiser(ctx.db, ctx.member, ctx.now))


@router.tap(CheckIn, may=Action.CHECK_IN)
def check_in_there(ctx: Context, tap: CheckIn) -> Reply | str:
    return answer(actions.check_in(ctx.db, ctx.member, ctx.now, activity_id=tap.activity_id))


@router.scene("in", may=Action.CHECK_IN)
def check_in_by_qr(ctx: Context, scene: str) -> Reply | str:
    activity, _, code = scene.partition("-")
    at = int(activity) if activity.isdecimal() else 0
    return answer(actions.check_in(ctx.db, ctx.member, ctx.now, activity_id=at, code=code))


def answer(verdict: Verdict) -> Reply | str:
    match verdict:
        case Accepted():
            return accepted(verdict)
        case NothingOpen(coming):
            opens = coming.window.opens if coming else None
            return text.nothing_open(coming.title if coming else "", opens)
        case NoSuchCode(code):
            return text.no_such_code(code)
        case Proxy(name, organiser):
            return text.proxy(name, organiser=organiser)
        case WhichOne(options):
            return Reply(
                text=text.which(len(options)),
                buttons=[
                    button(text.option(each.title, each.venue), CheckIn(activity_id=each.id))
                    for each in options
                ],
            )
        case _:
            return objected(verdict)


def objected(verdict: Objection) -> str:
    match verdict:
        case Already(title, at):
            return text.already(title, at)
        case Annulled(title):
            return text.annulled(title)
        case NotYours():
            return text.NOT_YOURS
        case TooEarly(title, opens):
            return text.too_early(title, opens)
        case TooLate(title, closed, until):
            return text.too_late(title, closed, until)
        case CodeWanted(title, rotating):
            return text.code_wanted(title, rotating=rotating)
        case CodeWrong(title):
            return text.code_wrong(title)
        case CodeStale(title):
            return text.code_stale(title)


def accepted(verdict: Accepted) -> Reply:
    said = text.accepted(
        verdict.title,
        verdict.at,
        late=verdict.late,
        observing=verdict.observing,
        another_day=verdict.at.date() != verdict.starts.date(),
    )
    count = text.count(verdict.came, verdict.expected) if not verdict.observing else ""
    return Reply(text=said + count, in_group=text.IN_GROUP + count)
