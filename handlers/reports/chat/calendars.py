"""日历订阅: a secret address, given once, taken back at any time."""

from bot.messages import Reply
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.reports.actions import feeds
from handlers.reports.text import exporting as text

router = Router()


@router.command("日历订阅", "订阅日历", may=Action.SEE_ACTIVITIES, help=text.HELP_CALENDAR)
def subscribe(ctx: Context, _: Said) -> Reply | str:
    if not ctx.links.web:
        return text.NO_CALENDAR
    address = f"{ctx.links.web}/calendar/{feeds.subscribe(ctx.db, ctx.member, ctx.now)}.ics"
    return Reply(
        text=text.calendar(address), again=text.CALENDAR_ONCE, in_group=text.CALENDAR_PRIVATE
    )


@router.command("停用日历", "取消日历订阅", may=Action.SEE_ACTIVITIES, help="")
def stop(ctx: Context, _: Said) -> str:
    if feeds.stop(ctx.db, ctx.member, ctx.now):
        return text.CALENDAR_GONE
    return text.CALENDAR_NONE
