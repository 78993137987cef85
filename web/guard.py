"""What is checked before anything else, and what is said with every answer."""

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
GUARDED: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
"""With every answer; only files that are the same for everybody may be kept."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SESSION, DOOR = "zhibu-desk", "zhibu-door"
"""Cookies: who is in; and who stands at the door, so that no other site can push a form in."""

Headers = Mapping[str, str]
"""Names in lower case."""


def over_https(headers: Headers, scheme: str) -> bool:
    # Whoever forges the header only decides how their own browser keeps its own cookie.
    return scheme == "https" or headers.get("x-forwarded-proto", "") == "https"


def on_this_machine(headers: Headers) -> bool:
    try:
        return urlsplit(f"//{headers.get('host', '')}").hostname in LOOPBACK
    except ValueError:
        return False


def cookie_name(name: str, *, secure: bool) -> str:
    """`__Host-` over https, where no neighbouring host can plant one. Plain http is for trying it
    out on this machine, and there browsers refuse the prefix."""
    return f"__Host-{name}" if secure else name


def read_cookie(headers: Headers, name: str, *, secure: bool) -> str:
    try:
        jar = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    found = jar.get(cookie_name(name, secure=secure))
    return found.value if found and len(found.value) == 43 else ""


def write_cookie(name: str, value: str, *, secure: bool) -> str:
    """Until the browser is closed; an empty value takes it away."""
    gone = "" if value else "; Max-Age=0"
    flag = "; Secure" if secure else ""
    return f"{cookie_name(name, secure=secure)}={value}{gone}; Path=/; HttpOnly; SameSite=Lax{flag}"


def new_door() -> str:
    return secrets.token_urlsafe(32)


def form_token(secret: str, path: str) -> str:
    """Good for one form of one session (or of one browser at the door)."""
    return hmac.digest(secret.encode(), f"form:{path}".encode(), hashlib.sha256).hex()


def is_form_of_ours(secret: str, path: str, given: str) -> bool:
    return bool(secret) and hmac.compare_digest(form_token(secret, path).encode(), given.encode())


def from_our_page(headers: Headers) -> bool:
    """What changes something comes from one of our pages: browsers say so; for an old one that
    does not, the origin has to be ours."""
    if said := headers.get("sec-fetch-site"):
        return said == "same-origin"
    origin = urlsplit(headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == headers.get("host", "")


def peer(headers: Headers, client: str, trusted: frozenset[str]) -> str:
    """From where a request comes. What `x-forwarded-for` says counts only as far as proxies of
    ours have said it: the last of it that is none of them."""
    if client not in trusted:
        return client
    for said in reversed(headers.get("x-forwarded-for", "").split(",")):
        try:
            address = str(ipaddress.ip_address(said.strip()))
        except ValueError:
            break
        if address not in trusted:
            return address
    return client
