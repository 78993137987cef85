"""A3, A5 of the fault matrix: delivered again and again, at once, to two processes."""

import random
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

from tests.faults.checking import Told, each_was_told_once, keep, recorded
from tests.faults.town import settle, telegram, wechat
from tests.faults.victim import Victim

ROUNDS = 200
AT_ONCE = 25


def test_three_deliveries_to_two_processes_are_one_effect(database_url: str) -> None:
    activity = settle(database_url, ROUNDS)
    one, other = Victim(database_url), Victim(database_url)
    told: Told = defaultdict(set)
    answers = 0

    with ThreadPoolExecutor(2) as pool:
        for first in range(0, ROUNDS, AT_ONCE):
            jobs = [wechat(number) for number in range(first, first + AT_ONCE)]
            third = [(number + ROUNDS, request) for number, request in jobs]
            for answered in pool.map(Victim.ask, (one, other), ([*jobs, *third], jobs)):
                answers += sum(response.status == 200 for response in answered.values())
                keep(told, {number % ROUNDS: reply for number, reply in answered.items()})
    for each in (one, other):
        each.stop()

    assert answers == 3 * ROUNDS
    assert len(told) == ROUNDS
    assert each_was_told_once(told)
    assert recorded(database_url, activity) == ROUNDS


def test_telegram_repeats_everything_in_another_order(database_url: str) -> None:
    updates = 400
    activity = settle(database_url, updates)
    chance = random.Random(7)
    victims = Victim(database_url), Victim(database_url)
    told: Told = defaultdict(set)

    with ThreadPoolExecutor(2) as pool:
        orders = [[telegram(number) for number in range(updates)] for _ in victims]
        for order in orders:
            chance.shuffle(order)
        for answered in pool.map(Victim.ask, victims, orders):
            keep(told, answered)
    for each in victims:
        each.stop()

    assert len(told) == updates
    assert each_was_told_once(told)
    assert recorded(database_url, activity) == updates
