"""A branch with the demonstration's question bank, and people who answer."""

from handlers.bank.actions import importing
from handlers.bank.actions.importing import Plan
from handlers.bank.actions.reading import findings
from storage import questions, study
from storage.questions import Entry
from storage.study import Asking
from tests.world import Talker, World


def with_bank(world: World, author: str = "") -> World:
    """The sixty questions of the demonstration, for everybody under B1."""
    world.organisation("B1")
    with world.database.unit_of_work() as db:
        plan = importing.plan(db, findings(importing.SEEDS / "questions.yaml"))
        assert isinstance(plan, Plan)
        assert importing.carry_out(db, plan, world.now, org_id="B1", author=author) == 60
    return world


def waiting(world: World, member: Talker) -> tuple[Asking, Entry]:
    """What they were asked and have not answered."""
    with world.database.unit_of_work() as db:
        row = study.latest(db, member.id, answered=False)
        assert row
        return row, questions.bank(db)[row.question_id]


def right_words(world: World, member: Talker) -> str:
    """The right answer to the question that waits, as somebody would type it."""
    row, entry = waiting(world, member)
    question = entry.question
    match question.kind:
        case "true_false":
            return "对" if question.right == (0,) else "错"
        case "single" | "multiple":
            places = [p for p, n in enumerate(row.order) if int(n) in question.right]
            return "".join("abcdef"[place] for place in places)
        case _:
            return "，".join(group[0] for group in question.accepted)


def wrong_words(world: World, member: Talker) -> str:
    row, entry = waiting(world, member)
    question = entry.question
    if question.kind == "true_false":
        return "错" if question.right == (0,) else "对"
    if question.kind == "multiple":
        return f"{right_words(world, member)}{spare(row, entry)}"
    if question.options:
        place = next(p for p, n in enumerate(row.order) if int(n) not in question.right)
        return "ABCDEF"[place]
    return "看答案"


def spare(row: Asking, entry: Entry) -> str:
    """A letter that does not belong to the answer."""
    wrong = [p for p, n in enumerate(row.order) if int(n) not in entry.question.right]
    return "abcdef"[wrong[0]]
