"""What others wrote and we carry: unchanged, with its licence."""

import hashlib

from web.files import FOLDER


def test_every_vendored_file_is_what_it_was() -> None:
    lines = [line.split() for line in (FOLDER / "SHA256SUMS").read_text().splitlines()]

    assert {name for _, name in lines} == {"htmx.min.js", "htmx.LICENSE.txt"}
    for digest, name in lines:
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest


def test_nothing_points_elsewhere() -> None:
    for path in FOLDER.parent.rglob("*"):
        if path.suffix in {".html", ".css", ".js"} and "htmx" not in path.name:
            text = path.read_text()
            assert "http://" not in text.replace("http://www.w3.org/2000/svg", ""), path
            assert "https://" not in text, path
            assert " style=" not in text, path
            assert "|safe" not in text, path
            assert " onclick" not in text, path
