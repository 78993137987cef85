from bot.messages import Reply, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.checkin import actions, text
from handlers.checkin.rules import (
    Accepted,
    Already,
    Annulled,
    CodeStale,
    CodeWanted,
    CodeWrong,
    NoSuchCode,
    NothingOpen,
    TooEarly,
    TooLate,
    Verdict,
    WhichOne,
)

router = Router()


class CheckIn(Tap, prefix="in"):
    activity_id: int


@router.command(
    "签到", "打卡", "我到了", "check in", may=Action.CHECK_IN, help=text.HELP, intent="check_in"
)
def check_in(ctx: Context, said: Said) -> Reply | str:
    code = said.slots.get("code") or (said.rest if said.rest.isalnum() else "")
    words = said.slots.get("activity", "")
    return answer(actions.check_in(ctx.db, ctx.member, ctx.now, code=code, words=words))


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
        case Accepted(title, at, late, observing, came, expected):
            return text.accepted(
                title, at, late=late, observing=observing, came=came, expected=expected
            )
        case Already(title, at):
            return text.already(title, at)
        case Annulled(title):
            return text.annulled(title)
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
        case NoSuchCode(code):
            return text.no_such_code(code)
        case NothingOpen(coming):
            return text.nothing_open(
                coming.title if coming else "", coming.window.opens if coming else None
            )
        case WhichOne(options):
            return Reply(
                text=text.which(len(options)),
                buttons=[
                    button(text.option(each.title, each.venue), CheckIn(activity_id=each.id))
                    for each in options
                ],
            )
