from collections.abc import Mapping

from bot.platforms import Incomplete


def all_given(prefix: str, needed: Mapping[str, object]) -> bool:
    """False when none is given. Raises `Incomplete` when some are: half a platform is a mistake."""
    missing = [prefix + name for name, value in needed.items() if not value]
    if 0 < len(missing) < len(needed):
        raise Incomplete(*missing)
    return not missing
