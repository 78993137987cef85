"""The Chinese lunisolar calendar, 2000 to 2050, as a table.

Each year is nine characters: the solar date of its first day (month, day), its leap month
(hexadecimal, 0 for none), and its months' lengths as 13 bits (1 for 30 days), leap month included.
Computed after GB/T 33661-2017; the tests compare every day with a second library. A table,
because the libraries weigh a megabyte for what is here sixty lines.
"""

from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR = 2000
_TABLE = (
    "02050192c" "012441a95" "021201a94" "020101b4a" "012220b55" "020900ad4"
    "01297155b" "0218004ba" "02070125a" "01265192b" "02140152a" "020301694"
    "0123416aa" "0210015aa" "013190ab5" "021900974" "0208014b6" "012860a57"
    "021600a56" "020501526" "012540e95" "021200d54" "0201015aa" "0122209b5"
    "02100096c" "0129614ae" "02170149c" "020601a4c" "012651d26" "021301aa6"
    "020300b54" "012330d6a" "0211012da" "0131b095d" "02190095a" "02080149a"
    "012861a4b" "021501a4a" "020401aa4" "012451b54" "0212016b4" "020100ada"
    "01222095b" "021000936" "013071497" "021701496" "02060154a" "0126516a5"
    "021400da4" "0202015b4" "012330ab6"
)  # fmt: skip
LAST_YEAR = FIRST_YEAR + len(_TABLE) // 9 - 1


@lru_cache(maxsize=8)
def _year(year: int) -> tuple[date, int, tuple[int, ...]]:
    row = _TABLE[(year - FIRST_YEAR) * 9 :][:9]
    leap = int(row[4], 16)
    bits = f"{int(row[5:], 16):013b}"[: 13 if leap else 12]
    return date(year, int(row[:2]), int(row[2:4])), leap, tuple(29 + int(bit) for bit in bits)


def solar(year: int, month: int, day: int) -> date | None:
    """The solar day of a lunar one in a common month; None if there is none or it is not known."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    start, leap, lengths = _year(year)
    index = month - 1 + (1 if 0 < leap < month else 0)
    if not 1 <= day <= lengths[index]:
        return None
    return start + timedelta(sum(lengths[:index]) + day - 1)


def new_years_eve(year: int) -> date | None:
    """除夕 that falls into the solar `year`: the eve of that lunar year."""
    first = solar(year, 1, 1)
    return first and first - timedelta(1)


def clear_brightness(year: int) -> date | None:
    """清明, by the rule of thumb that holds for this century (checked against a second library)."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    past = year - 2000
    return date(year, 4, int(past * 0.2422 + 4.81) - past // 4)


def winter_solstice(year: int) -> date | None:
    """冬至, by the rule of thumb for this century, which errs in one year of it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    past = year - 2000
    return date(year, 12, 21 if year == 2021 else int(past * 0.2422 + 21.94) - past // 4)
