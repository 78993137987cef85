"""What an account says by itself in the fields of a template."""

from datetime import datetime


def day(at: datetime) -> str:
    """As WeChat wants a date."""
    return f"{at.year}年{at.month}月{at.day}日"
