"""The Bot API: its three buckets, its refusals word for word, updates asked for or pushed."""

from typing import Any

import pytest

from sandbox.ids import telegram_id
from sandbox.people import settle
from sandbox.telegram import Telegram
from sandbox.telegram.chats import Chats
from sandbox.values import Call, Impossible, Outcome
from tests.sandbox.playing import NOON, said, shown, telegram_call

ONE, TWO = telegram_id(0), telegram_id(1)
SETTLED = 1000


@pytest.fixture
def bot() -> Telegram:
    stand = Telegram()
    settle([stand], SETTLED)
    return stand


def say(
    bot: Telegram, chat: int = ONE, now: float = NOON, text: str = "您好", **more: Any
) -> Outcome:
    return telegram_call(bot, "sendMessage", now, chat_id=chat, text=text, **more)


def waits(outcome: Outcome) -> int:
    """Seconds of a 429; 0 for what was taken."""
    return int(said(outcome).get("parameters", {}).get("retry_after", 0))


def why(outcome: Outcome) -> str:
    return str(said(outcome).get("description", ""))


def test_one_chat_takes_a_burst_and_then_one_a_second(bot: Telegram) -> None:
    assert [waits(say(bot)) for _ in range(5)] == [0, 0, 0, 0, 1]
    assert [waits(say(bot, now=NOON + n)) for n in range(1, 5)] == [0, 0, 0, 0]
    assert why(say(bot, now=NOON + 4)) == "Too Many Requests: retry after 1"


def test_all_chats_take_thirty_a_second(bot: Telegram) -> None:
    people = [telegram_id(n) for n in range(SETTLED)]
    assert [waits(say(bot, each)) for each in people[:31]] == [0] * 30 + [1]
    paced = [waits(say(bot, each, NOON + n / 30)) for n, each in enumerate(people[31:], start=1)]
    assert set(paced) == {0}


def test_a_group_takes_twenty_a_minute(bot: Telegram) -> None:
    bot.act(str(ONE), {"do": "group", "chat": "-42"}, NOON)
    assert [waits(say(bot, -42, NOON + n)) for n in range(21)][:20] == [0] * 20
    late = [waits(say(bot, -42, NOON + 21 + n)) for n in range(10)]
    assert max(late) > 0
    assert waits(say(bot, -42, NOON + 90)) == 0


def test_a_refused_message_uses_nothing_up(bot: Telegram) -> None:
    assert say(bot, text="").answer.status == 400
    assert [waits(say(bot)) for _ in range(5)] == [0, 0, 0, 0, 1]


REFUSALS: list[Any] = [
    ({"text": " "}, "Bad Request: message text is empty"),
    ({"text": "字" * 4097}, "Bad Request: message is too long"),
    ({"chat_id": 12}, "Bad Request: chat not found"),
    (
        {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "字" * 22}]]}},
        "Bad Request: BUTTON_DATA_INVALID",
    ),
]


@pytest.mark.parametrize(("asked", "words"), REFUSALS)
def test_what_it_will_not_take(bot: Telegram, asked: dict[str, Any], words: str) -> None:
    outcome = telegram_call(bot, "sendMessage", **{"chat_id": ONE, "text": "好", **asked})
    assert (outcome.answer.status, why(outcome)) == (400, words)


def test_4096_units_and_64_bytes_are_taken(bot: Telegram) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 64}]]}
    assert why(say(bot, text="字" * 4096, reply_markup=markup)) == ""
    assert why(say(bot, text="𠮷" * 2049)) == "Bad Request: message is too long"


def test_who_may_be_written_to(bot: Telegram) -> None:
    bot.chats.meet(5)
    assert why(say(bot, 5)) == "Forbidden: bot can't initiate conversation with a user"
    bot.act(str(ONE), {"do": "block"}, NOON)
    assert why(say(bot)) == "Forbidden: bot was blocked by the user"
    bot.act(str(TWO), {"do": "deactivate"}, NOON)
    assert why(say(bot, TWO)) == "Forbidden: user is deactivated"
    bot.act(str(ONE), {"do": "follow"}, NOON)
    assert why(say(bot)) == ""
    kinds = [kind for each in updates(bot) for kind in each if kind != "update_id"]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]


def test_a_group_that_moved_says_where_to(bot: Telegram) -> None:
    bot.act(str(ONE), {"do": "group", "chat": "-42"}, NOON)
    bot.act(str(ONE), {"do": "migrate", "chat": "-42"}, NOON)
    moved = say(bot, -42)
    assert why(moved) == "Bad Request: group chat was upgraded to a supergroup chat"
    new = said(moved)["parameters"]["migrate_to_chat_id"]
    assert str(new).startswith("-100")
    assert why(say(bot, new)) == ""


def updates(bot: Telegram, now: float = NOON, **asked: Any) -> list[dict[str, Any]]:
    return list(said(telegram_call(bot, "getUpdates", now, **asked))["result"])


def test_an_offset_confirms_and_a_day_forgets(bot: Telegram) -> None:
    for words in ("一", "二", "三"):
        bot.act(str(ONE), {"do": "say", "words": words}, NOON)
    ids = [each["update_id"] for each in updates(bot)]
    assert len(ids) == 3
    assert [each["message"]["text"] for each in updates(bot, offset=ids[1])] == ["二", "三"]
    assert updates(bot, NOON + 86_400, offset=ids[1]) == []


def test_asking_again_at_once_gets_one(bot: Telegram) -> None:
    for words in ("一", "二"):
        bot.act(str(ONE), {"do": "say", "words": words}, NOON)
    assert [len(updates(bot, NOON + n / 10)) for n in (0, 1, 20)] == [2, 1, 2]


