"""Local stand-ins of the platforms, faithful to their limits: for tests, rehearsals and trying out.

`wechat`, `wecom` and `telegram` are machines: a call or a deed and the time go in, the answer and
what follows from it come out. `web` puts them on HTTP, `post` carries what they push to the
assistant, `faults` breaks it, `transcript` writes down what happened before anyone is answered,
and `checker` judges by that alone. Nothing here knows the assistant (decision 0006).
"""
