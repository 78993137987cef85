"""Whoever may invite asks for a code, and hands it on."""

import io
import re

from bot.messages import Reply, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.binding import rules, text
from handlers.binding.actions import inviting
from handlers.binding.rules import Handed, Nobody, Person, WhoOf

router = Router()


class Invite(Tap, prefix="invite"):
    member_id: str


@router.command("邀请", "邀请绑定", may=Action.INVITE, help=text.HELP_INVITE)
def invite(ctx: Context, said: Said) -> Reply | str:
    if ctx.group:
        return Reply(text=text.IN_PRIVATE, in_group=text.IN_PRIVATE)
    if not said.rest:
        return which(inviting.still_without(ctx.db, ctx.member, ctx.now), named=False)
    return answer(ctx, inviting.invite(ctx.db, ctx.member, said.rest, ctx.now))


@router.pattern(rules.FOR_SOMEBODY, may=Action.INVITE)
def invite_in_words(ctx: Context, said: Said) -> Reply | str:
    told = re.fullmatch(rules.FOR_SOMEBODY, said.text)
    assert told
    return invite(ctx, Said(said.text, told["name"]))


@router.tap(Invite, may=Action.INVITE)
def invite_this_one(ctx: Context, tap: Invite) -> Reply | str:
    return answer(ctx, inviting.invite_by_id(ctx.db, ctx.member, tap.member_id, ctx.now))


@router.command("收回邀请", "收回邀请码", "撤回邀请", may=Action.INVITE, help="")
def withdraw(ctx: Context, said: Said) -> str:
    if not said.rest:
        return text.NAME_WANTED
    match inviting.withdraw(ctx.db, ctx.member, said.rest, ctx.now):
        case Person(_, name):
            return text.withdrawn(name)
        case WhoOf(people):
            return text.who_to_withdraw([(each.id, each.name) for each in people])
        case Nobody():
            return text.NOBODY


def answer(ctx: Context, done: Handed | WhoOf | Nobody) -> Reply | str:
    match done:
        case Handed(name, code, expires):
            links = ctx.links.with_scene(f"bind-{code}")
            return Reply(
                text=text.handed(name, rules.spaced(code), expires),
                fields=text.link_names(links),
                picture=qr(next(iter(links.values()), code)),
                again=text.CODE_ONCE,
            )
        case WhoOf() as several:
            return which(several, named=True)
        case Nobody():
            return text.NOBODY


def which(people: WhoOf, *, named: bool) -> Reply | str:
    if not people.people:
        return text.EVERYBODY_BOUND
    return Reply(
        text=text.who(people.total, len(people.people), named=named),
        buttons=[
            button(
                text.person(each.name, each.branch, each.id, alike=named),
                Invite(member_id=each.id),
            )
            for each in people.people
        ],
    )


def qr(words: str) -> bytes:
    picture = io.BytesIO()
    import segno  # a megabyte, for whoever invites

    segno.make(words, error="m").save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()
