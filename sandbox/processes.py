"""Processes that live in one event loop: killed between two steps, or stopped and woken again.

What such a process has handed to a thread is done to its end, like a commit that was under way.
"""

import asyncio
import ctypes
import types
from collections.abc import Callable, Coroutine, Generator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

CURRENT: ContextVar["Process | None"] = ContextVar("CURRENT", default=None)


@dataclass
class Process:
    name: str
    killed: bool = False
    _tasks: set["asyncio.Task[Any]"] = field(default_factory=set)
    _awake: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._awake.set()

    def start(self, main: Callable[[], Coroutine[Any, Any, None]]) -> "asyncio.Task[None]":
        """Every task that comes from `main` belongs to this process."""
        before = CURRENT.set(self)
        try:
            return asyncio.get_running_loop().create_task(main())
        finally:
            CURRENT.reset(before)

    def kill(self) -> None:
        """Nothing of it takes another step; nothing is tidied up."""
        self.killed = True
        for task in list(self._tasks):
            task.cancel()
        self._awake.set()

    def stop(self) -> None:
        self._awake.clear()

    def go_on(self) -> None:
        self._awake.set()

    def adopt(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @types.coroutine
    def stepwise(self, work: Coroutine[Any, Any, Any]) -> Generator[Any, Any, Any]:
        """As `work`, but no step is taken while the process is stopped, and none once killed."""
        value: Any = None
        error: BaseException | None = None
        while True:
            while not self._awake.is_set():
                try:
                    yield from self._awake.wait().__await__()
                except asyncio.CancelledError as cancelled:
                    error = cancelled
            if self.killed:
                abandon(work)
                return None
            try:
                waits_for = work.throw(error) if error else work.send(value)
            except StopIteration as end:
                return end.value
            try:
                value, error = (yield waits_for), None
            except BaseException as thrown:
                value, error = None, thrown


def abandon(work: Coroutine[Any, Any, Any]) -> None:
    """It is never ended, as nothing of a process is that was killed. Collected, now or when the
    interpreter ends, its `except` and `finally` would still be run: nobody ever lets go of it."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(work))


def factory(loop: asyncio.AbstractEventLoop, work: Any, **more: Any) -> "asyncio.Task[Any]":
    """For `loop.set_task_factory`."""
    process = CURRENT.get()
    if process is None:
        return asyncio.Task(work, loop=loop, **more)
    task = asyncio.Task(process.stepwise(work), loop=loop, **more)
    process.adopt(task)
    return task
