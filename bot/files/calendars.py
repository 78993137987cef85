"""iCalendar (RFC 5545): what a calendar program on a phone subscribes to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST = 75
"""Octets of a line; what is longer goes on in the next, after a space."""


@dataclass(frozen=True)
class Event:
    id: str
    """The same at every reading: activity-12, duty-5."""
    title: str
    begins: datetime | date
    """A date stands for the whole day."""
    ends: datetime | None = None
    place: str = ""
    cancelled: bool = False


def as_calendar(name: str, events: Sequence[Event], now: datetime, host: str = "zhibu") -> bytes:
    return "".join(folded(line) for line in lines(name, events, now, host)).encode()


def lines(name: str, events: Sequence[Event], now: datetime, host: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//zhibu//calendar//ZH")
    yield from ("CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}")
    for each in events:
        yield from ("BEGIN:VEVENT", f"UID:{each.id}@{host}", f"DTSTAMP:{instant(now)}")
        if isinstance(each.begins, datetime):
            yield f"DTSTART:{instant(each.begins)}"
            yield f"DTEND:{instant(each.ends or each.begins)}"
        else:
            yield f"DTSTART;VALUE=DATE:{each.begins:%Y%m%d}"
            yield f"DTEND;VALUE=DATE:{each.begins + timedelta(days=1):%Y%m%d}"
            yield "TRANSP:TRANSPARENT"
        yield f"SUMMARY:{escaped(each.title)}"
        if each.place:
            yield f"LOCATION:{escaped(each.place)}"
        yield from (f"STATUS:{'CANCELLED' if each.cancelled else 'CONFIRMED'}", "END:VEVENT")
    yield "END:VCALENDAR"


def instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(words: str) -> str:
    shown = "".join(c for c in words if c >= " " or c == "\n")
    for mark in ("\\", ";", ","):
        shown = shown.replace(mark, f"\\{mark}")
    return shown.replace("\n", "\\n")


def folded(line: str) -> str:
    """Cut between characters, never within one."""
    parts, room = [""], LONGEST
    for char in line:
        wide = len(char.encode())
        if wide > room:
            parts.append("")
            room = LONGEST - 1
        parts[-1] += char
        room -= wide
    return "\r\n ".join(parts) + "\r\n"
