import pytest


@pytest.fixture
def by_httpx(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls go by httpx, as they do behind a proxy: for tests that listen in there."""
    monkeypatch.setattr("bot.platforms.http.behind_a_proxy", lambda base: True)
