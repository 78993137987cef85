"""The nested form of the organisations' file, there and back: a committee, its organs, their
Party organisation and branches, and the groups of those."""

from collections.abc import Iterator, Mapping, Sequence

from bot.files.tables import Block, Row, Table
from handlers.registry.rules.words import group_name

Cells = Mapping[str, str]
Document = dict[str, object]

PLAIN = (
    "name",
    "leading_group",
    "elected_on",
    "term_years",
    "theme_day",
    "dues_day",
    "has_committee",
    "note",
)
NUMBERS = frozenset({"term_years", "theme_day", "dues_day"})
PARTY_ORGS = frozenset({"organ_committee", "general_branch"})
BRANCHES = frozenset({"branch", "joint_branch", "temporary_branch"})


def flattened(document: Block) -> Table:
    rows = list(rows_of(document))
    return Table(tuple(dict.fromkeys(key for row in rows for key in row.cells)), rows)


def rows_of(document: Block) -> Iterator[Row]:
    top = ""
    for committee in document.blocks("committee")[:1]:
        top = committee.text("id")
        yield row_of(committee, "", "work_committee")
    for organ in document.blocks("organs"):
        yield row_of(organ, top, "organ")
        above = organ.text("id")
        for party_org in organ.blocks("party_org")[:1]:
            yield row_of(party_org, above, "organ_committee")
            above = party_org.text("id")
        for branch in organ.blocks("branches"):
            yield row_of(branch, above, "branch")
            yield from groups_of(branch)


def row_of(block: Block, parent_id: str, usual: str) -> Row:
    cells = {key: block.text(key) for key in PLAIN if key in block.values}
    cells |= {"id": block.text("id"), "parent_id": parent_id}
    cells["type"] = block.text("type") or usual
    if "officers" in block.values:
        named = [each for each in block.blocks("officers") if each.text("member_id")]
        cells["officers"] = ";".join(
            ":".join(filter(None, (each.text("member_id"), each.text("role")))) for each in named
        )
    return Row(block.line, cells)


def groups_of(branch: Block) -> Iterator[Row]:
    """A group is its id, or a block with a name of its own."""
    groups = branch.values.get("groups")
    for number, each in enumerate(groups if isinstance(groups, list) else [], start=1):
        if isinstance(each, Block):
            row = row_of(each, branch.text("id"), "party_group")
            yield Row(row.number, {"name": group_name(number), **row.cells})
        else:
            cells = {"id": str(each), "name": group_name(number), "type": "party_group"}
            yield Row(branch.line, {**cells, "parent_id": branch.text("id")})


def nested(rows: Sequence[Cells]) -> Document | None:
    """None where the tree is of another shape: then one row each is the only form."""
    under: dict[str, list[Cells]] = {}
    for row in rows:
        under.setdefault(row["parent_id"], []).append(row)
    tops = under.get("", [])
    if [top["type"] for top in tops] != ["work_committee"]:
        return None
    try:
        organs = [organ_of(row, under) for row in under.get(tops[0]["id"], [])]
    except _AnotherShape:
        return None
    return {"committee": {**fields(tops[0]), "type": "work_committee"}, "organs": organs}


class _AnotherShape(Exception):
    pass


def organ_of(row: Cells, under: Mapping[str, Sequence[Cells]]) -> Document:
    check(row, {"organ"})
    below = under.get(row["id"], ())
    party_orgs = [each for each in below if each["type"] in PARTY_ORGS]
    if party_orgs and len(below) > 1:
        raise _AnotherShape
    party_org: Document | None = None
    if party_orgs:
        party_org = {**fields(party_orgs[0]), "type": party_orgs[0]["type"]}
        below = under.get(party_orgs[0]["id"], ())
    branches = [branch_of(each, under) for each in below]
    return {**fields(row), "party_org": party_org, "branches": branches}


def branch_of(row: Cells, under: Mapping[str, Sequence[Cells]]) -> Document:
    check(row, BRANCHES)
    kind = {} if row["type"] == "branch" else {"type": row["type"]}
    groups = [group_of(at, each, under) for at, each in enumerate(under.get(row["id"], ()), 1)]
    return {**fields(row), **kind, "groups": groups}


def group_of(number: int, row: Cells, under: Mapping[str, Sequence[Cells]]) -> object:
    check(row, {"party_group"})
    if under.get(row["id"]):
        raise _AnotherShape
    document = fields(row)
    plain = document == {"id": row["id"], "name": group_name(number)}
    return row["id"] if plain else document


def check(row: Cells, kinds: frozenset[str] | set[str]) -> None:
    if row["type"] not in kinds:
        raise _AnotherShape


def fields(row: Cells) -> Document:
    said: Document = {"id": row["id"]}
    for key in PLAIN:
        if value := row[key]:
            said[key] = int(value) if key in NUMBERS else value
    if row["has_committee"] == "1":
        said["has_committee"] = True
    else:
        said.pop("has_committee", None)
    if row["officers"]:
        named = [each.partition(":") for each in row["officers"].split(";")]
        said["officers"] = [
            {"member_id": id, **({"role": role} if role else {})} for id, _, role in named
        ]
    return said
