"""生成通报: drafted in a sentence, checked and approved by tapping; 为什么是这个数."""

from functools import partial

from bot.messages import Button, Reply, Say, Tap, button
from bot.permissions import Action
from bot.pictures import Bar, bars
from bot.routing import Context, Router, Said
from handlers.reports.actions import allowing, drafting, reading
from handlers.reports.actions.drafting import Done, Moved, Named, Objection, Spoilt, Uncounted
from handlers.reports.actions.reading import Seen, Why
from handlers.reports.rules import figures, guard, spans
from handlers.reports.rules import paper as wording
from handlers.reports.rules.figures import Sum
from handlers.reports.rules.freezing import Document, Frozen
from handlers.reports.rules.guard import Banned, Fine, Repeated
from handlers.reports.rules.stages import ANEW, NEXT, NotNow, OwnWork, Stage, Step
from handlers.reports.text import circulars as text
from storage import reports
from storage.database import Session
from storage.reports import Circular

router = Router()
AT_MOST = 5


class Look(Tap, prefix="circular"):
    id: int


class Take(Tap, prefix="circularstep"):
    step: Step
    id: int


class Records(Tap, prefix="figure"):
    id: int
    figure: str


@router.command(
    "生成通报", "通报草稿", may=Action.DRAFT_CIRCULAR, help=text.HELP, intent="circular_draft"
)
def draft(ctx: Context, said: Said) -> Reply | str:
    verdict = guard.judge(said.text)
    if not isinstance(verdict, Fine):
        return text.refused(verdict)
    org_id = allowing.scope_named(ctx.db, ctx.member, said.text, ctx.now)
    if org_id is None:
        return text.NO_SCOPE
    days = spans.last_quarter(ctx.now.date())
    if named := said.slots.get("period"):
        found = spans.days_of(str(named))
        if found is None:
            return text.NOT_THAT_SPAN
        days = found
    topic = str(said.slots.get("topic", ""))

    def counted(db: Session) -> tuple[Document | Objection, bytes]:
        found = drafting.counted(db, ctx.member, org_id, days, topic, ctx.now)
        return found, drawn(found, Stage.DRAFT) if isinstance(found, Document) else b""

    match ctx.read_beside(counted):
        case Document() as document, picture:
            id = drafting.kept(ctx.db, ctx.member, document, ctx.now)
            return looked_at(ctx, id, picture=picture)
        case Uncounted(about), _:
            return text.uncounted(about, [each.name for each in figures.TABLE])
        case Named(count), _:
            return text.named(count)
        case (Banned() | Repeated()) as objection, _:
            return text.refused(objection)


@router.tap(Look, may=Action.EXPORT_TABLES)
def look(ctx: Context, tap: Look) -> Reply:
    def picture(db: Session) -> bytes:
        found = reading.seen(db, ctx.member, tap.id, ctx.now)
        return drawn(found.document, Stage(found.row.state))

    return looked_at(ctx, tap.id, picture=ctx.read_beside(picture))


def looked_at(ctx: Context, circular_id: int, said: str = "", *, picture: bytes = b"") -> Reply:
    found = reading.seen(ctx.db, ctx.member, circular_id, ctx.now)
    if found.document.figures:
        first = found.document.figures[0].id
        reports.showing(ctx.db, ctx.member.id, circular_id, first, ctx.now)
    lines = [
        head(found.row),
        text.figures([wording.in_short(each) for each in found.document.figures if counts(each)]),
        text.who(found.author, found.approver),
    ]
    return Reply(
        text=said or "\n".join(lines),
        buttons=buttons(ctx, found),
        picture=picture,
        in_group=text.IN_PRIVATE,
    )


def counts(figure: Frozen) -> bool:
    """Whether there is anything that it could count."""
    return bool(figure.sum.whole or not figure.of)


def head(row: Circular) -> str:
    days = spans.Days(row.first, row.last)
    return text.head(row.org_name, days.name, row.topic, row.state, row.version)


def buttons(ctx: Context, found: Seen) -> list[Button]:
    steps = [
        step
        for step in NEXT[Stage(found.row.state)]
        if not (step is Step.APPROVE and found.row.author == ctx.member.id)
    ]
    taps = [button(text.STEPS[each], Take(step=each, id=found.row.id)) for each in steps]
    return [*taps, button(text.WHY, Say(words=text.WHY))]


