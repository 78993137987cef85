"""The corpus is sound: known intents and slots, no row twice, every date derived a second time."""

import unicodedata
from collections import Counter

import pytest
import yaml

from tests.understanding.measuring import CORPUS, SHARED, read
from tests.understanding.rederived import differences

SURFACE = {"when": "when_text", "period": "period_text", "duration_days": "duration_text"}
VERBATIM = {
    "activity", "venue", "reason", "content", "audience", "branch", "person", "place", "kind",
    "topic", "task", "team", "what", "scope", "when_text", "period_text", "duration_text",
}  # fmt: skip
NUMBERS = {"count", "index", "question", "within_days", "duration_days", "hours", "minutes"}
KINDS = {
    "opinion_profiling", "ideology_ranking", "location_tracking",
    "proxy_check_in", "secrets", "private_records",
}  # fmt: skip
needs_domain = pytest.mark.skipif(not SHARED.exists(), reason="the domain folder is not here")
FILES = [
    "dev.csv", "dev_people.csv", "dev_office.csv", "dev_trades.csv", "dev_walks.csv", "heldout.csv",
    "blind.csv",
]  # fmt: skip
ROWS = [row for name in FILES for row in read(CORPUS / name)]


def test_every_date_is_what_the_calendar_says() -> None:
    assert [line for row in ROWS for line in differences(row)] == []


@needs_domain
def test_only_known_intents_and_slots() -> None:
    known = yaml.safe_load((SHARED / "intents.yaml").read_text(encoding="utf-8"))["intents"]
    allowed = {i["id"]: {*i["slots"], "when_text", "period_text", "duration_text"} for i in known}
    strange = [(r.text, r.slots.keys() - allowed.get(r.intent, set())) for r in ROWS]
    assert [(text, names) for text, names in strange if names] == []
    assert {row.intent for row in ROWS} == set(allowed)


@needs_domain
def test_no_row_twice_even_against_the_shared_examples() -> None:
    texts = [r.text for r in [*ROWS, *read(SHARED / "utterances_dev.csv")]]
    counted = Counter(unicodedata.normalize("NFKC", text).strip().lower() for text in texts)
    assert [text for text, times in counted.items() if times > 1] == []


def test_slots_are_shaped_as_the_conventions_say() -> None:
    for row in ROWS:
        text, intent, slots = row.text, row.intent, row.slots
        for name, value in slots.items():
            if intent == "refuse_sensitive" and name == "kind":
                assert value in KINDS, text
            elif name in VERBATIM:
                assert value.lower() in text.lower(), (text, name, value)
            elif name in NUMBERS:
                assert value > 0, text
        for name, surface in SURFACE.items():
            assert (name in slots) <= (surface in slots), (text, name)
        assert len(text) <= 64, text


@pytest.mark.parametrize(("name", "least"), [("dev.csv", 5), ("heldout.csv", 8)])
def test_every_intent_is_well_represented(name: str, least: int) -> None:
    thin = {i: n for i, n in Counter(r.intent for r in read(CORPUS / name)).items() if n < least}
    assert thin == {}
