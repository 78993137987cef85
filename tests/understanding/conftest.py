from datetime import datetime

import pytest

import handlers
from bot.clock import HOME
from bot.understanding import Names, Understander, Understanding

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=HOME)
"""The reference clock of the corpora: a Monday."""


@pytest.fixture(scope="session")
def understander() -> Understander:
    return Understander(tuple(handlers.intents()))


NAMES = Names(
    members=("张一", "王三", "李二", "穆九十九"),
    branches=("青禾市数字服务中心第一党支部（示例）", "青禾市园林养护局苗圃党支部（示例）"),
    activities=("11月主题党日：消防宣传月", "体验签到：支部主题党日"),
)


def hear(understander: Understander, text: str) -> Understanding:
    return understander.understand(text, now=NOW, names=NAMES)
