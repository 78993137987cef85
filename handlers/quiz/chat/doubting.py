from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.quiz.actions import doubting as actions
from handlers.quiz.text import asking
from handlers.quiz.text import doubting as text

router = Router()


@router.command(asking.FAULTY, "题有问题", may=Action.STUDY, help="", intent="quiz_doubt")
def doubt(ctx: Context, said: Said) -> str:
    row = actions.last_seen(ctx.db, ctx.member.id)
    if row is None:
        return text.NOTHING
    new = actions.doubt(ctx.db, ctx.member, row, said.after[: text.LONGEST], ctx.now)
    return text.NOTED if new else text.AGAIN
