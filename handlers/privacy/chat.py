from functools import partial

from bot.messages import Dialog, Reply, Say, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.privacy import actions, rules, text
from handlers.privacy.rules import Data
from storage import dialogs

router = Router()


class Erasing(Dialog, name="erase"):
    """What is deleted and what stays was explained; a button of last year is no answer."""

    step: str = "sure"


class EraseNow(Tap, prefix="erase"):
    pass


@router.wish("privacy_info", may=Action.READ_PRIVACY)
@router.command("隐私", "隐私说明", "privacy", may=Action.READ_PRIVACY, help=text.HELP)
def info(ctx: Context, said: Said) -> Reply:
    if said.rest == text.MORE:
        return Reply(text=text.DETAILS, buttons=[button(text.MY_DATA, Say(words=text.MY_DATA))])
    return Reply(
        text=text.INFO,
        buttons=[
            button(text.MORE, Say(words=text.SAY_MORE)),
            button(text.MY_DATA, Say(words=text.MY_DATA)),
        ],
    )


@router.wish("privacy_export", may=Action.READ_PRIVACY)
@router.command("我的数据", "我的信息", may=Action.READ_PRIVACY, help="")
def my_data(ctx: Context, said: Said) -> Reply | str:
    """A summary; with more behind it, the data itself."""
    if ctx.member.is_guest:
        return text.GUEST
    data = ctx.read_beside(partial(actions.mine, member=ctx.member))
    wanted = said.rest if said.text != said.rest else ""
    if wanted.upper() == "JSON":
        return everything(data)
    if wanted:
        return part(data, wanted)
    return Reply(
        text=text.summary(ctx.member.name, {each: len(rows) for each, rows in data.items()}),
        buttons=[
            button(text.AS_JSON, Say(words=text.SAY_JSON)),
            button(text.MORE, Say(words=text.SAY_MORE)),
            button(text.ERASE_MINE, Say(words=text.ERASE_MINE)),
        ],
    )


def everything(data: Data) -> Reply | str:
    if rules.fits(data):
        return Reply(text=rules.written(data), again=text.ONCE)
    return text.too_long({each: len(rows) for each, rows in data.items()})


def part(data: Data, wanted: str) -> Reply | str:
    for table, rows in data.items():
        if wanted in (text.name(table), table):
            said, left_out = rules.newest_that_fit(rows)
            return Reply(text=text.part(table, said, left_out), again=text.ONCE)
    return text.no_such_part(wanted)


@router.wish("privacy_delete", may=Action.READ_PRIVACY)
@router.command("删除我的数据", may=Action.READ_PRIVACY, help="")
def erase(ctx: Context, said: Said) -> Reply | str:
    if ctx.member.is_guest:
        return text.GUEST
    return explained(text.NOT_IN_PART if "period" in said.slots else "")


@router.command("撤回同意", may=Action.READ_PRIVACY, help="")
def withdraw_consent(ctx: Context, _: Said) -> Reply | str:
    return text.GUEST if ctx.member.is_guest else explained(text.WITHDRAW)


def explained(first: str) -> Reply:
    return Reply(
        text=first + text.ERASE,
        buttons=[button(text.SURE, EraseNow()), button(text.KEEP, Say(words=text.SAY_KEEP))],
        then=Erasing(),
    )


@router.tap(EraseNow, may=Action.OWN_DATA)
def erase_now(ctx: Context, _: EraseNow) -> str:
    waiting = dialogs.waiting(ctx.db, [ctx.address]).get(ctx.address)
    if waiting is None or waiting.name != Erasing.name or waiting.expires < ctx.now:
        return text.ASK_AGAIN
    actions.erase(ctx.db, ctx.member, ctx.now)
    return text.ERASED


@router.command("先不删", may=Action.READ_PRIVACY, help="")
def keep(ctx: Context, _: Said) -> str:
    return text.KEPT


@router.answer(Erasing, "sure", may=Action.OWN_DATA)
def sure(ctx: Context, dialog: Erasing, words: str) -> Reply | str:
    if words in rules.YES:
        actions.erase(ctx.db, ctx.member, ctx.now)
        return text.ERASED
    return Reply(
        text=text.SURE_OR_NOT,
        buttons=[button(text.SURE, EraseNow()), button(text.KEEP, Say(words=text.SAY_KEEP))],
        then=dialog,
    )
