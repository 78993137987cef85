"""What an attacker is called, and writes wherever something is written (T25)."""

from tests.platforms.webchat.test_safety import PAYLOADS

ONE = "'\"></h1></title><img src=x onerror=alert(1)>{{7*7}}"
"""What breaks out of most places."""
HOSTILE = (
    *PAYLOADS,
    "<img src=x onerror=alert(1)>",
    "'-alert(1)-'{{7*7}}${7*7}",
    "</title><svg/onload=alert(1)>",
    "<button formaction=javascript:alert(1)>x",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<marquee onstart=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<img srcset=x onerror=alert(1)>",
    "<div style=background:url(//evil.example)>",
    "<a href='data:text/html,<script>alert(1)</script>'>x",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<svg><use href='//evil.example/x.svg#x'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<p hx-get=//evil.example hx-trigger=load>",
    "<p hx-on:load=alert(1)>",
    "<p data-hx-post=/console/leave hx-trigger=load>",
    '"onfocus=alert(1) autofocus x="',
    "' autofocus onfocus=alert(1) x='",
    "`onmouseover=alert(1)`",
    "--><img src=x onerror=alert(1)>",
    "{% print(7*7) %}",
)
"""Sixty and more: what is written for any page, and for pages like ours."""
FOREIGN = (
    "img[src=x], iframe, main script, main style, base, meta[http-equiv=refresh], [onerror],"
    " [onload], [onmouseover], [onfocus], [onstart], [onbegin], main object, embed, main [hx-get],"
    " [hx-on\\:load], main [formaction], [style*=evil], [autofocus][onfocus],"
    " a[href^=javascript], [action*=evil]"
)
"""What none of our pages has, and markup of theirs would."""
