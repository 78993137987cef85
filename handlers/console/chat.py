from bot.messages import Reply
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.console import rules, text
from handlers.console.actions import entering

router = Router()


@router.pattern(rules.OPENS, may=Action.ENTER_CONSOLE)
@router.command("控制台", "后台", "console", may=Action.ENTER_CONSOLE, help=text.HELP)
def open_console(ctx: Context, _: Said) -> Reply:
    if not ctx.links.console:
        return Reply(text=text.NO_ADDRESS)
    token, until = entering.link(ctx.db, ctx.member, ctx.now)
    address = ctx.links.console.format(token=token)
    return Reply(text=text.link(address, until), again=text.ONCE, in_group=text.IN_PRIVATE)
