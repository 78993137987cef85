"""What a downloaded file is called: never a way to elsewhere, never what it is not."""

from urllib.parse import unquote

import pytest

from web.answering import answered
from web.visit import File

NAMES = {
    "../../etc/passwd": ".._etc_passwd",
    "..": "",
    ".ssh": "ssh",
    "a/b\\c.xlsx": "a_b_c.xlsx",
    "C:\\CON": "C__CON",
    "x\r\nset-cookie: a=b.xlsx": "x__set-cookie_ a=b.xlsx",
    "x\x00.xlsx": "x_.xlsx",
    "通报\u202excod.exe": "通报_xcod.exe",
    "支部*?<>|.pdf": "支部_____.pdf",
    'a"; filename="b.exe': "a__ filename=_b.exe",
    "关于第三季度的通报.docx": "关于第三季度的通报.docx",
    "𠮷" * 300 + ".docx": "𠮷" * 75 + ".docx",
}


ODD = [
    "", ".", "...", " .docx", "a.", "a ", "~", "-rf", "CON", "NUL.xlsx", "%2e%2e%2fx", "．．／x",
    "..%c0%af", "file:///etc/passwd", "\\\\host\\share", "a:b", "a,b;c=d", "'x'", "a\u2028b",
    "\u200fx", "\u2066x\u2069", "\ufeffx.xlsx", "\x1b[31mx", "\x7fx", "\x85x", "x" * 255,
    "😀" * 90, "../" * 99,
]  # fmt: skip


@pytest.mark.parametrize("name", [*NAMES, *ODD])
def test_what_a_file_is_called(name: str) -> None:
    said = answered(File(b"x", name, "text/plain")).headers["content-disposition"]
    kind, _, called = said.partition("; filename*=UTF-8''")

    assert kind == "attachment"
    assert said.isascii()
    assert not set(called) & set('/\\\r\n";')
    decoded = unquote(called)
    assert "/" not in decoded
    assert not decoded.startswith(".")
    assert len(decoded) <= 80
    assert decoded.isprintable()
    if name in NAMES and name.isprintable() and "/" not in name:
        assert decoded.endswith(NAMES[name][-5:])
