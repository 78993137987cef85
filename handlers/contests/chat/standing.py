from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.contests.actions import joining, running, staging
from handlers.contests.actions import standing as actions
from handlers.contests.actions.standing import Line
from handlers.contests.text import playing as text
from storage.contests import Heat

router = Router()


@router.command("我的成绩", may=Action.PLAY, help="")
def my_result(ctx: Context, said: Said) -> str:
    heats = actions.played(ctx.db, ctx.member)
    if not heats:
        return text.NOT_JOINED
    found = actions.mine(ctx.db, ctx.member)
    if found is None:
        published = any(heat.round.published_at for heat in heats)
        return text.NO_RESULT if published else text.NOT_PUBLISHED
    return text.result(found.name, found.score, found.total, found.seconds, found.rank)


@router.command("排行榜", "名次", may=Action.PLAY, help="", intent="leaderboard")
def leaderboard(ctx: Context, said: Said) -> str:
    """Only of a contest that one has joined, and only what a person has published."""
    heats = actions.played(ctx.db, ctx.member)
    published = [heat for heat in heats if heat.round.published_at]
    if not published:
        return text.NOT_PUBLISHED if heats else text.NO_STANDING
    return board_of(ctx, published[0], max(1, min(20, int(said.slots.get("count", 10)))))


def board_of(ctx: Context, heat: Heat, count: int) -> str:
    board = actions.board(ctx.db, heat, ctx.now, count)
    lines = board.people if heat.round.kind == "individual" else board.teams
    return text.standing(board.name, [shown(each) for each in lines])


def shown(line: Line) -> str:
    return text.line(line.rank, line.who or text.HIDDEN, line.score, line.seconds)


@router.command("公开姓名", may=Action.PLAY, help="")
def be_named(ctx: Context, said: Said) -> str:
    return text.NAMED if joining.set_named(ctx.db, ctx.member, True) else text.NOT_JOINED


@router.command("隐去姓名", may=Action.PLAY, help="")
def be_unnamed(ctx: Context, said: Said) -> str:
    return text.UNNAMED if joining.set_named(ctx.db, ctx.member, False) else text.NOT_JOINED


@router.command("申诉", may=Action.PLAY, help="")
def appeal(ctx: Context, said: Said) -> str:
    heat = actions.last_played(ctx.db, ctx.member)
    if heat is None:
        return text.NO_APPEAL
    if not said.after:
        return text.APPEAL_HOW
    words = said.after[: text.LONGEST]
    id = running.appeal(ctx.db, ctx.member, heat, words, ctx.now)
    return text.APPEALED.format(id=id)


@router.command("抢答", may=Action.PLAY, help="")
def buzz(ctx: Context, said: Said) -> str:
    place = staging.buzz(ctx.db, ctx.member, ctx.now)
    return text.BUZZED.format(place=place) if place else text.NO_BUZZ
