"""Buttons and texts, and what Telegram does not allow of them."""

from sandbox.telegram.wire import bad, units
from sandbox.values import Json

TEXT, CAPTION, DATA, BUTTONS, IN_A_ROW, ENTITIES = 4096, 1024, 64, 100, 8, 100


def checked_text(words: object, limit: int = TEXT) -> str:
    """Raises `Refused`."""
    said = str(words or "").strip()
    if not said and limit == TEXT:
        raise bad("message text is empty")
    if units(said) > limit:
        raise bad("message is too long" if limit == TEXT else "message caption is too long")
    return said


def checked_markup(markup: object) -> Json | None:
    """Raises `Refused`."""
    if not isinstance(markup, dict):
        return None
    rows = markup.get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS or any(len(row) > IN_A_ROW for row in rows):
        raise bad("reply markup is too long")
    for button in buttons:
        if not str(button.get("text", "")).strip():
            raise bad("can't parse inline keyboard button: Text buttons are unallowed")
        data = button.get("callback_data")
        if data is not None and not 0 < len(str(data).encode()) <= DATA:
            raise bad("BUTTON_DATA_INVALID")
    return markup


def checked_entities(entities: object, words: str) -> list[Json]:
    """Raises `Refused`."""
    if not isinstance(entities, list):
        return []
    if any(
        each["offset"] < 0 or each["offset"] + each["length"] > units(words) for each in entities
    ):
        raise bad("entity is out of the text")
    return entities[:ENTITIES]


def shown(message: Json) -> str:
    """All that can be read of it, its buttons apart."""
    poll = message.get("poll") or {}
    options = [each["text"] for each in poll.get("options", [])]
    parts = (message.get("text"), message.get("caption"), poll.get("question"), *options)
    return "\n".join(part for part in parts if part) or "[photo]"
