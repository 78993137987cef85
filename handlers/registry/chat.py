from collections import Counter

from bot.messages import Button, Refusal, Reply, Tap, button
from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.registry import actions, text
from handlers.registry.rules.completeness import FEWEST, MOST, Gap, Lack

router = Router()


class Lacking(Tap, prefix="lack"):
    """Which branches lack this?"""

    lack: Lack


class Unbound(Tap, prefix="noacc"):
    """Who of this branch has no account?"""

    branch_id: str


@router.command("名册检查", "检查名册", may=Action.SEE_COMPLETENESS, help=text.HELP)
def check_registers(ctx: Context, _: Said) -> Reply:
    branches, gaps = actions.incomplete(ctx.db, ctx.member, ctx.now)
    in_group = text.checked(branches, len(gaps))
    if branches == 1 and gaps:
        branch = gaps[0].branch
        said = text.of_one_branch(branch.name, branch.members, [missing(gap) for gap in gaps])
        return Reply(text=said, buttons=who(gaps), in_group=in_group)
    found = Counter(gap.lack for gap in gaps)
    by_lack = [(lack, found[lack]) for lack in Lack if lack in found]
    return Reply(
        text=text.of_many_branches(branches, len(gaps), by_lack),
        buttons=[button(text.LACKS[lack], Lacking(lack=lack)) for lack, _ in by_lack],
        in_group=in_group,
    )


@router.tap(Lacking, may=Action.SEE_COMPLETENESS)
def which_lack_it(ctx: Context, tap: Lacking) -> str:
    _, gaps = actions.incomplete(ctx.db, ctx.member, ctx.now)
    found = [(gap.branch.name, missing(gap)) for gap in gaps if gap.lack is tap.lack]
    return text.lacking(tap.lack, found)


@router.tap(Unbound, may=Action.SEE_ROSTER)
def who_is_unbound(ctx: Context, tap: Unbound) -> str:
    names = actions.unbound(ctx.db, ctx.member, tap.branch_id, ctx.now)
    if names is None:
        raise Refusal(text.NOT_YOURS)
    return text.unbound(names)


def who(gaps: list[Gap]) -> list[Button]:
    return [
        button(text.WHO_IS_UNBOUND, Unbound(branch_id=gap.branch.id))
        for gap in gaps
        if gap.lack is Lack.ACCOUNTS
    ]


def missing(gap: Gap) -> str:
    match gap.lack:
        case Lack.SECRETARY:
            return text.NO_SECRETARY
        case Lack.MEMBERS if gap.branch.full < FEWEST:
            return text.too_few(gap.branch.full, FEWEST)
        case Lack.MEMBERS:
            return text.too_many(gap.branch.members, MOST)
        case Lack.POSTS:
            return text.vacant(gap.vacant)
        case Lack.ACCOUNTS:
            return text.without_account(gap.branch.unbound)
