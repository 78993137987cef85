"""`zhibu key` and what the doctor says of a key that is lost."""

from contextlib import closing
from pathlib import Path

import pyotp
import pytest

from bot import clock
from handlers.console.actions import passwords
from storage import console
from storage.database import Database
from storage.keyring import Keyring
from tests.commands.test_commands import Shell
from tests.commands.test_commands import demo as demo
from tests.commands.test_commands import shell as shell


def test_a_key_is_renewed_lost_and_found(
    demo: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = Keyring(tmp_path / "keys" / "zhibu.key")
    monkeypatch.setenv("ZHIBU_KEY_FILE", str(keys.file))
    secret = pyotp.random_base32()
    with closing(Database(demo.url)) as database:
        with database.unit_of_work() as db:
            passwords.put(db, keys, "M001", "hash", secret, clock.now(), by="operator")
        assert "动态码的钥匙不在" not in demo("doctor")

        assert "1 人的动态码已改用它" in demo("key")
        with database.reading() as db:
            row = console.password(db, "M001")
        assert row is not None
        assert keys.is_newest(row.totp)
        assert keys.open(row.totp, "M001") == secret
    assert len(keys.file.read_text().split()) == 2

    keys.file.chmod(0o644)
    assert "chmod 600" in demo("doctor")
    kept = keys.file.rename(tmp_path / "away")
    assert "（M001）" in demo("doctor")
    assert demo.code == 1
    assert "动态码的钥匙不在" in demo("key")
    assert not keys.file.exists()
    kept.rename(keys.file)
    assert "1 人的动态码已改用它" in demo("key")
