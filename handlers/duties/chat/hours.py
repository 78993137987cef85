from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.duties.actions import hours as actions
from handlers.duties.text import hours as text

router = Router()


@router.command(
    "我的学时", "学时", may=Action.SEE_OWN_ATTENDANCE, help=text.HELP, intent="training_hours"
)
def mine(ctx: Context, _: Said) -> str:
    found = actions.mine(ctx.db, ctx.member, ctx.now)
    return text.mine(found.year, found.hours, found.times, found.wanted, found.counted_since)
