from bot import text as common
from bot.messages import Dialog, NotAnAnswer, Reply, Say, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said, Unheard
from handlers.talk import actions, rules, text

router = Router()


class Writing(Dialog, name="feedback"):
    """An opinion is about to be said; it is never kept here."""

    step: str = "words"
    signed: bool = False


class Sign(Tap, prefix="opinion"):
    """How the opinion is to be given."""

    signed: bool


class Earlier(Tap, prefix="opinions"):
    before: int


# what there is


@router.wish("help", may=Action.GET_HELP)
@router.command("帮助", "菜单", "help", may=Action.GET_HELP, help=text.HELP)
def help(ctx: Context, said: Said) -> Reply:
    coming = actions.coming(ctx.db, ctx.member, ctx.now)
    standing = "guest" if ctx.member.is_guest else "leader" if ctx.member.posts else "member"
    now = coming is not None and coming.opens <= ctx.now
    lines = rules.likeliest(ctx.can(), standing, check_in_now=now)
    if said.rest == text.ALL or len(lines) <= rules.LINES:
        return Reply(text=text.help(lines, more=False))
    return Reply(
        text=text.help(lines[: rules.LINES], more=True),
        buttons=[button(text.ALL, Say(words=text.MORE)), button(text.HUMAN, Say(words=text.HUMAN))],
    )


@router.pattern(rules.SAY_AGAIN, may=Action.GET_HELP)
def say_again(ctx: Context, _: Said) -> Reply | str:
    told = None if ctx.group else actions.last_told(ctx.db, ctx.address, ctx.now)
    return told or text.NOTHING_SAID


@router.pattern(rules.TOO_SMALL, may=Action.GET_HELP)
def larger(ctx: Context, _: Said) -> Reply:
    return Reply(text=text.LARGER, buttons=[button(text.OPINION, Say(words=text.OPINION))])


# in passing


@router.wish("greet", may=Action.GET_HELP)
def greet(ctx: Context, _: Said) -> Reply:
    if ctx.member.is_guest:
        return Reply(
            text=common.NOT_BOUND,
            in_group=common.NOT_BOUND,
            buttons=[
                button(text.HOW_TO_GET, Say(words=text.BIND)),
                button(text.WHAT_IS_KEPT, Say(words=text.PRIVACY)),
            ],
        )
    held = actions.coming(ctx.db, ctx.member, ctx.now)
    coming = ""
    if held:
        is_open = held.opens <= ctx.now <= held.closes
        coming = text.coming(held.title, held.starts, held.venue, open=is_open)
    part = rules.part_of_day(ctx.now.hour)
    return Reply(text=text.greeting(ctx.member.name, part, coming))


@router.wish("thanks", may=Action.GET_HELP)
def thanks(ctx: Context, _: Said) -> str:
    held = actions.coming(ctx.db, ctx.member, ctx.now)
    if held is None or held.starts <= ctx.now:
        return text.welcome("", None, "")
    return text.welcome(held.title, held.starts, held.venue)


@router.wish("abuse", may=Action.GET_HELP)
def abuse(ctx: Context, _: Said) -> Reply:
    """Calm, and nowhere on record."""
    return Reply(text=text.ABUSE, buttons=[button(text.HUMAN, Say(words=text.HUMAN))])


@router.wish("off_topic", may=Action.GET_HELP)
def off_topic(ctx: Context, _: Said) -> str:
    return text.OFF_TOPIC


@router.wish("affirm", may=Action.GET_HELP)
def affirm(ctx: Context, _: Said) -> str:
    return text.NOTHING_TO_AFFIRM


@router.wish("deny", may=Action.GET_HELP)
def deny(ctx: Context, _: Said) -> str:
    if came := actions.just_came(ctx.db, ctx.member, ctx.now):
        return text.came(*came)
    return text.NOTHING_TO_LEAVE


@router.wish("refuse_sensitive", may=Action.GET_HELP)
def refuse(ctx: Context, said: Said) -> str:
    return text.refused(str(said.slots.get("kind", "")), str(said.slots.get("person", "")))


# what was not understood


@router.answer(Unheard, "hand_over", may=Action.GIVE_FEEDBACK)
def hand_over(ctx: Context, dialog: Unheard, said: str) -> Reply:
    """The tap is the consent; anything else that is said is another wish."""
    if said != common.HAND_OVER:
        raise NotAnAnswer(Reply(text=common.NOT_UNDERSTOOD))
    actions.hand_over(ctx.db, dialog.said, ctx.now)
    return Reply(text=text.HANDED_OVER)


@router.command("没听懂的话", may=Action.READ_FEEDBACK, help=text.HELP_UNHEARD)
def not_heard(ctx: Context, _: Said) -> str:
    return text.unheard(*actions.not_understood(ctx.db, ctx.now))


# somebody to talk to


@router.wish("human", may=Action.GET_HELP)
@router.command("转人工", "人工", may=Action.GET_HELP, help=text.HELP_HUMAN)
def human(ctx: Context, _: Said) -> str:
    if ctx.member.is_guest:
        return text.WHOM_FOR_A_GUEST
    found = actions.helpers(ctx.db, ctx.member, ctx.now)
    if not found:
        return text.NOBODY_HERE
    return text.whom([(each.name, common.ROLES[each.role]) for each in found])


# opinions


@router.wish("feedback", may=Action.GIVE_FEEDBACK)
@router.command(
    "意见",
    "建议",
    "投诉",
    "意见箱",
    "匿名意见",
    "署名意见",
    may=Action.GIVE_FEEDBACK,
    help=text.HELP_FEEDBACK,
)
def opinion(ctx: Context, said: Said) -> Reply:
    signed = rules.wants_signature(said.text)
    if words := rules.said_about(said.text):
        return taken(ctx, words, signed=signed)
    return Reply(
        text=text.SAY_YOUR_OPINION,
        buttons=[
            button(text.NAMELESS, Sign(signed=False)),
            button(text.SIGNED, Sign(signed=True)),
        ],
        then=Writing(signed=signed),
    )


@router.tap(Sign, may=Action.GIVE_FEEDBACK)
def sign(ctx: Context, tap: Sign) -> Reply:
    return Reply(text=text.GO_ON[tap.signed], then=Writing(signed=tap.signed))


@router.answer(Writing, "words", may=Action.GIVE_FEEDBACK)
def written(ctx: Context, dialog: Writing, words: str) -> Reply:
    return taken(ctx, words, signed=dialog.signed)


def taken(ctx: Context, words: str, *, signed: bool) -> Reply:
    actions.give(ctx.db, ctx.member, words, ctx.now, signed=signed)
    return Reply(text=text.TAKEN[signed], again="" if signed else text.NEUTRAL)


@router.command("查看意见", may=Action.READ_FEEDBACK, help=text.HELP_READ_FEEDBACK)
def opinions(ctx: Context, _: Said) -> Reply | str:
    return listed(ctx, 0)


@router.tap(Earlier, may=Action.READ_FEEDBACK)
def earlier(ctx: Context, tap: Earlier) -> Reply | str:
    return listed(ctx, tap.before)


def listed(ctx: Context, before: int) -> Reply | str:
    total, found = actions.read(ctx.db, ctx.member, ctx.now, before)
    if not found:
        return text.NO_FEEDBACK
    entries = [(each.day, each.name or text.NO_NAME, each.text) for each in found]
    more = (
        [button(text.EARLIER, Earlier(before=found[-1].id))]
        if len(found) == actions.AT_ONCE
        else []
    )
    return Reply(text=text.opinions(total, entries), buttons=more, again=text.NEUTRAL)
