"""My accounts, and parting with one of them."""

from bot.messages import Reply, Say, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.binding import text
from handlers.binding.actions import leaving
from handlers.binding.rules import Bound

router = Router()


class Unbind(Tap, prefix="unbind"):
    mark: str


class UnbindNow(Tap, prefix="unbound"):
    mark: str


@router.command("我的账号", "我的帐号", "账号", may=Action.UNBIND, help=text.HELP_ACCOUNTS)
def my_accounts(ctx: Context, _: Said) -> Reply:
    mine = leaving.mine(ctx.db, ctx.member, ctx.address)
    lines = [text.one_of_mine(label(each), each.at, here=each.here) for each in mine]
    return Reply(
        text=text.mine(lines),
        buttons=[
            button(text.NEW_DEVICE, Say(words=text.NEW_DEVICE)),
            button(text.UNBIND, Say(words=text.UNBIND)),
        ],
    )


@router.wish("unbind", may=Action.UNBIND)
@router.command("解绑", "解除绑定", "退出账号", may=Action.UNBIND, help="")
def unbind(ctx: Context, _: Said) -> Reply:
    mine = leaving.mine(ctx.db, ctx.member, ctx.address)
    if len(mine) == 1:
        return sure(mine[0], last=True)
    return Reply(
        text=text.unbind_which(len(mine)),
        buttons=[
            button(text.unbind_choice(label(each), here=each.here), Unbind(mark=each.mark))
            for each in mine
        ],
    )


@router.tap(Unbind, may=Action.UNBIND)
def unbind_this_one(ctx: Context, tap: Unbind) -> Reply:
    mine = leaving.mine(ctx.db, ctx.member, ctx.address)
    return sure(leaving.chosen(mine, tap.mark), last=len(mine) == 1)


@router.tap(UnbindNow, may=Action.UNBIND)
def unbind_now(ctx: Context, tap: UnbindNow) -> str:
    one = leaving.unbind(ctx.db, ctx.member, ctx.address, tap.mark, ctx.now)
    return text.unbound(label(one), here=one.here)


def sure(one: Bound, *, last: bool) -> Reply:
    return Reply(
        text=text.sure_to_unbind(label(one), last=last),
        buttons=[
            button(text.UNBIND_NOW, UnbindNow(mark=one.mark)),
            button(text.KEEP, Say(words=text.NEVER_MIND)),
        ],
    )


@router.command("先不解", may=Action.UNBIND, help="")
def keep(ctx: Context, _: Said) -> str:
    return text.KEPT_BOUND


def label(one: Bound) -> str:
    return text.account(one.platform, one.user)
