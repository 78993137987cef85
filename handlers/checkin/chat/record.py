"""我的出勤."""

from bot.messages import Reply, Say, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from bot.understanding.occasions import heard
from handlers.checkin.actions import record as actions
from handlers.checkin.rules import phrases as rules
from handlers.checkin.rules.checking_in import MAKE_UP_WITHIN
from handlers.checkin.text import record as text
from storage import reports

router = Router()


@router.command("我的出勤", may=Action.SEE_OWN_ATTENDANCE, help=text.HELP, intent="my_attendance")
def own_attendance(ctx: Context, said: Said) -> Reply:
    if rules.asks_of_now(said.text) and (today := actions.today(ctx.db, ctx.member, ctx.now)):
        return Reply(text=text.today(*today))
    meant, _ = heard(said.slots, said.after, ctx.now, "back")
    own = actions.own(ctx.db, ctx.member, ctx.now, meant)
    lines = [
        text.sums(
            text.period(own.first, own.last, ctx.now.date(), meant.words),
            expected=own.sums.expected,
            came=own.sums.came,
            late=own.sums.late,
            made_up=own.sums.made_up,
            on_leave=own.sums.on_leave,
            missing=len(own.sums.missing),
        ),
        text.others(own.sums.exempt, own.sums.observing, own.reported),
    ]
    why = text.because(own.sums.came, own.sums.expected, ctx.now)
    reports.telling(ctx.db, ctx.member.id, why, ctx.now)
    lines.append(text.missing([(each.title, each.starts) for each in own.missing[:3]]))
    can_make_up = any(ctx.now <= each.ends + MAKE_UP_WITHIN for each in own.missing)
    buttons = [button(text.MAKE_UP, Say(words=text.MAKE_UP))] if can_make_up else []
    return Reply(text="\n".join(line for line in lines if line), buttons=buttons)
