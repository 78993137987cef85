"""The question bank: by topic, as a member sees it and with its key; and writing into it."""

from collections.abc import Sequence

from bot.messages import Refusal
from handlers.bank import text as banked
from handlers.bank.actions import editing, keeping
from handlers.bank.actions.editing import NotYours
from handlers.bank.actions.importing import Empty, Faulty, Homeless, Plan
from handlers.bank.rules.pasted import writing as pasted
from handlers.quiz.text import asking
from storage import questions
from storage.questions import State
from web.pages.lists import part
from web.text import bank as text
from web.visit import Done, Missing, Shown, Visit

HERE = "/console/bank"
EACH = 40
LONGEST = 20_000


def show(visit: Visit) -> Shown:
    topic, words = visit.query.get("topic", ""), visit.query.get("q", "").strip()[:30]
    found = editing.kept(visit.db, visit.who, visit.now, topic, words)
    values = {
        "part": part(found.entries, visit.page, EACH),
        "topics": found.topics,
        "topic": topic,
        "said": words,
        "doubts": found.doubts,
    }
    return Shown("bank.html", values)


def one(visit: Visit) -> Shown:
    entry = editing.one(visit.db, visit.who, visit.place["question"], visit.now)
    if entry is None:
        raise Missing
    doubts = [each.words for each in questions.doubts(visit.db, [entry.id])]
    concealed = keeping.concealed(visit.db, visit.who, entry, visit.now)
    values = {
        "entry": entry,
        "question": entry.question,
        "seen_as": asking.question(entry.question, entry.question.options),
        "key": "" if concealed else banked.key(entry.question),
        "concealed": banked.CONCEALED if concealed else "",
        "doubts": doubts,
    }
    return Shown("question.html", values)


def decide(visit: Visit) -> Done:
    said = visit.place["state"]
    if said not in set(State):
        raise Missing
    question = visit.place["question"]
    if not keeping.decide(visit.db, visit.who, question, State(said), visit.now):
        raise Missing
    words = banked.DONE_WITHDRAWN if said == State.WITHDRAWN else banked.DONE_KEPT
    return Done(words.format(id=question))


def blank(visit: Visit) -> Shown:
    """To be written into; with one's own question as it stands, where one is to be changed."""
    entry = editing.one(visit.db, visit.who, visit.query.get("of", ""), visit.now)
    if entry and keeping.concealed(visit.db, visit.who, entry, visit.now):
        raise Missing
    words = pasted.written([(entry.id, entry.question)]) if entry else ""
    return form(words, changes=entry is not None)


def form(
    words: str, plan: Plan | None = None, faults: Sequence[str] = (), *, changes: bool = False
) -> Shown:
    """What was written, with what is wrong with it or how members will see it."""
    shown = [
        (id, asking.question(each, each.options), banked.key(each))
        for id, each in (list(plan.all.items())[:EACH] if plan else ())
    ]
    alike = [
        banked.like(each.what, each.id, each.other)
        for each in (plan.likenesses[:EACH] if plan else ())
    ]
    values = {"words_said": words, "plan": plan, "faults": faults, "shown": shown}
    return Shown("bank_new.html", {**values, "alike": alike, "changes": changes})


def write(visit: Visit) -> Shown | Done:
    """Shown as members will see it; written when it is said once more."""
    words = visit.form.get("words", "")[:LONGEST]
    if visit.form.get("sure"):
        return written(editing.write(visit.db, visit.who, words, visit.now))
    match editing.look_at(visit.db, visit.who, words, visit.now):
        case Plan() as plan:
            return form(words, plan, changes=bool(plan.changed))
        case Faulty(faults):
            return form(words, faults=[banked.fault(each) for each in faults])
        case Empty():
            raise Refusal(text.NOTHING)
        case NotYours(id):
            raise Refusal(text.not_yours(id))


def written(found: int | Faulty | Empty | NotYours | Homeless) -> Done:
    match found:
        case int():
            return Done(banked.done(found), HERE)
        case NotYours(id):
            raise Refusal(text.not_yours(id))
        case _:
            raise Refusal(text.NOTHING)
