"""How many messages a day somebody has."""

from sandbox.checker.burden import burden
from tests.sandbox.histories import DAY


def test_the_burden_of_a_day() -> None:
    roles = {"M1": "secretary", "M2": "member", "M3": "member"}
    sent = [(DAY, "M1"), (DAY + 60, "M1"), (DAY + 86_400, "M1"), (DAY, "M2")]
    found = burden(sent, roles, days=2)
    assert (found["secretary"].most, found["secretary"].mean) == (2, 1.5)
    assert (found["member"].messages, found["member"].most) == (1, 1)
    assert found["member"].mean == 0.25


def test_a_day_is_chinas() -> None:
    midnight = DAY - 9 * 3600
    found = burden([(midnight - 1, "M"), (midnight, "M")], {"M": "member"}, days=2)
    assert found["member"].most == 1
