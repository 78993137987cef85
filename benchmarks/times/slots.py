"""A slot as `zhibu understand` writes it: what kind it is, where it begins and ends."""

from datetime import date, datetime, timedelta

Reading = tuple[str, datetime | None, datetime | None]
"""What kind it is, where it begins, and (if it is said) where it ends."""


def reading(written: str) -> Reading:
    """A slot, as a kind with a beginning and an end."""
    if written.startswith("FREQ"):
        return ("rule " + written, None, None)
    if written.startswith("P"):
        return (_iso_length(written), None, None)
    first, last = _bounds(written.split()[0])
    return ("", first, last)


def _iso_length(written: str) -> str:
    days, _, clock = written[1:].partition("T")
    units = {"D": 1440.0, "M": 43200.0, "Y": 518400.0}
    return f"{_sum(days, units) + _sum(clock, {'H': 60.0, 'M': 1.0, 'S': 1 / 60}):g}"


def _sum(written: str, units: dict[str, float]) -> float:
    total, digits = 0.0, ""
    for letter in written:
        if letter in units:
            total, digits = total + float(digits) * units[letter], ""
        else:
            digits += letter
    return total


def _bounds(written: str) -> tuple[datetime, datetime | None]:
    """Where a slot begins and ends; a clock time has no end."""
    if "/" in written:
        first, last = written.split("/")
        return datetime.fromisoformat(first), _end(last)
    if "W" in written:
        monday = datetime.strptime(written + "-1", "%G-W%V-%u")  # noqa: DTZ007
        return monday, _end(f"{monday + timedelta(6):%Y-%m-%d}")
    if "Q" in written:
        year, quarter = int(written[:4]), int(written[-1])
        return datetime.combine(date(year, 3 * quarter - 2, 1), _MIDNIGHT), _month_end(
            year, 3 * quarter
        )
    if len(written) == 4:
        return datetime.fromisoformat(f"{written}-01-01"), _end(f"{written}-12-31")
    if len(written) == 7:
        return datetime.fromisoformat(f"{written}-01"), _month_end(*map(int, written.split("-")))
    return datetime.fromisoformat(written), None if "T" in written else _end(written)


_MIDNIGHT = datetime.min.time()


def _end(written: str) -> datetime:
    return datetime.fromisoformat(written if "T" in written else f"{written}T23:59:59")


def _month_end(year: int, month: int) -> datetime:
    following = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return _end(following.isoformat())