def drawn(document: Document, stage: Stage) -> bytes:
    rows = [
        Bar(each.name, each.sum.percent, wording.share(each.sum, True))
        for each in document.figures
        if each.sum.percent is not None
    ]
    title, small = wording.title(document), wording.as_of(document)
    return bars(title, text.STAGES[stage], rows, small) if rows else b""


@router.tap(Take, may=Action.DRAFT_CIRCULAR)
def take(ctx: Context, tap: Take) -> Reply | str:
    anew = partial(drafting.recounted, actor=ctx.member, step=tap.step, circular_id=tap.id)
    fresh = ctx.read_beside(partial(anew, now=ctx.now)) if tap.step in ANEW else None
    match drafting.take_step(ctx.db, ctx.member, tap.step, tap.id, fresh, ctx.now):
        case Done(stage, id):
            return looked_at(ctx, id, text.stepped(stage))
        case Moved(changed):
            rows = [
                (old.name, wording.share(old.sum, bool(old.of)), wording.share(new, bool(old.of)))
                for old, new in changed
            ]
            return looked_at(ctx, tap.id, text.moved(rows))
        case OwnWork():
            return text.OWN
        case NotNow(stage):
            return looked_at(ctx, tap.id, text.now_is(stage))
        case Named(count):
            return text.named(count)
        case (Banned() | Repeated()) as objection:
            return text.refused(objection)
        case Spoilt():
            return text.SPOILT


@router.command("通报清单", "待签发通报", "看通报", may=Action.EXPORT_TABLES, help=text.HELP_LIST)
def listed(ctx: Context, _: Said) -> Reply | str:
    rows = reading.listed(ctx.db, ctx.member, ctx.now)[:AT_MOST]
    if not rows:
        return text.NONE_YET
    lines = [text.line(at, head(row)) for at, row in enumerate(rows, start=1)]
    taps = [button(text.nth(at), Look(id=row.id)) for at, row in enumerate(rows[:3], start=1)]
    return Reply(text="\n".join(lines), buttons=taps, in_group=text.IN_PRIVATE)


@router.pattern(figures.WHY, may=Action.SEE_OWN_ATTENDANCE)
@router.command("为什么是这个数", may=Action.SEE_OWN_ATTENDANCE, help=text.HELP_WHY)
def why(ctx: Context, said: Said) -> Reply | str:
    """Of whatever number they were told last; of a circular's, its posts are asked for again."""
    match reading.why(ctx.db, ctx.member, said.text, ctx.now):
        case Why() as found:
            return explained(ctx, found)
        case str(words):
            return Reply(text=words, in_group=text.IN_PRIVATE)
        case None:
            return text.NO_NUMBER


@router.tap(Records, may=Action.EXPORT_TABLES)
def records(ctx: Context, tap: Records) -> Reply | str:
    row = allowing.entrusted(ctx.db, ctx.member, tap.id, ctx.now)
    found = reading.why_of(ctx.db, ctx.member, row, tap.figure, ctx.now)
    return explained(ctx, found) if found else text.NO_NUMBER


def explained(ctx: Context, found: Why) -> Reply:
    figure, document = found.figure, found.document
    shown = [
        text.record(
            wording.short(each.on),
            " ".join(filter(None, (each.org, each.what))),
            wording.share(Sum(each.part, each.whole), bool(figure.of)),
        )
        for each in found.last
    ]
    amount = f"{wording.share(figure.sum, bool(figure.of))} {figure.unit}"
    rows = [text.records(len(figure.records), bool(shown)), *shown]
    said = text.why(
        figure.name,
        amount,
        figure.of,
        figure.definition,
        wording.span(document),
        wording.as_of(document),
        rows,
    )
    ids = [each.id for each in document.figures]
    after = document.figures[(ids.index(figure.id) + 1) % len(ids)]
    other = button(after.name, Records(id=found.circular_id, figure=after.id))
    return Reply(text=said, buttons=[other] if len(ids) > 1 else [], in_group=text.IN_PRIVATE)
