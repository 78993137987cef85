"""What WeChat and WeCom have in common. Not a platform: nothing here is connected.

`xml` reads what they send, `envelope` opens and seals it, `receive` is one visit of theirs,
`wording` makes plain text of a reply, `api` calls them.
"""
