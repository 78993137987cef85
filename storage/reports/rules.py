from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.settings import Settings

SEED = Path(__file__).parents[1] / "seeds" / "rules.yaml"
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def rule_name(rule_id: str) -> str:
    """As the rules in force call it; its number where they no longer know it."""
    return _names(Path(Settings().rules or SEED)).get(rule_id, rule_id)


@cache
def _names(path: Path) -> dict[str, str]:
    read = yaml.load(path.read_text("utf-8"), Loader=Loader)  # noqa: S506
    return {str(rule["id"]): str(rule["name_zh"]) for rule in read.get("rules", ())}
