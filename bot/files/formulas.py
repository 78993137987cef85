"""Keeping spreadsheets from taking what somebody wrote for a formula.

Only CSV needs it: there a cell has no type. A leading apostrophe makes it text; reading takes the
apostrophe away again, and a value that began with one by itself comes back as it was.
"""

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")


def disarmed(value: str) -> str:
    return f"'{value}" if is_dangerous(value) else value


def restored(value: str) -> str:
    return value[1:] if value.startswith("'") and is_dangerous(value) else value


def is_dangerous(value: str) -> bool:
    """Whether it could be a formula, with or without apostrophes before it."""
    return value.lstrip("'").startswith(DANGEROUS)
