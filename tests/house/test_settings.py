"""`.env.example` names every variable that the program reads, and no other."""

import re
from importlib import import_module
from pathlib import Path

from pydantic_settings import BaseSettings

ROOT = Path(__file__).parents[2]


def read_by_the_program() -> set[str]:
    modules = ["bot.settings"]
    modules += [
        f"bot.platforms.{path.parent.name}.settings"
        for path in (ROOT / "bot/platforms").glob("*/settings.py")
    ]
    classes = [
        each
        for module in modules
        for each in vars(import_module(module)).values()
        if isinstance(each, type) and issubclass(each, BaseSettings) and each is not BaseSettings
    ]
    return {
        f"{each.model_config['env_prefix']}{field}".upper()
        for each in classes
        for field in each.model_fields
    }


def test_every_variable_is_explained() -> None:
    explained = set(re.findall(r"^(ZHIBU_\w+)=", (ROOT / ".env.example").read_text(), re.M))

    assert explained == read_by_the_program()
