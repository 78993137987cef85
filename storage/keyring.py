"""What has to be read again, but not by whoever reads the database: under a key in another file.

One line a key, the newest first: it encrypts, and all decrypt. The file is made when the first
secret is put away, is readable for our own user only, and is in no backup of the database.
"""

import hashlib
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from pathlib import Path

from storage import sidecar

ENDING = "key"
BYTES, NONCE = 32, 12


class KeyMissing(Exception):
    """The file is not there, or holds no longer the key that was used. Says which."""


class Damaged(Exception):
    """Not what was put away for whoever it is said to belong to."""


class Keyring:
    """AES-256-GCM, bound to whose secret it is: in another row it opens nothing."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def seal(self, word: str, whose: str) -> str:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key = (self._keys() or [self._made()])[0]
        nonce = secrets.token_bytes(NONCE)
        closed = nonce + AESGCM(key).encrypt(nonce, word.encode(), whose.encode())
        return f"{name_of(key)}:{urlsafe_b64encode(closed).decode()}"

    def open(self, sealed: str, whose: str) -> str:
        """`KeyMissing` and `Damaged`. What was stored before there were keys is as it is."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        name, closed, words = sealed.partition(":")
        if not closed:
            return sealed
        key = next((each for each in self._keys() if name_of(each) == name), None)
        if key is None:
            raise KeyMissing(f"{self.file}: {name}")
        try:
            raw = urlsafe_b64decode(words)
            return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], whose.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise Damaged(whose) from error

    def is_newest(self, sealed: str) -> bool:
        keys = self._keys()
        return bool(keys) and sealed.startswith(f"{name_of(keys[0])}:")

    def renew(self) -> None:
        """A new key in front of the others."""
        new = self.file.with_name(f"{self.file.name}.new")
        new.unlink(missing_ok=True)
        _write(new, [secrets.token_bytes(BYTES), *self._keys()])
        new.replace(self.file)

    def _keys(self) -> list[bytes]:
        lines = self.file.read_text().split() if self.file.exists() else []
        return [urlsafe_b64decode(line) for line in lines]

    def _made(self) -> bytes:
        """The first, or that of another process which was faster."""
        new = self.file.with_name(f"{self.file.name}.{secrets.token_hex(4)}")
        _write(new, [secrets.token_bytes(BYTES)])
        with suppress(FileExistsError):
            self.file.hardlink_to(new)
        new.unlink()
        return self._keys()[0]


def at(file: str, database_url: str) -> Keyring:
    """Where the settings say, else beside the database."""
    return Keyring(Path(file) if file else sidecar.place(database_url, ENDING))


def name_of(key: bytes) -> str:
    """Says which key it was, and nothing about it."""
    return hashlib.sha256(b"zhibu key " + key).hexdigest()[:8]


def _write(file: Path, keys: list[bytes]) -> None:
    """On disk when this returns: what is sealed with it is worth nothing without. A file that is
    there is never written over."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.writelines(urlsafe_b64encode(key) + b"\n" for key in keys)
        out.flush()
        os.fsync(out.fileno())
