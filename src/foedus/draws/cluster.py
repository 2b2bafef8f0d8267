"""Cluster: draws worked out on other machines, through a scheduler of dask.distributed that somebody has started.

Jobs travel to workers with the work, results come back; nothing is written anywhere but here. The scheduler gives the
jobs of a worker that died to others.
"""

from __future__ import annotations

import logging
import re
import socket
import struct
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

from foedus.draws.contract import Found, Job
from foedus.draws.digest import difference, fingerprint, roots_of
from foedus.vocabulary.errors import FoedusError, fail
from foedus.vocabulary.libraries import need

PATIENT: Final = 10.0
"""Seconds within which a scheduler has to say something, and then to let us in."""
SILENCE = 60.0
"""Seconds a cluster may be without any worker."""

_ADDRESS: Final = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+\]|[\w.-]+):(?P<port>\d{1,5})")
_AGAIN: Final = "and give the same command again; finished parts are kept"


def _other(who: str, how: str) -> FoedusError:
    what = f"this worker runs another foedus ({how}), so its draws would not be the same"
    return fail(who, what, "Install the same version there and here, and restart the worker")


def _away(work: Callable[[Job], Found], job: Job, here: Mapping[str, str]) -> Found:
    """Work out a job on a worker, if the worker is one of ours: it may have come later than the others."""
    how = difference(here, fingerprint(*roots_of(work)))
    if how:
        raise _other("a worker", how)
    return work(job)


@dataclass
class Cluster:
    """The workers of a scheduler.

    Attributes
    ----------
    address : str
        Host and port of the scheduler.
    """

    address: str
    _client: Any = None
    _alone_since: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no address before anything is begun.

        Raises
        ------
        FoedusError
            It is not a host and a port, or the library is not installed.
        """
        found = _ADDRESS.fullmatch(self.address)
        if not found or not 0 < int(found["port"]) < 65536:
            what = "this is no address of a scheduler"
            raise self._lost(what, "Write dask://HOST:PORT, as dask://127.0.0.1:8786")
        need("distributed", "dask", "engine dask")
        for talker in ("distributed", "distributed.client", "tornado", "asyncio"):
            logging.getLogger(talker).setLevel(logging.CRITICAL)  # lost connections are told here, in sentences

    @property
    def hands(self) -> int:
        """Threads of all workers that are there now, at least two."""
        if self._client is None:
            return 2
        workers = self._client.scheduler_info(n_workers=-1).get("workers", {}).values()
        return max(2, sum(int(w["nthreads"]) for w in workers))

    def _lost(self, what: str, remedy: str) -> FoedusError:
        return fail(f"engine 'dask://{self.address}'", what, remedy)

    def _knock(self) -> None:
        """Raise at once if nobody listens, and soon if who listens is no scheduler: the library would try for ever."""
        host, _, port = self.address.rpartition(":")
        with socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENT) as line:
            size, frames = struct.unpack("<QQ", line.recv(16, socket.MSG_WAITALL))  # a scheduler greets first
        if not (0 < size < 1 << 20 and 0 < frames < 100):
            raise ValueError("this is no greeting of a scheduler")

    def _connect(self) -> Any:
        try:
            self._knock()
            library = need("distributed", "dask", "engine dask")
            client = library.Client(f"tcp://{self.address}", timeout=PATIENT, set_as_default=False)
        except (OSError, ValueError, struct.error) as error:
            remedy = "Start one with: dask scheduler; or use --engine processes. Finished parts, if any, are kept"
            raise self._lost("no scheduler answers at this address", remedy) from error
        try:
            client.wait_for_workers(1, timeout=SILENCE)
        except TimeoutError as error:
            client.close()
            what = f"the scheduler has had no workers for {SILENCE:g} s"
            raise self._lost(what, f"Start some with: dask worker tcp://{self.address} --nthreads 1") from error
        return client

    def _inspect(self, client: Any, roots: tuple[str, ...], here: Mapping[str, str]) -> None:
        """Refuse workers without foedus or with another one, before anything is sent."""
        for who, found in client.run(fingerprint, *roots, on_error="return").items():
            if isinstance(found, BaseException):
                what = f"foedus cannot be loaded there ({found})"
                raise fail(f"worker {who}", what, "Install foedus on every worker")
            if how := difference(here, found):
                raise _other(f"worker {who}", how)

    @contextmanager
    def open(self, work: Callable[[Job], Found]) -> Iterator[Callable[[Job], Future[Found]]]:
        """Yield a function that hands a job to the scheduler.

        Raises
        ------
        FoedusError
            No scheduler answers, it has no workers, a worker runs another foedus, or workers die again and again.
        """
        client = self._connect()
        roots = roots_of(work)
        here = fingerprint(*roots)
        try:
            self._inspect(client, roots, here)
            self._client = client
            executor = client.get_executor(pure=False)
            yield lambda job: executor.submit(_away, work, job, here)
        except need("distributed", "dask", "engine dask").KilledWorker as error:
            what = f"workers died again and again over the same part ({error})"
            raise self._lost(what, "Give them more memory; finished parts are kept") from error
        finally:
            self._client = None
            with suppress(Exception):  # what cannot be said goodbye to is gone already
                client.close(timeout=2)

    def check(self) -> None:
        """Raise if the scheduler is gone, or has been without any worker for a minute.

        Raises
        ------
        FoedusError
            It is gone, or there are none.
        """
        try:
            there = bool(self._client.ncores())
        except Exception as error:
            raise self._lost("the scheduler was lost", f"Start it again {_AGAIN}") from error
        now = time.monotonic()
        self._alone_since = 0.0 if there else self._alone_since or now
        if self._alone_since and now - self._alone_since > SILENCE:
            raise self._lost(f"the scheduler has been without workers for {SILENCE:g} s", f"Start workers {_AGAIN}")