def test_polling_and_a_webhook_exclude_each_other(bot: Telegram) -> None:
    assert said(telegram_call(bot, "setWebhook", url="http://x/", secret_token="a"))["ok"]
    refused = telegram_call(bot, "getUpdates")
    assert (refused.answer.status, why(refused)) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    )
    assert said(telegram_call(bot, "deleteWebhook"))["ok"]
    assert said(telegram_call(bot, "getUpdates"))["ok"]


@pytest.mark.parametrize(
    ("secret", "words"),
    [
        ("x" * 257, "Bad Request: secret token is too long"),
        ("a b", "Bad Request: secret token contains unallowed characters"),
    ],
)
def test_a_secret_has_its_form(bot: Telegram, secret: str, words: str) -> None:
    assert why(telegram_call(bot, "setWebhook", url="http://x/", secret_token=secret)) == words


def test_a_webhook_is_set_once_a_second(bot: Telegram) -> None:
    assert said(telegram_call(bot, "setWebhook", url="http://x/"))["ok"]
    assert waits(telegram_call(bot, "setWebhook", NOON + 0.5, url="http://x/")) == 1
    assert said(telegram_call(bot, "setWebhook", NOON + 1.5, url="http://x/"))["ok"]


def test_a_button_is_answered_once_and_soon(bot: Telegram) -> None:
    markup = {"inline_keyboard": [[{"text": "签到", "callback_data": "say:签到"}]]}
    say(bot, reply_markup=markup)
    bot.act(str(ONE), {"do": "tap", "key": "say:签到"}, NOON)
    [pressed] = updates(bot)
    query = pressed["callback_query"]["id"]

    def answer(now: float, id: str = query) -> str:
        return why(telegram_call(bot, "answerCallbackQuery", now, callback_query_id=id))

    late = "query is too old and response timeout expired or query ID is invalid"
    assert [answer(NOON + 5), answer(NOON + 5)] == ["", f"Bad Request: {late}"]
    bot.act(str(ONE), {"do": "tap", "key": "say:签到"}, NOON)
    assert "too old" in answer(NOON + 40, updates(bot)[-1]["callback_query"]["id"])
    with pytest.raises(Impossible):
        bot.act(str(ONE), {"do": "tap", "key": "never shown"}, NOON)


def test_an_edit_that_changes_nothing_is_refused(bot: Telegram) -> None:
    number = said(say(bot, text="一"))["result"]["message_id"]
    changed = telegram_call(bot, "editMessageText", chat_id=ONE, message_id=number, text="二")
    assert shown(changed) == [(str(ONE), "二")]
    again = telegram_call(bot, "editMessageText", chat_id=ONE, message_id=number, text="二")
    assert why(again).startswith("Bad Request: message is not modified: specified new message")


def test_a_quiz_is_answered_once_and_told_by_persistent_ids(bot: Telegram) -> None:
    quiz: dict[str, Any] = {"chat_id": ONE, "question": "几月？", "options": ["六", "七"]}
    quiz |= {"type": "quiz", "correct_option_ids": [1], "is_anonymous": False}
    poll = said(telegram_call(bot, "sendPoll", **quiz))["result"]["poll"]
    bot.act(str(ONE), {"do": "vote", "poll": poll["id"], "options": "1"}, NOON)
    answer = updates(bot)[-1]["poll_answer"]
    assert answer["option_ids"] == [1]
    assert answer["option_persistent_ids"] == [poll["options"][1]["persistent_id"]]
    with pytest.raises(Impossible):
        bot.act(str(ONE), {"do": "vote", "poll": poll["id"], "options": "0"}, NOON)
    number = bot.chats.meet(ONE).last
    assert said(telegram_call(bot, "stopPoll", chat_id=ONE, message_id=number))["result"][
        "is_closed"
    ]
    assert why(telegram_call(bot, "sendPoll", **(quiz | {"options": ["甲"] * 13})))


def test_a_live_position_moves_by_edits(bot: Telegram) -> None:
    bot.act(str(ONE), {"do": "place", "live": "900"}, NOON)
    bot.act(str(ONE), {"do": "move"}, NOON + 5)
    first, second = updates(bot, NOON + 5)
    assert first["message"]["message_id"] == second["edited_message"]["message_id"]


def test_wrong_tokens_and_unknown_methods(bot: Telegram) -> None:
    outcome = bot.call(Call("GET", "/bot1:x/getMe"), NOON)
    assert (outcome.answer.status, why(outcome)) == (401, "Unauthorized")
    outcome = telegram_call(bot, "doesNotExist")
    assert (outcome.answer.status, why(outcome)) == (404, "Not Found")


def test_forms_json_and_queries_mean_the_same(bot: Telegram) -> None:
    path = f"/bot{bot.settings.token}/sendMessage"
    form = {"content-type": "application/x-www-form-urlencoded"}
    asked = {"chat_id": str(ONE), "text": "hi"}
    calls = [
        Call("GET", path, asked),
        Call("POST", path, {}, form, f"chat_id={ONE}&text=hi".encode()),
        Call(
            "POST",
            path,
            {},
            {"content-type": "application/json"},
            b'{"chat_id": %d, "text": "hi"}' % ONE,
        ),
    ]
    assert [shown(bot.call(call, NOON + n)) for n, call in enumerate(calls)] == [
        [(str(ONE), "hi")]
    ] * 3


def test_chats_forget_old_messages_to_save_memory() -> None:
    chat = Chats().meet(1)
    for _ in range(300):
        chat.keep({})
    assert (len(chat.messages), chat.last) == (100, 300)
