"""报名 and 取消报名."""

from typing import Literal

from bot.messages import Reply, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.activities.actions import signing_up as actions
from handlers.activities.chat.hearing import wanted
from handlers.activities.rules.signing_up import (
    Begun,
    CameAlready,
    NothingOffered,
    NothingSignedUp,
    NotNeeded,
    NotSignedUp,
    Objection,
    SignedOff,
    SignedUp,
    SignedUpBefore,
    Verdict,
    WhichMeeting,
)
from handlers.activities.text import listing
from handlers.activities.text import signing_up as text

router = Router()
How = Literal["join", "leave"]


class SignUp(Tap, prefix="sign"):
    activity_id: int
    how: How


@router.command("报名", may=Action.SIGN_UP, help=text.HELP, intent="activity_signup")
def sign_up(ctx: Context, said: Said) -> Reply | str:
    meant = wanted(ctx, said, "ahead")
    return answer(actions.sign_up(ctx.db, ctx.member, ctx.now, meant, joining=True), "join")


@router.command("取消报名", may=Action.SIGN_UP, help=text.HELP_OFF, intent="activity_cancel")
def sign_off(ctx: Context, said: Said) -> Reply | str:
    meant = wanted(ctx, said, "ahead")
    return answer(actions.sign_up(ctx.db, ctx.member, ctx.now, meant, joining=False), "leave")


@router.tap(SignUp, may=Action.SIGN_UP)
def sign_up_there(ctx: Context, tap: SignUp) -> Reply | str:
    joining = tap.how == "join"
    verdict = actions.sign_up_for(ctx.db, ctx.member, ctx.now, tap.activity_id, joining=joining)
    return answer(verdict, tap.how)


def answer(verdict: Verdict, how: How) -> Reply | str:
    match verdict:
        case SignedUp(meeting, count):
            return Reply(
                text=text.signed_up(meeting.title, meeting.starts, meeting.venue, count),
                buttons=[button(text.SIGN_OFF, SignUp(activity_id=meeting.id, how="leave"))],
            )
        case SignedOff(meeting):
            return text.signed_off(meeting.title, meeting.starts)
        case NothingOffered(others):
            return text.nothing_offered([(each.title, each.starts) for each in others])
        case NothingSignedUp():
            return text.NO_SIGN_UP
        case WhichMeeting(leaving, meetings):
            choices = [
                button(listing.label(each.title, each.starts), SignUp(activity_id=each.id, how=how))
                for each in meetings[:3]
            ]
            return Reply(text=text.WHICH_OFF if leaving else text.WHICH, buttons=choices)
        case _:
            return objected(verdict, joining=how == "join")


def objected(verdict: Objection, *, joining: bool) -> str:
    match verdict:
        case SignedUpBefore(meeting):
            return text.signed_up_before(meeting.title, meeting.starts)
        case NotSignedUp(meeting):
            return text.not_signed_up(meeting.title)
        case NotNeeded(meeting):
            return text.not_needed(meeting.title, joining=joining)
        case Begun(meeting):
            return text.begun(meeting.title, joining=joining)
        case CameAlready(meeting):
            return text.came_already(meeting.title)
