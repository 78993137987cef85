"""rules.yaml, read and checked: everything that is wrong is named at once, with its line."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from handlers.duties.rules import grammar
from handlers.duties.rules.grammar import Call, Expression, Function, NotUnderstood, Span
from handlers.duties.rules.nodes import Fault, Fields, Node, compose
from handlers.duties.rules.rulebook import Filter, Kind, Level, Per, Rule, Rulebook, Rung, Source

TOP = (
    "schema_version", "rules_version", "as_of", "timezone", "language", "defaults",
    "due_functions", "escalation_profiles", "roles", "sources", "rules", "never_store",
)  # fmt: skip
NEEDED = ("schema_version", "rules_version", "escalation_profiles", "roles", "sources", "rules")
RULE = (
    "id", "name_zh", "name_en", "group", "applies_to", "cadence", "due", "responsible",
    "participants", "quorum", "remind_days_before", "escalation", "evidence", "exemptions",
    "notes", "limit_basis", "binding", "source", "step", "stage",
)  # fmt: skip
RULE_NEEDED = (
    "id", "name_zh", "group", "applies_to", "cadence", "due", "responsible",
    "remind_days_before", "escalation", "limit_basis", "binding", "source",
)  # fmt: skip
CADENCE = (
    "per", "min_times", "min_hours", "min_classes", "min_days", "or_min_hours", "years",
    "per_pair", "editable",
)  # fmt: skip
DUE = ("kind", "expr", "hard_limit", "anchor")
SCHEMA = 1


class Basis(StrEnum):
    REGULATION = "regulation"
    DRAFT = "draft"


class Binding(StrEnum):
    MANDATORY = "mandatory"
    GENERAL = "general"
    LOCAL = "local"
    LAW = "law"


class Verification(StrEnum):
    TEXT = "text"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Faulty:
    """The rules are not used; this is what has to be corrected, all of it."""

    faults: tuple[Fault, ...]


@dataclass
class Known:
    """What rules may refer to."""

    roles: Mapping[str, str]
    ladders: Mapping[str, tuple[Rung, ...]]
    sources: Mapping[str, str]
    lines: dict[str, int] = field(default_factory=dict)
    """Rule to the line of its id."""


def read(words: str) -> Rulebook | Faulty:
    faults: list[Fault] = []
    root = compose(words, faults)
    if root is None:
        return Faulty(tuple(faults))
    top = root.fields(TOP, NEEDED)
    if top.text("schema_version") not in {"", str(SCHEMA)}:
        top.by_name["schema_version"].wrong("other_schema", top.text("schema_version"), str(SCHEMA))
    roles = top.get("roles", texts_by_name, {})
    known = Known(
        roles,
        top.get("escalation_profiles", lambda node: ladders(node, roles), {}),
        top.get("sources", titles, {}),
    )
    rules = tuple(top.get("rules", lambda node: [rule(each, known) for each in node.items()], []))
    exempt = top.get("defaults", exempt_reasons, frozenset())
    if faults:
        return Faulty(tuple(sorted(faults, key=lambda it: (it.line, it.where))))
    digest = hashlib.sha256(words.encode()).hexdigest()
    return Rulebook(top.text("rules_version"), rules, known.roles, known.ladders, exempt, digest)


def texts_by_name(node: Node) -> dict[str, str]:
    return {name: each.text() for name, each in node.fields().by_name.items()}


def titles(node: Node) -> dict[str, str]:
    found = {}
    for ref, each in node.fields().by_name.items():
        found[ref] = each.fields(("title", "issued", "url", "note"), ("title",)).text("title")
    return found


def exempt_reasons(node: Node) -> frozenset[str]:
    none: tuple[str, ...] = ()
    return frozenset(node.fields().get("exempt_from_chasing", Node.texts, none))


def ladders(node: Node, roles: Mapping[str, str]) -> dict[str, tuple[Rung, ...]]:
    return {
        name: tuple(rung(step, roles) for step in each.items())
        for name, each in node.fields().by_name.items()
    }


def rung(node: Node, roles: Mapping[str, str]) -> Rung:
    names = ("after_days", "to", "channel")
    fields = node.fields(names, names)
    to = fields.get("to", lambda it: it.word(roles, "unknown_role"), "")
    return Rung(fields.get("after_days", Node.number, None) or 0, to, fields.text("channel"))


def rule(node: Node, known: Known) -> Rule:
    id = node.fields().text("id")
    node.where = id
    fields = node.fields(RULE, RULE_NEEDED)
    if id in known.lines:
        fields.by_name["id"].wrong("repeated", id, str(known.lines[id]))
    known.lines.setdefault(id, node.line)
    level, only = fields.get("applies_to", applies_to, (Level.BRANCH, None))
    per, times, years, hours = fields.get("cadence", cadence, (Per.ONCE, 1, None, None))
    kind, expression, limit, anchor = fields.get("due", due, NOTHING_DUE)
    if "due" in fields:
        check_turns(fields.by_name["due"], per, expression)
    none: tuple[str, ...] = ()
    return Rule(
        id, fields.text("name_zh"), fields.text("group"), level, only, per, times, years, hours,
        kind, expression, limit, anchor,
        responsible=fields.get("responsible", lambda it: role_names(it, known), none),
        remind=fields.get("remind_days_before", days_before, ()),
        escalation=fields.get("escalation", lambda it: it.word(known.ladders, "no_ladder"), ""),
        evidence=fields.get("evidence", Node.texts, none),
        quorum=fields.text("quorum"),
        notes=fields.text("notes") or fields.text("exemptions"),
        limit_basis=fields.get("limit_basis", lambda it: it.choice(Basis, "unknown_basis"), ""),
        binding=fields.get("binding", lambda it: it.choice(Binding, "unknown_binding"), ""),
        source=fields.get("source", lambda it: source(it, known), Source("", "", "")),
        line=node.line,
    )  # fmt: skip


def applies_to(node: Node) -> tuple[Level, Filter | None]:
    fields = node.fields(("level", "filter"), ("level",))
    level = fields.get("level", lambda it: it.choice(Level, "unknown_level"), Level.BRANCH)
    only: Filter | None = fields.get("filter", lambda it: it.choice(Filter, "unknown_filter"), None)
    return level, only


def cadence(node: Node) -> tuple[Per, int | None, int | None, int | None]:
    """How often, how many times, and for a term how many years; hours of training."""
    fields = node.fields(CADENCE, ("per",))
    per = fields.get("per", lambda it: it.choice(Per, "unknown_cadence"), Per.ONCE)
    times = fields.get("min_times", Node.number, 1)
    years, hours = (
        fields.get("years", Node.number, None),
        fields.get("min_hours", Node.number, None),
    )
    return per, times, years, hours


NOTHING_DUE: tuple[Kind, Expression, Expression | None, str] = (
    Kind.DEADLINE, Call(Function.PERIOD_END, (Span.YEAR,)), None, "",
)  # fmt: skip


def due(node: Node) -> tuple[Kind, Expression, Expression | None, str]:
    fields = node.fields(DUE, ("kind", "expr", "anchor"))
    kind = fields.get("kind", lambda it: it.choice(Kind, "unknown_kind"), Kind.DEADLINE)
    expression = fields.get("expr", parsed, None) or NOTHING_DUE[1]
    anchor = fields.text("anchor")
    if "anchor" in fields and anchor not in grammar.FIELDS | {*Span, "quarter_end"}:
        fields.by_name["anchor"].wrong("unknown_field", anchor)
    used = set(grammar.fields_in(expression))
    if "anchor" in fields and used and anchor in grammar.FIELDS and anchor not in used:
        fields.by_name["anchor"].wrong("other_anchor", anchor, "、".join(sorted(used)))
    return kind, expression, fields.get("hard_limit", parsed, None), anchor


def parsed(node: Node) -> Expression | None:
    try:
        return grammar.parse(node.text())
    except NotUnderstood as trouble:
        node.wrong(trouble.what, trouble.said, trouble.hint)
        return None


def check_turns(node: Node, per: Per, expression: Expression) -> None:
    """A rule that comes round must say when; one that does not must count from a day."""
    if expression is NOTHING_DUE[1]:
        return  # it could not be read, and that is said already
    counts = any(True for _ in grammar.fields_in(expression))
    if per.span is None and not counts:
        node.wrong("nothing_to_count_from", per)
    span = grammar.span_in(expression)
    if per.span and span and span.months > per.span.months:
        node.wrong("too_rare", span, per)


def role_names(node: Node, known: Known) -> tuple[str, ...]:
    return tuple(each.word(known.roles, "unknown_role") for each in node.items())


def days_before(node: Node) -> tuple[int, ...]:
    days = [each.number() for each in node.items()]
    found = [day for day in days if day is not None]
    if any(day < 0 for day in found):
        node.wrong("negative_days", str(min(found)))
    return tuple(sorted(found, reverse=True))


def source(node: Node, known: Known) -> Source:
    names = ("ref", "article", "verification")
    fields: Fields = node.fields(names, names)
    ref = fields.get("ref", lambda it: it.word(known.sources, "unknown_source"), "")
    verification = fields.get(
        "verification", lambda it: it.choice(Verification, "unknown_verification"), ""
    )
    return Source(known.sources.get(ref, ""), fields.text("article"), verification)
