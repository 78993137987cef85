"""The files of the page and the headers that guard it."""

import re

from bot.platforms.webchat.page import load
from tests.platforms.webchat.visiting import Heard, at_the_page, header


async def test_every_answer_is_guarded_and_nothing_private_is_kept() -> None:
    browser = await at_the_page(Heard())
    answers = [
        await browser.get("/"),
        await browser.get("/chat"),
        await browser.get("/chat/me"),
        await browser.say(text="签到"),
        await browser.say(text=""),
    ]
    for response in answers:
        assert header(response, "cache-control") == "no-store"
        assert header(response, "x-content-type-options") == "nosniff"
        policy = header(response, "content-security-policy")
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


async def test_the_page_is_small_and_its_files_are_kept_for_ever() -> None:
    browser = await at_the_page(Heard())
    page = load()
    html = (await browser.get("/chat")).body.decode()
    linked = set(re.findall(r'(?:href|src)="(/chat/[^"]+)"', html))
    assert linked == set(page.files)
    total = len(html.encode())
    for path in linked:
        response = await browser.get(path)
        assert re.fullmatch(r"/chat/\w+\.[0-9a-f]{16}\.\w+", path)
        assert "immutable" in header(response, "cache-control")
        assert header(response, "x-content-type-options") == "nosniff"
        total += len(response.body)
    assert total < 60_000


async def test_the_page_asks_nobody_else_and_has_no_script_of_its_own() -> None:
    page = load()
    everything = page.html.body + b"".join(file.body for file in page.files.values())
    assert set(re.findall(rb"https?://[^\s\"')]+", everything)) <= {b"http://www.w3.org/2000/svg"}
    assert not re.search(rb"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", page.html.body)
    script = next(file.body for path, file in page.files.items() if path.endswith(".js"))
    assert not re.search(rb"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b", script)


async def test_files_travel_zipped_where_the_browser_can() -> None:
    browser = await at_the_page(Heard())
    plain = await browser.get("/chat")
    browser.headers["accept-encoding"] = "gzip, deflate, br"
    zipped = await browser.get("/chat")
    assert header(zipped, "content-encoding") == "gzip"
    assert len(zipped.body) < len(plain.body)
    assert header(plain, "vary") == header(zipped, "vary") == "accept-encoding"


async def test_the_front_door_leads_to_the_page() -> None:
    response = await (await at_the_page(Heard())).get("/")
    assert (response.status, header(response, "location")) == (302, "/chat")
