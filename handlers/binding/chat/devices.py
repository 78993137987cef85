"""A second device: the code comes from the old one, and so does the last word."""

from bot.messages import Reply, Say, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.binding import rules, text
from handlers.binding.actions import devices, leaving
from handlers.binding.chat.inviting import qr

router = Router()


class Confirm(Tap, prefix="join"):
    joining: int


@router.command("绑定新设备", "新设备", "绑定新账号", may=Action.UNBIND, help="")
def new_device(ctx: Context, _: Said) -> Reply:
    if ctx.group:
        return Reply(text=text.IN_PRIVATE, in_group=text.IN_PRIVATE)
    shown = devices.begin(ctx.db, ctx.member, ctx.address, ctx.now)
    scene = f"join-{shown.token}"
    links = ctx.links.with_scene(scene)
    return Reply(
        text=text.device_code(rules.spaced(shown.code)),
        fields=text.link_names(links),
        picture=qr(next(iter(links.values()), shown.code)),
        buttons=[button(text.SENT_IT, Say(words=text.CONFIRM))],
        again=text.DEVICE_CODE_ONCE,
    )


@router.command("确认绑定", may=Action.UNBIND, help="")
def confirm_which(ctx: Context, _: Said) -> Reply | str:
    joining = devices.waiting(ctx.db, ctx.member, ctx.now)
    if joining is None:
        return text.NOTHING_TO_CONFIRM
    return Reply(
        text=text.confirm(*joining.new),
        buttons=[
            button(text.CONFIRM, Confirm(joining=joining.id)),
            button(text.NOT_ME, Say(words=text.THIS_IS_NOT_ME)),
        ],
    )


@router.tap(Confirm, may=Action.UNBIND)
def confirm(ctx: Context, tap: Confirm) -> str:
    new = devices.confirm(ctx.db, ctx.member, ctx.address, tap.joining, ctx.now)
    if new is None:
        return text.NOTHING_TO_CONFIRM
    return text.confirmed(*new, rules.UNDO_WITHIN.days)


@router.command("这不是我", "不是我", "不是我绑的", may=Action.UNBIND, help="")
def this_is_not_me(ctx: Context, _: Said) -> str:
    """Stops what waits for a word; where nothing waits, undoes what was bound lately."""
    if devices.decline(ctx.db, ctx.member, ctx.now):
        return text.NOT_CONFIRMED
    undone = leaving.undo(ctx.db, ctx.member, ctx.address, ctx.now)
    if not undone:
        return text.NOTHING_TO_UNDO
    return text.undone([text.account(each.platform, each.user) for each in undone])
