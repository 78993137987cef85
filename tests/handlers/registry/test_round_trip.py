"""What goes in comes out again, cell by cell."""

from pathlib import Path

import pytest

from bot.files.reading import read
from bot.files.writing import as_yaml, write
from handlers.registry import actions
from handlers.registry.actions import Listing, Plan, Subject
from tests.handlers.registry.files import Files

DEMO = Path(__file__).parents[3] / "storage" / "seeds" / "demo"


@pytest.mark.parametrize("form", ["csv", "xlsx", "yaml"])
def test_the_demonstration_comes_out_as_it_went_in(files: Files, tmp_path: Path, form: str) -> None:
    taken = {
        Subject.ORGANISATION: DEMO / "org.yaml",
        Subject.MEMBERS: DEMO / "members.csv",
        Subject.ACTIVITIES: DEMO / "activities.csv",
    }
    for subject, file in (*taken.items(), (Subject.ORGANISATION, DEMO / "org.yaml")):
        files.take(subject, file)

    for subject in taken:
        with files.world.database.unit_of_work() as db:
            listed = actions.export(db, Listing(subject), now=files.world.now, actor="operator")
        path = tmp_path / f"{subject}.{form}"
        write(path, subject, listed.columns, listed.rows)
        plan = files.plan(subject, path)
        assert isinstance(plan, Plan)
        assert plan.writes == ()
        assert plan.unchanged == len(listed.rows)


def test_the_demonstrations_own_rows_are_found_again_cell_by_cell(files: Files) -> None:
    for subject, name in (
        (Subject.ORGANISATION, "org.yaml"),
        (Subject.MEMBERS, "members.csv"),
        (Subject.ORGANISATION, "org.yaml"),
        (Subject.ACTIVITIES, "activities.csv"),
    ):
        files.take(subject, DEMO / name)

    for listing in (Listing.MEMBERS, Listing.ACTIVITIES):
        original = read(DEMO / f"{listing}.csv")
        rows = files.listed(listing)
        for row, before in zip(rows, original.rows, strict=True):  # type: ignore[union-attr]
            assert {key: row[key] for key in before.cells} == before.cells


def test_the_nested_document_comes_out_as_it_went_in(files: Files, tmp_path: Path) -> None:
    import yaml

    for subject, name in (
        (Subject.ORGANISATION, "org.yaml"),
        (Subject.MEMBERS, "members.csv"),
        (Subject.ORGANISATION, "org.yaml"),
    ):
        files.take(subject, DEMO / name)
    with files.world.database.unit_of_work() as db:
        listed = actions.export(db, Listing.ORGANISATION, now=files.world.now, actor="operator")

    assert listed.document
    before = yaml.safe_load((DEMO / "org.yaml").read_text("utf-8"))
    del before["note"]
    for branch in (each for organ in before["organs"] for each in organ["branches"]):
        for told_by_the_members in ("members", "secretary", "full_name_note"):
            del branch[told_by_the_members]
    del before["committee"]["officers"][0]["duty"]
    assert yaml.safe_load(as_yaml(listed.document)) == before
    path = tmp_path / "out.yaml"
    path.write_bytes(as_yaml(listed.document))
    again = files.plan(Subject.ORGANISATION, path)
    assert isinstance(again, Plan)
    assert again.writes == ()
