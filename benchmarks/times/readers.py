"""Four readers of Chinese time expressions, and one form for what they find."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from benchmarks.times.slots import Reading, reading

Reader = Callable[[str, datetime], list[Reading]]


def ours() -> Reader:
    from bot.understanding.times import Deadline, Unclear, find, iso

    def read(text: str, now: datetime) -> list[Reading]:
        values = [v for f in find(text, now=now)[:1] for v in (f.value, *f.others)]
        kept = [value for value in values if not isinstance(value, Unclear)]
        return [reading(iso(v.until if isinstance(v, Deadline) else v)) for v in kept]

    return read


def jionlp() -> Reader:
    import jionlp_time

    def read(text: str, now: datetime) -> list[Reading]:
        found = jionlp_time.parse_time(text, time_base=now.replace(tzinfo=None).timestamp())
        match found["type"]:
            case "time_delta":
                return [(_length(found["time"]), None, None)]
            case "time_period":
                point = found["time"]["point"]
                start = point["time"][0] if point else None
                at = datetime.fromisoformat(start) if start else None
                return [("every " + _length(found["time"]["delta"]), at, None)]
            case _:
                return [("", *(_time(at) for at in found["time"]))]

    return read


def _time(written: str) -> datetime | None:
    return None if written in ("inf", "-inf") else datetime.fromisoformat(written)


def _length(delta: Any) -> str:
    if not isinstance(delta, dict):
        return "?"
    minutes = {
        "day": 1440,
        "hour": 60,
        "minute": 1,
        "second": 1 / 60,
        "month": 43200,
        "year": 518400,
    }
    minutes |= {"week": 10080, "workday": 1440, "quarter": 129600}
    return f"{sum(minutes.get(unit, 0) * amount for unit, amount in delta.items()):g}"


def recognizers() -> Reader:
    from recognizers_date_time import recognize_datetime

    def read(text: str, now: datetime) -> list[Reading]:
        found = recognize_datetime(text, "zh-cn", reference=now.replace(tzinfo=None))
        resolved = found[0].resolution if found else None
        return [_resolved(value, now) for value in (resolved or {}).get("values", ())]

    return read


def _resolved(value: dict[str, str], now: datetime) -> Reading:
    def at(written: str) -> datetime:
        clock = len(written) <= 8
        return datetime.fromisoformat(f"{now:%Y-%m-%d} {written}" if clock else written)

    if value["type"] == "set":
        return ("every " + value["timex"], None, None)
    if value["type"] == "duration":
        return (f"{float(value['value']) / 60:g}", None, None)
    if "value" in value:
        return ("" if value["value"] != "not resolved" else "?", at(value["value"]), None)
    first, last = at(value["start"]), at(value["end"])
    return ("", first, last - timedelta(seconds=1) if value["type"][:4] == "date" else last)


def dateparser() -> Reader:
    import dateparser as library

    def read(text: str, now: datetime) -> list[Reading]:
        settings: Any = {"RELATIVE_BASE": now.replace(tzinfo=None)}
        found = library.parse(text, languages=["zh"], settings=settings)
        return [("", found, None)] if found else []

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "ours": ours,
    "jionlp-time": jionlp,
    "recognizers-text": recognizers,
    "dateparser": dateparser,
}
