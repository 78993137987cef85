"""The command line: one file a command, hooked together in `bot/__main__.py`.

What a command needs is imported when it runs, so that `zhibu say` does not wait for a web server.
"""
