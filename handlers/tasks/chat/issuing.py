"""布置任务, 发现问题: in one line, shown back, then issued."""

import re
from datetime import date

from bot.messages import Button, Dialog, NotAnAnswer, Refusal, Reply, Say, button
from bot.permissions import Action, authorize
from bot.routing import Context, Router, Said
from handlers.tasks.actions import issuing as actions
from handlers.tasks.rules import issuing as rules
from handlers.tasks.rules.issuing import Plan
from handlers.tasks.text import issuing as text

router = Router()


class Issuing(Dialog, name="task_issuing"):
    """What is known so far; `step` is what is asked: what, to_whom, when or confirm."""

    kind: str
    title: str = ""
    due: date | None = None
    to: tuple[tuple[str, str], ...] = ()
    evidence: str = ""
    goal: str = ""
    suggestion: str = ""
    restricted: bool = False

    @property
    def may(self) -> Action:
        return Action.SUPERVISE if self.kind == "finding" else Action.ISSUE_TASKS

    def learn(self, heard: actions.Heard) -> "Issuing":
        plan = heard.plan
        return self.at(
            self.step,
            title=self.title or plan.title,
            due=plan.due or self.due,
            to=tuple(heard.to) or self.to,
            evidence=plan.evidence or self.evidence,
            goal=plan.goal or self.goal,
            suggestion=plan.suggestion or self.suggestion,
            restricted=plan.restricted or self.restricted,
        )


@router.command("布置任务", may=Action.ISSUE_TASKS, help=text.HELP)
def begin(ctx: Context, said: Said) -> Reply:
    return heard(ctx, Issuing(step="what", kind="task"), said.after)


@router.pattern(rules.IN_ONE_LINE, may=Action.ISSUE_TASKS)
def in_one_line(ctx: Context, said: Said) -> Reply:
    return heard(ctx, Issuing(step="what", kind="task"), said.text)


@router.pattern(rules.TO_SOMEBODY, may=Action.ISSUE_TASKS)
def to_somebody(ctx: Context, said: Said) -> Reply:
    told = re.fullmatch(rules.TO_SOMEBODY, said.text)
    assert told
    return heard(ctx, Issuing(step="what", kind="task"), f"{told['to']}{told['what']}")


@router.command("发现问题", "交办问题", may=Action.SUPERVISE, help=text.HELP_FINDING)
def begin_finding(ctx: Context, said: Said) -> Reply:
    return heard(ctx, Issuing(step="what", kind="finding"), said.after)


@router.pattern(rules.FINDING_IN_ONE_LINE, may=Action.SUPERVISE)
def finding_in_one_line(ctx: Context, said: Said) -> Reply:
    return heard(ctx, Issuing(step="what", kind="finding"), said.text)


@router.answer(Issuing, "what", may=Action.ISSUE_TASKS)
@router.answer(Issuing, "to_whom", may=Action.ISSUE_TASKS)
def learn(ctx: Context, dialog: Issuing, words: str) -> Reply:
    found = actions.hear(ctx.db, ctx.member, ctx.now, words, dialog.may)
    if dialog.step == "to_whom" and not found.to:
        raise NotAnAnswer(Reply(text=text.NOBODY_FOUND, then=dialog))
    return ask_next(ctx, dialog.learn(found), found.plan)


@router.answer(Issuing, "when", may=Action.ISSUE_TASKS)
def learn_day(ctx: Context, dialog: Issuing, words: str) -> Reply:
    due = actions.due_of(words, ctx.now)
    if due is None:
        raise NotAnAnswer(Reply(text=text.WHEN_UNCLEAR, then=dialog))
    return ask_next(ctx, dialog.at("when", due=due), Plan())


@router.answer(Issuing, "confirm", may=Action.ISSUE_TASKS)
def confirm(ctx: Context, dialog: Issuing, words: str) -> Reply | str:
    if words in text.YES:
        plan = Plan(
            dialog.title,
            dialog.due,
            evidence=dialog.evidence,
            goal=dialog.goal,
            suggestion=dialog.suggestion,
            restricted=dialog.restricted,
        )
        done = actions.issue(ctx.db, ctx.member, ctx.now, plan, dialog.to, dialog.kind)
        return text.issued(done.number, dialog.title, done.units, done.told)
    if words in text.NO:
        return text.DISCARDED
    if words == text.OTHER_DAY:
        return Reply(text=text.when(dialog.title), then=dialog.at("when"))
    raise NotAnAnswer(Reply(text=text.SAY_ISSUE, buttons=to_confirm(), then=dialog))


def heard(ctx: Context, dialog: Issuing, words: str) -> Reply:
    if not words:
        asked = text.WHAT_FINDING if dialog.kind == "finding" else text.WHAT
        return Reply(text=asked, then=dialog)
    found = actions.hear(ctx.db, ctx.member, ctx.now, words, dialog.may)
    return ask_next(ctx, dialog.learn(found), found.plan)


def ask_next(ctx: Context, known: Issuing, plan: Plan) -> Reply:
    """The next thing that has to be asked, or all of it shown back."""
    if not authorize(ctx.member, known.may):
        raise Refusal(text.NOT_YOURS)
    if not known.title:
        return Reply(text=text.WHAT, then=known.at("what"))
    if not known.to or (known.kind == "finding" and len(known.to) > 1):
        asked = text.WHICH_UNIT if known.kind == "finding" else text.TO_WHOM
        return Reply(text=asked, buttons=audiences(known), then=known.at("to_whom", to=()))
    if known.due is None or not rules.fits(known.due, ctx.now.date()):
        asked = text.when_doubtful(plan.doubtful) if plan.doubtful else text.when(known.title)
        return Reply(text=asked, then=known.at("when"))
    ready = actions.check(ctx.db, ctx.member, ctx.now, known.to, known.may)
    more = text.details(known.evidence, known.goal, known.suggestion, restricted=known.restricted)
    return Reply(
        text=text.preview(known.title, known.due, ready.units, ready.leaderless, more),
        buttons=to_confirm(),
        then=known.at("confirm"),
    )


def audiences(known: Issuing) -> list[Button]:
    if known.kind == "finding":
        return []
    return [button(each, Say(words=each)) for each in (text.EVERY_BRANCH, text.EVERY_ORGAN)]


def to_confirm() -> list[Button]:
    words = (text.ISSUE, text.OTHER_DAY, text.DISCARD)
    return [button(each, Say(words=each)) for each in words]
