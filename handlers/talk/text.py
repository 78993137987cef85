"""How help and small talk are worded."""

from collections.abc import Sequence

HELP = "帮助：看看我能做什么"


def help(lines: Sequence[str]) -> str:
    return "\n".join(["我可以帮您：", *(f"· {line}" for line in lines)])
