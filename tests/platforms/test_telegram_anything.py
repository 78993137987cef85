"""Whatever JSON arrives with the right secret."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.telegram.receive.updates import Edited, Heard, understand
from bot.platforms.telegram.receive.wire import Me, Unreadable, read
from tests.platforms.telegram_pushes import (
    NOW,
    PRIVATE,
    WANG,
)

KEYS = st.sampled_from(
    [
        *("update_id", "message", "edited_message", "callback_query", "my_chat_member"),
        *("message_id", "date", "chat", "from", "text", "entities", "location", "voice", "id"),
        *("type", "offset", "length", "user", "data", "new_chat_member", "status", "is_bot"),
        "reply_to_message",
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.sampled_from(["private", "group", "/start", "@x", "member", "mention", "bot_command"])
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=8),
    max_leaves=40,
)
WHOLE_MESSAGES = st.fixed_dictionaries(
    {
        "message_id": st.integers(),
        "date": st.integers(),
        "chat": st.fixed_dictionaries(
            {"id": st.integers(), "type": st.sampled_from(["private", "group", "supergroup"])}
        ),
    },
    optional={
        "from": st.fixed_dictionaries({"id": st.integers()}),
        "text": st.text() | st.just("/start@x a"),
        "entities": st.lists(
            st.fixed_dictionaries(
                {
                    "type": st.sampled_from(["mention", "text_mention", "bot_command", "url"]),
                    "offset": st.integers(min_value=0),
                    "length": st.integers(min_value=0),
                }
            )
        ),
        "location": ANYTHING,
        "voice": ANYTHING,
        "reply_to_message": ANYTHING,
    },
)
WHOLE_UPDATES = st.fixed_dictionaries(
    {"update_id": st.integers()},
    optional={"message": WHOLE_MESSAGES, "edited_message": WHOLE_MESSAGES},
)


class TestAnyJson:
    @given(ANYTHING | WHOLE_UPDATES)
    def test_is_understood_or_unreadable(self, update: object) -> None:
        try:
            found = understand(read(update), Me(4711, "x"), NOW)
        except Unreadable:
            return
        assert found is None or isinstance(found, Heard | Edited)

    @given(WHOLE_UPDATES)
    def test_a_coordinate_never_gets_further(self, update: dict[str, Any]) -> None:
        place = {"latitude": 39.908723, "longitude": 116.397499}
        update.setdefault("message", {"message_id": 1, "date": 1, "chat": PRIVATE, "from": WANG})
        update["message"] |= {"location": place, "venue": {"location": place}}
        try:
            understood = read(update)
        except Unreadable:
            return

        assert "39.908" not in repr(understood)
        assert "116.397" not in repr(understand(understood, Me(4711, "x"), NOW))
