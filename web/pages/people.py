"""The tree, the people in it, what their registers lack, and importing them."""

from dataclasses import dataclass

from bot.files.tables import Block, Table
from bot.messages import Refusal
from bot.permissions import Action
from handlers.binding.actions import inviting
from handlers.binding.rules import Handed, spaced
from handlers.registry import actions as registry
from handlers.registry import text as registers
from handlers.registry.actions import Faulty, Subject, people
from handlers.registry.rules.completeness import FEWEST, MOST, Gap, Lack
from web.asking import Asked
from web.imports import Import
from web.pages.lists import part
from web.text import people as text
from web.uploads import Opened, brought
from web.visit import Done, Missing, Shown, Visit

HERE = "/console/people"
EACH = 50
SHOWN = 30
"""Entries of each sort in the preview."""


@dataclass(frozen=True)
class Lacking:
    branch: str
    what: str


def show(visit: Visit) -> Shown:
    """The organisations one keeps the roster of, and what is missing in them."""
    nodes = people.nodes(visit.db, visit.who, visit.now)
    tops = [node for node in nodes if not node.depth]
    _, gaps = registry.incomplete(visit.db, visit.who, visit.now)
    values = {
        "part": part(nodes, visit.page, 100),
        "gaps": [Lacking(gap.branch.name, missing(gap)) for gap in gaps[:SHOWN]],
        "lacking": len(gaps),
        "people": sum(node.members or 0 for node in nodes),
        "top": tops[0].id if len(tops) == 1 else "",
        "may_import": visit.may(Action.IMPORT_REGISTERS),
    }
    return Shown("people.html", values)


def missing(gap: Gap) -> str:
    match gap.lack:
        case Lack.SECRETARY:
            return registers.NO_SECRETARY
        case Lack.MEMBERS if gap.branch.full < FEWEST:
            return registers.too_few(gap.branch.full, FEWEST)
        case Lack.MEMBERS:
            return registers.too_many(gap.branch.members, MOST)
        case Lack.POSTS:
            return registers.vacant(gap.vacant)
        case Lack.ACCOUNTS:
            return registers.without_account(gap.branch.unbound)


def organisation(visit: Visit) -> Shown:
    org = visit.place["org"]
    words = visit.query.get("q", "").strip()[:20]
    found = people.people(visit.db, visit.who, visit.now, org, words)
    values = {
        "org": org,
        "name": visit.tree.name(org),
        "words_said": words,
        "part": part(found, visit.page, EACH),
        "history": people.places(visit.db, org, visit.now),
    }
    return Shown("organisation.html", values)


def person(visit: Visit) -> Shown:
    found = people.life(visit.db, visit.who, visit.now, visit.place["member"])
    if found is None:
        raise Missing
    return Shown("person.html", {"life": found, "member": found.member, "code": None})


def invite(visit: Visit) -> Shown:
    """The code is on this page only: it is stored nowhere, and shown once."""
    found = people.life(visit.db, visit.who, visit.now, visit.place["member"])
    if found is None:
        raise Missing
    match inviting.invite_by_id(visit.db, visit.who, found.member.id, visit.now):
        case Handed(_, code, expires):
            values = {"life": found, "member": found.member, "code": spaced(code)}
            return Shown("person.html", values | {"expires": expires})
        case _:
            raise Missing


def blank(visit: Visit) -> Shown:
    return Shown("import.html", {"under_way": None, "faults": (), "subjects": text.SUBJECTS})


def uploaded(asked: Asked) -> Opened:
    return brought(asked.files, asked.names)


def preview(visit: Visit) -> Shown | Done:
    """What importing the file would do; nothing is changed by looking."""
    source, subject = visit.brought, visit.form.get("subject", "")
    if subject not in text.SUBJECTS:
        raise Refusal(text.WHICH_SUBJECT)
    if not isinstance(source, Table | Block):
        raise Refusal(str(source))
    plan = registry.plan(visit.db, Subject(subject), source, now=visit.now, as_of=visit.now.date())
    if isinstance(plan, Faulty):
        faults = [registers.fault(each) for each in plan.faults]
        return Shown(
            "import.html", {"under_way": None, "faults": faults, "subjects": text.SUBJECTS}
        )
    found = visit.imports.keep(visit.who.id, plan, source, visit.now)
    return Done("", f"{HERE}/import/{found.key}")


def under_way(visit: Visit) -> Shown:
    found = waiting(visit)
    entries = [
        (title, len(each), each[:SHOWN])
        for title, each in (
            (registers.NEW, found.plan.new),
            (registers.CHANGED, found.plan.changed),
            (registers.ENDED, found.plan.ended),
        )
        if each
    ]
    tree = visit.tree

    def change(column: str, before: str, after: str) -> str:
        named = [tree.full_name(id) if id in tree.nodes else id for id in (before, after)]
        return registers.change(column, *named)

    values = {"under_way": found, "entries": entries, "change": change}
    return Shown("importing.html", values | {"subject": text.SUBJECTS[found.plan.subject]})


def confirm(visit: Visit) -> Done:
    """Begins; how far it is stands on the page that one comes back to."""
    found = waiting(visit)
    visit.imports.begin(found)
    return Done("", f"{HERE}/import/{found.key}")


def discard(visit: Visit) -> Done:
    visit.imports.drop(waiting(visit))
    return Done(registers.NOT_IMPORTED, f"{HERE}/import")


def waiting(visit: Visit) -> Import:
    found = visit.imports.of(visit.place["key"], visit.who.id, visit.now)
    if found is None:
        raise Refusal(text.IMPORT_GONE)
    return found
