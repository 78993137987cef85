"""What is called by two names is found here: glossary, enumerations, words that files may use."""

import runpy
from enum import StrEnum
from pathlib import Path

import pytest

from bot.files import text as files
from bot.files.tables import Misshapen
from handlers.registry import text
from handlers.registry.rules import words
from handlers.registry.rules.completeness import COMMITTEE, Lack
from handlers.registry.rules.nesting import BRANCHES as BRANCHES_IN_FILES
from handlers.registry.rules.troubles import Trouble
from storage.activities import Audience, Manner, Status
from storage.members import Role
from storage.organisation import BRANCHES, OrgKind

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_words_is_made_from_their_table() -> None:
    assert (DOCS / "glossary.md").read_text("utf-8") == runpy.run_path(str(DOCS / "glossary.py"))[
        "page"
    ](), "run: python docs/glossary.py"


@pytest.mark.parametrize(
    ("accepted", "meant"),
    [
        (words.ORGANISATIONS, set(OrgKind)),
        (words.MANNERS, set(Manner)),
        (words.STATES, set(Status)),
        (words.AUDIENCES, set(Audience)),
        (
            words.ROLES,
            {
                role
                for role in Role
                if role not in {"guest", "organ_committee", "committee_office", "operator"}
            },
        ),
    ],
)
def test_files_speak_of_what_there_is(accepted: dict[str, str], meant: set[StrEnum]) -> None:
    assert set(accepted) == {str(each) for each in meant}


def test_rules_mean_the_same_branches_and_posts() -> None:
    assert {str(each) for each in BRANCHES} == BRANCHES_IN_FILES
    assert set(COMMITTEE) == set(text.ROLES) < set(Role)


@pytest.mark.parametrize("trouble", [*Trouble, *Misshapen])
def test_whatever_may_be_wrong_is_worded_with_its_remedy(trouble: StrEnum) -> None:
    found, remedy = (files.MISSHAPEN | text.TROUBLES)[trouble]
    assert found
    assert remedy
    assert not f"{found}{remedy}".endswith("。")


def test_every_lack_has_a_button() -> None:
    assert set(text.LACKS) == set(Lack)
