"""提醒我…: in one line, or with a question for what is missing."""

from bot.messages import Button, Dialog, NotAnAnswer, Reply, Say, Tap, button
from bot.permissions import Action, authorize
from bot.routing import Context, Router, Said
from bot.understanding import times
from bot.understanding.corrections import as_meant
from bot.understanding.times import Day, Moment
from handlers.reminders import text
from handlers.reminders.actions import setting as actions
from handlers.reminders.actions.setting import Ask, AskWhich, Set, TooNear, Wish
from handlers.reminders.rules import reading
from handlers.reminders.rules.choosing import LEAD_ONLY
from handlers.reminders.rules.reading import Open, Question

router = Router()


class Retime(Tap, prefix="ownretime"):
    reminder_id: int


class Cancel(Tap, prefix="owncancel"):
    reminder_id: int


class BeforeActivity(Tap, prefix="ownbefore"):
    activity_id: int
    ahead: int


class Setting(Dialog, name="own_reminder"):
    """We have asked what is still missing."""

    step: Question
    content: str = ""
    ahead: int = 0
    changing: int = 0
    known: str = ""
    part: str = ""


@router.command(
    "提醒我", "提醒", may=Action.OWN_REMINDERS, help=text.HELP, intent="reminder_create"
)
def create(ctx: Context, said: Said) -> Reply:
    if "audience" in said.slots:
        return for_others(ctx, said)
    heard, words = str(said.slots.get("content", "")), as_meant(said.text, ctx.now)
    return answer(ctx, actions.create(ctx.db, ctx.member, ctx.now, words, heard))


@router.pattern(LEAD_ONLY, may=Action.OWN_REMINDERS)
def lead(ctx: Context, said: Said) -> Reply:
    return answer(ctx, actions.create(ctx.db, ctx.member, ctx.now, said.text, ""))


@router.answer(Setting, "what", may=Action.OWN_REMINDERS)
@router.answer(Setting, "when", may=Action.OWN_REMINDERS)
@router.answer(Setting, "clock", may=Action.OWN_REMINDERS)
@router.answer(Setting, "which", may=Action.OWN_REMINDERS)
def learn(ctx: Context, dialog: Setting, words: str) -> Reply:
    open_ = Open(dialog.step, known=dialog.known, part=dialog.part)
    asked = Ask(Wish(dialog.content, dialog.ahead, dialog.changing), open_)
    found = actions.learn(ctx.db, ctx.member, ctx.now, asked, words)
    if found is None:
        raise NotAnAnswer(ask(ctx, asked))
    return answer(ctx, found)


@router.tap(BeforeActivity, may=Action.OWN_REMINDERS)
def before_activity(ctx: Context, tap: BeforeActivity) -> Reply:
    return answer(
        ctx, actions.before_activity(ctx.db, ctx.member, ctx.now, tap.activity_id, tap.ahead)
    )


@router.tap(Retime, may=Action.OWN_REMINDERS)
def retime(ctx: Context, tap: Retime) -> Reply:
    row, known = actions.to_move(ctx.db, ctx.member, ctx.now, tap.reminder_id)
    return Reply(
        text=text.WHEN_TO,
        then=Setting(
            step="when", content=row.content, ahead=row.ahead, changing=row.id, known=known
        ),
    )


def for_others(ctx: Context, said: Said) -> Reply:
    if not authorize(ctx.member, Action.SEND_NOTICE):
        return Reply(text=text.FOR_OTHERS)
    slots = {name: str(said.slots.get(name, "")) for name in ("audience", "when_text", "content")}
    words = text.notice(slots["audience"], slots["when_text"], slots["content"])
    words = words if fits(words) and slots["content"] else text.SEND_A_NOTICE
    return Reply(text=text.TO_OTHERS, buttons=[button(text.SEND_A_NOTICE, Say(words=words))])


def answer(ctx: Context, found: Set | Ask | AskWhich | TooNear) -> Reply:
    match found:
        case Set():
            return confirmed(ctx, found)
        case Ask():
            return ask(ctx, found)
        case TooNear(held, ahead, possible):
            when = times.echo(Moment(held.starts), ctx.now)
            sooner = [
                button(text.ahead(each), BeforeActivity(activity_id=held.id, ahead=each))
                for each in possible
            ]
            said = text.too_near(held.title, when, ahead, any_left=bool(sooner))
            return Reply(text=said, buttons=sooner)
        case AskWhich(ahead, activities, nearer):
            buttons = [
                button(
                    f"{times.echo(Moment(held.starts), ctx.now)} {held.title}",
                    BeforeActivity(activity_id=held.id, ahead=ahead),
                )
                for held in activities
            ]
            return Reply(text=text.before_which(ahead, bool(buttons), nearer), buttons=buttons)


def confirmed(ctx: Context, done: Set) -> Reply:
    when = times.echo(Moment(done.at), ctx.now)
    said = text.set_to(done.content, when, done.ahead, done.again, changed=done.changed)
    if done.assumed:
        said += text.assumed(done.assumed)
    return Reply(
        text=said,
        buttons=[
            button(text.CHANGE_TIME, Retime(reminder_id=done.id)),
            button(text.CANCEL, Cancel(reminder_id=done.id)),
        ],
    )


def ask(ctx: Context, asked: Ask) -> Reply:
    wish, open_ = asked.wish, asked.open
    return Reply(
        text=question(ctx, asked),
        buttons=suggestions(ctx, open_),
        then=Setting(
            step=open_.question,
            content=wish.content,
            ahead=wish.ahead,
            changing=wish.changing,
            known=open_.known,
            part=open_.part,
        ),
    )


def question(ctx: Context, asked: Ask) -> str:
    open_ = asked.open
    match open_.question:
        case "what":
            return text.WHAT
        case "when":
            empty = not (asked.wish.content or asked.wish.changing or open_.trouble)
            if empty:
                return text.WHAT_AND_WHEN
            return text.when(asked.wish.content, open_.trouble, open_.words)
        case "clock":
            days_ahead = asked.wish.ahead // 1440
            if open_.day and days_ahead:
                there = reading.earlier(open_.day, days_ahead)
                return text.clock(times.echo(Day(there), ctx.now) + open_.part)
            known = times.echo(Day(open_.day), ctx.now) + open_.part if open_.day else open_.known
            return text.clock(known)
        case "which":
            return text.which(open_.words)


def suggestions(ctx: Context, open_: Open) -> list[Button]:
    match open_.question:
        case "clock":
            words = reading.suggested(open_.known, open_.part, ctx.now)
        case "which":
            words = tuple(each for each in open_.options if fits(each))
        case "what" | "when":
            words = ()
    return [button(each, Say(words=each)) for each in words]


def fits(words: str) -> bool:
    """Whether a button can carry it."""
    return len(words.encode()) <= 60
