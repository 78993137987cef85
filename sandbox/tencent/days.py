from datetime import UTC, datetime, timedelta


def day(now: float) -> str:
    """Quotas begin anew at midnight in China."""
    return f"{datetime.fromtimestamp(now, UTC) + timedelta(hours=8):%Y-%m-%d}"
