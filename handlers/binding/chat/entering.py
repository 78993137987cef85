"""A guest sends a code, reads what is kept, and agrees."""

from bot.messages import Button, Dialog, Reply, Say, Tap, button
from bot.permissions import Action, authorize
from bot.routing import Context, Router, Said
from handlers.binding import rules, text
from handlers.binding.actions import entering
from handlers.binding.chat.inviting import invite
from handlers.binding.rules import (
    AskedThere,
    LookUp,
    Misread,
    Over,
    ShowConsent,
    TooMany,
    Unknown,
    Welcome,
)
from storage import accounts, agenda, dialogs, members, organisation

router = Router()


class Agreeing(Dialog, name="bind"):
    """The consent text was shown; which code it was about is known here, not in the button."""

    step: str = "agree"
    invite: int = 0
    joining: int = 0


class Agree(Tap, prefix="agree"):
    pass


class Decline(Tap, prefix="disagree"):
    pass


@router.wish("bind", may=Action.BIND)
@router.command("绑定", "绑定身份", "bind", may=Action.BIND, help=text.HELP)
def bind(ctx: Context, said: Said) -> Reply | str:
    if ctx.group:
        return Reply(text=text.IN_PRIVATE, in_group=text.IN_PRIVATE)
    if not ctx.member.is_guest:
        return text.BOUND_ALREADY
    code = rules.code_in(said.rest)
    if code is None:
        return Reply(text=text.HOW, buttons=[what_is_kept()])
    return look_up(ctx, code)


@router.command("邀请码", may=Action.BIND, help="")
def invite_code(ctx: Context, said: Said) -> Reply | str:
    """Who may invite means «make one», everybody else «here is mine»."""
    if isinstance(rules.code_in(said.rest), str) or not authorize(ctx.member, Action.INVITE):
        return bind(ctx, said)
    return invite(ctx, said)


@router.pattern(rules.CODE_ALONE, may=Action.BIND)
def code_alone(ctx: Context, said: Said) -> Reply | str:
    return bind(ctx, said)


@router.scene("bind", may=Action.BIND)
def by_link(ctx: Context, code: str) -> Reply | str:
    return bind(ctx, Said(code, code))


@router.scene("join", may=Action.BIND)
def by_link_of_a_device(ctx: Context, token: str) -> Reply | str:
    if not ctx.member.is_guest:
        return text.BOUND_ALREADY
    return shown(ctx, entering.look_up_token(ctx.db, ctx.address, token, ctx.now))


@router.tap(Agree, may=Action.BIND)
def agreed(ctx: Context, _: Agree) -> Reply | str:
    return agree(ctx, asked(ctx))


@router.tap(Decline, may=Action.BIND)
def declined(ctx: Context, _: Decline) -> str:
    return text.NOT_NOW


@router.answer(Agreeing, "agree", may=Action.BIND)
def answered(ctx: Context, dialog: Agreeing, words: str) -> Reply | str:
    if words.lower() in rules.YES:
        return agree(ctx, dialog)
    if words in rules.NO:
        return text.NOT_NOW
    if isinstance(code := rules.code_in(words), str):
        return look_up(ctx, code)
    return Reply(text=text.AGREE_OR_NOT, buttons=choices(), then=dialog)


def asked(ctx: Context) -> Agreeing | None:
    waiting = dialogs.waiting(ctx.db, [ctx.address]).get(ctx.address)
    if waiting is None or waiting.name != Agreeing.name or waiting.expires < ctx.now:
        return None
    return Agreeing.model_validate(waiting.answers)


def agree(ctx: Context, dialog: Agreeing | None) -> Reply | str:
    if not ctx.member.is_guest:
        return text.BOUND_ALREADY
    if dialog is None:
        return text.SEND_AGAIN
    to = ShowConsent(dialog.invite, dialog.joining)
    match entering.agree(ctx.db, ctx.address, to, ctx.now):
        case Welcome() as welcome:
            return Reply(text=greeting(ctx, welcome), buttons=[what_is_kept()])
        case AskedThere(platform):
            return text.asked_there(platform)
        case Over():
            return text.OVER


def greeting(ctx: Context, welcome: Welcome) -> str:
    tree = organisation.tree(ctx.db, ctx.now.date())
    speaker = members.speaker(ctx.db, welcome.member_id, tree)
    coming = agenda.next_for(ctx.db, speaker, ctx.now) if speaker else None
    return text.welcome(
        welcome.name,
        welcome.branch,
        coming.title if coming else "",
        coming.starts if coming else None,
        coming.venue if coming else "",
    )


def look_up(ctx: Context, code: str | Misread) -> Reply | str:
    return shown(ctx, entering.look_up(ctx.db, ctx.address, code, ctx.now))


def shown(ctx: Context, found: LookUp) -> Reply | str:
    match found:
        case ShowConsent(invite, joining):
            abroad = ctx.address.platform in rules.ABROAD
            return Reply(
                text=text.consent(rules.CONSENT, abroad=abroad, joining=bool(joining)),
                buttons=choices(),
                then=Agreeing(invite=invite, joining=joining),
            )
        case Misread(length, lookalikes):
            return text.misread(length, lookalikes=lookalikes)
        case Unknown(left):
            return text.unknown(left)
        case TooMany(until, everybody):
            return text.too_many(until, everybody=everybody)
        case Over():
            return text.OVER


def choices() -> list[Button]:
    return [button(text.AGREE, Agree()), button(text.DECLINE, Decline())]


def what_is_kept() -> Button:
    return button(text.WHAT_IS_KEPT, Say(words=text.PRIVACY))


@router.finish
def show_consent_once(ctx: Context, reply: Reply) -> Reply:
    """Whoever an import has bound reads the consent text with the first answer, and may go on."""
    if ctx.member.is_guest or ctx.member.consent or ctx.group:
        return reply
    accounts.consent_shown(ctx.db, ctx.address, rules.CONSENT_SHOWN)
    said = f"{reply.text}\n\n{text.consent_once(rules.CONSENT)}"
    return reply.model_copy(update={"text": said})
