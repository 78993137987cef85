"""导出本月签到表, 导出今年台账: made ready in chat, fetched in the console."""

from bot.messages import Reply, Say, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.reports.actions import wanting
from handlers.reports.rules import guard, spans, tables
from handlers.reports.rules.guard import Banned
from handlers.reports.rules.tables import Table
from handlers.reports.text import circulars
from handlers.reports.text import exporting as text

router = Router()


@router.command("导出", may=Action.EXPORT_TABLES, help=text.HELP, intent="export")
def export(ctx: Context, said: Said) -> Reply | str:
    verdict = guard.judge(said.text)
    if isinstance(verdict, Banned):
        return circulars.refused(verdict, text.INTO_TABLE)
    if tables.NOT_HERE.search(said.text):
        return text.NOT_HERE
    what = tables.table_named(str(said.slots.get("what", "")) or said.rest)
    if what is None:
        return text.WHICH
    days = spans.days_of(str(said.slots.get("period", ""))) or usual(ctx, what)
    if not ctx.links.console:
        return text.NO_CONSOLE
    ready = wanting.want(ctx.db, ctx.member, what, said.text, days, ctx.now)
    if ready is None:
        return text.NOT_YOURS
    return Reply(
        text=text.ready(text.NAMES[what], ready.org, days.name, ready.until),
        buttons=[button(text.OPEN, Say(words=text.CONSOLE))],
        in_group=text.IN_PRIVATE,
    )


def usual(ctx: Context, what: Table) -> spans.Days:
    """Where no time was named: this month's attendance, this year's everything else."""
    today = ctx.now.date()
    if what is Table.ATTENDANCE:
        return spans.month(today.year, today.month)
    return spans.year(today.year)
