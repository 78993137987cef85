"""From Telegram to `Incoming` and back: `wire` (what is read), `updates` (what it means),
`answering` (what is said to it), and the two ways in, `webhook` and `polling`."""
