from bot.messages import Refusal
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.duties.actions import pressing as actions
from handlers.duties.actions.pressing import NobodyThere, NotOpen, Pressed, PressedUnit, ToldToday
from handlers.duties.rules.taps import Press, PressUnit
from handlers.duties.text import pressing as text

router = Router()


@router.tap(Press, may=Action.SEE_DUTIES)
def press(ctx: Context, tap: Press) -> str:
    match actions.press(ctx.db, ctx.member, tap.duty_id, ctx.now):
        case Pressed(whom, what):
            return text.pressed(whom, what)
        case ToldToday(whom):
            return text.told_today(whom)
        case NobodyThere():
            return text.NOBODY
        case NotOpen():
            return text.NOT_OPEN
        case None:
            raise Refusal(text.NOT_YOURS)


@router.tap(PressUnit, may=Action.SEE_DUTIES)
def press_unit(ctx: Context, tap: PressUnit) -> str:
    match actions.press_unit(ctx.db, ctx.member, tap.org_id, ctx.now):
        case PressedUnit(whom, of, count):
            return text.pressed_unit(whom, of, count)
        case ToldToday(whom):
            return text.told_today(whom)
        case NotOpen():
            return text.NOT_OPEN
        case None:
            raise Refusal(text.NOT_YOURS)


@router.command("督办建议", "通报建议", may=Action.SEE_DUTIES, help=text.HELP)
def proposals(ctx: Context, said: Said) -> str:
    found = actions.proposals(ctx.db, ctx.member, ctx.now)
    if not found:
        return text.NO_PROPOSALS
    lines = [
        text.proposal(number, each.channel, each.of, each.what, each.days)
        for number, each in enumerate(found[: text.AT_MOST], start=1)
    ]
    return text.proposals(lines, max(len(found) - text.AT_MOST, 0))
