from bot.messages import Reply
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.talk import text

router = Router()


@router.command("帮助", "菜单", "help", "?", may=Action.GET_HELP, help=text.HELP, intent="help")
def help(ctx: Context, _: Said) -> Reply:
    return Reply(text=text.help(ctx.can()))
