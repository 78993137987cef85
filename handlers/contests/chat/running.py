from bot.messages import Refusal, Reply, Say, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.contests.actions import running as actions
from handlers.contests.actions import staging
from handlers.contests.actions.running import Already, NotYet, OpenAppeals, Published
from handlers.contests.actions.standing import full_name
from handlers.contests.chat.standing import board_of
from handlers.contests.text import running as text
from storage.contests import Appeal, Heat

router = Router()
SHOWN = 5
LOOKED_AT = 10


@router.command("竞赛管理", may=Action.RUN_CONTEST, help=text.HELP)
def overview(ctx: Context, said: Said) -> Reply | str:
    heats = actions.of(ctx.db, ctx.member, ctx.now)[:SHOWN]
    if not heats:
        return text.NONE
    states = [actions.state(ctx.db, heat) for heat in heats]
    lines = [
        text.round_state(
            each.heat.round.id, full_name(each.heat), each.players, each.finished, each.appeals,
            each.signs, published=bool(each.heat.round.published_at),
        )
        for each in states
    ]  # fmt: skip
    over = [h for h in heats if ctx.now > h.round.closes and not h.round.published_at]
    words = [f"{what} {heat.round.id}" for heat in over[:2] for what in (text.LOOK, text.PUBLISH)]
    return Reply(text="\n".join(lines), buttons=[button(each, Say(words=each)) for each in words])


@router.command(text.LOOK, may=Action.RUN_CONTEST, help="")
def look(ctx: Context, said: Said) -> str:
    """Before it is published: what those who have played will see, and no name more."""
    heat = chosen(ctx, said.after)
    board = board_of(ctx, heat, LOOKED_AT)
    return f"{board}\n{text.AS_THEY_SEE_IT}"


@router.command("公布成绩", may=Action.RUN_CONTEST, help="")
def publish(ctx: Context, said: Said) -> str:
    heat = chosen(ctx, said.after)
    match actions.publish(ctx.db, ctx.member, heat, ctx.now):
        case Published(heat):
            return text.published(full_name(heat))
        case NotYet():
            return text.STILL_OPEN
        case OpenAppeals(count):
            return text.open_appeals(count)
        case Already():
            return text.ALREADY_PUBLISHED


@router.command("申诉清单", may=Action.RUN_CONTEST, help="")
def appeals(ctx: Context, said: Said) -> str:
    heats = {heat.round.id: heat for heat in actions.of(ctx.db, ctx.member, ctx.now)}
    found = actions.appeals(ctx.db, list(heats.values()))
    lines = [appeal_line(ctx, heats[each.round_id], each) for each in found[:SHOWN]]
    return "\n".join(lines) or text.NO_APPEALS


def appeal_line(ctx: Context, heat: Heat, each: Appeal) -> str:
    about = actions.disputed(ctx.db, heat, each)
    return text.appeal(each.id, heat.round.name, each.words, about)


@router.command("答复申诉", may=Action.RUN_CONTEST, help="")
def answer_appeal(ctx: Context, said: Said) -> str:
    number, _, words = said.after.partition(" ")
    if not number.isdecimal() or not words.strip():
        return text.ANSWER_HOW
    done = actions.answer_appeal(ctx.db, ctx.member, int(number), words.strip(), ctx.now)
    return text.APPEAL_ANSWERED.format(id=number) if done else text.NO_SUCH_APPEAL


@router.command("作废赛题", may=Action.RUN_CONTEST, help="")
def annul(ctx: Context, said: Said) -> str:
    number, _, question_id = said.after.partition(" ")
    if not question_id:
        return text.ANNUL_HOW
    heat = chosen(ctx, number)
    question_id = question_id.strip().upper()
    if not actions.annul(ctx.db, ctx.member, heat, question_id, ctx.now):
        return text.NO_SUCH_QUESTION
    return text.annulled(question_id, full_name(heat))


@router.command("开抢", may=Action.RUN_CONTEST, help="")
def open_buzz(ctx: Context, said: Said) -> Reply | str:
    """Of the final that is open."""
    finals = staging.finals(ctx.db, ctx.member, ctx.now)
    if not finals:
        return text.NO_FINAL
    if not (said.after.isascii() and said.after.isdecimal()):
        return text.BUZZ_HOW
    if not staging.ask(ctx.db, ctx.member, finals[0], int(said.after[:6]), ctx.now):
        return text.no_such_number(len(finals[0].round.papers[0]))
    words = text.BUZZ_OPEN.format(number=said.after)
    return Reply(text=words, buttons=[button(each, Say(words=each)) for each in text.ON_STAGE])


@router.command("停抢", may=Action.RUN_CONTEST, help="")
def close_buzz(ctx: Context, said: Said) -> str:
    for heat in actions.of(ctx.db, ctx.member, ctx.now):
        if heat.round.buzzing:
            staging.stop(ctx.db, heat)
    return text.BUZZ_CLOSED


@router.command("揭晓", may=Action.RUN_CONTEST, help="")
def reveal(ctx: Context, said: Said) -> str:
    """The answer to the question on the wall, of the final that is open."""
    for heat in staging.finals(ctx.db, ctx.member, ctx.now):
        if number := staging.reveal(ctx.db, ctx.member, heat, ctx.now):
            return text.REVEALED.format(number=number)
    return text.NOTHING_TO_REVEAL


def chosen(ctx: Context, number: str) -> Heat:
    found = [h for h in actions.of(ctx.db, ctx.member, ctx.now) if str(h.round.id) == number]
    if not found:
        raise Refusal(text.NO_SUCH_ROUND)
    return found[0]
