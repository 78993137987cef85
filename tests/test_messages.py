import pytest

from bot.messages import Tap


class Approve(Tap, prefix="ok"):
    request_id: int
    note: str = ""


def test_a_button_comes_back_as_what_it_meant() -> None:
    assert Approve.unpack(Approve(request_id=7, note="a").pack()) == Approve(request_id=7, note="a")


def test_a_button_fits_into_the_narrowest_platform() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Approve(request_id=7, note="签" * 30).pack()


@pytest.mark.parametrize("packed", ["ok:7", "ok:seven:", "ok:7:a:b"])
def test_a_button_of_an_older_program_is_not_understood(packed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Approve.unpack(packed)
