"""Cluster: draws worked out on other machines, through a scheduler of dask.distributed that somebody has started.

Chunks of a design travel to workers with the task, results come back; nothing is written anywhere but here. The
scheduler gives the chunks of a worker that died to others.
"""

from __future__ import annotations

import logging
import re
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from foedus.draws.engines import SILENCE, Draws, Evaluate, Rows, Submit, collect, difference, fingerprint
from foedus.vocabulary.errors import FoedusError, fail
from foedus.vocabulary.libraries import need

distributed = need("distributed", "dask", "engine dask")

_CLIENT: Any = distributed.Client

for _talker in ("distributed", "distributed.client", "tornado", "asyncio"):
    logging.getLogger(_talker).setLevel(logging.CRITICAL)  # what they say of lost connections is said here in sentences

PATIENT = 15.0
"""Seconds within which a scheduler has to answer; a first worker may take as long as the cluster may be without any."""

_ADDRESS = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+\]|[\w.-]+):(?P<port>\d{1,5})")


def _other(who: str, how: str) -> FoedusError:
    return fail(
        who,
        f"this worker runs another foedus ({how}), so its draws would not be the same",
        "Install the same version there and here, and restart the worker",
    )


def _work_away(task: Evaluate, rows: Rows, here: Mapping[str, str]) -> Draws:
    """Work out a chunk on a worker, if the worker is one of ours."""
    how = difference(here, fingerprint())
    if how:
        raise _other("a worker", how)
    return collect([task(row) for row in rows])


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
    _alone_since: float = field(default=0.0)

    def __post_init__(self) -> None:
        """Refuse what is no address before anything is begun.

        Raises
        ------
        FoedusError
            It is not a host and a port.
        """
        found = _ADDRESS.fullmatch(self.address)
        if not found or not 0 < int(found["port"]) < 65536:
            raise fail(
                f"engine 'dask://{self.address}'",
                "this is no address of a scheduler",
                "Write dask://HOST:PORT, as dask://127.0.0.1:8786",
            )

    def _knock(self) -> None:
        """Raise at once if nobody listens: the library would try again and again."""
        host, _, port = self.address.rpartition(":")
        with socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENT):
            pass

    def _connect(self) -> Any:
        place = f"dask://{self.address}"
        try:
            self._knock()
            client = _CLIENT(f"tcp://{self.address}", timeout=PATIENT, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise fail(
                place,
                "no scheduler answers at this address",
                "Start one with: dask scheduler; or use --engine processes. Finished parts, if any, are kept",
            ) from error
        try:
            client.wait_for_workers(1, timeout=SILENCE)
        except TimeoutError as error:
            client.close()
            raise fail(
                place,
                f"the scheduler has had no workers for {SILENCE:g} s",
                f"Start some with: dask worker tcp://{self.address} --nthreads 1",
            ) from error
        return client

    def _inspect(self, client: Any) -> None:
        """Refuse workers without foedus or with another one, before anything is sent."""
        for who, found in client.run(fingerprint, on_error="return").items():
            if isinstance(found, BaseException):
                raise fail(
                    f"worker {who}", f"foedus cannot be loaded there ({found})", "Install foedus on every worker"
                )
            how = difference(fingerprint(), found)
            if how:
                raise _other(f"worker {who}", how)

    @contextmanager
    def open(self, task: Evaluate) -> Iterator[Submit]:
        """Yield a function that hands a chunk to the scheduler.

        Raises
        ------
        FoedusError
            No scheduler answers, it has no workers, a worker runs another foedus, or the scheduler was lost.
        """
        client = self._connect()
        try:
            self._inspect(client)
            self._client = client
            executor = client.get_executor(pure=False)
            here = fingerprint()
            yield lambda rows: executor.submit(_work_away, task, rows, here)
        except distributed.KilledWorker as error:
            raise fail(
                f"dask://{self.address}",
                f"workers died again and again over the same part ({error})",
                "Give them more memory; finished parts are kept",
            ) from error
        finally:
            self._client = None
            with suppress(Exception):  # what cannot be said goodbye to is gone already
                client.close(timeout=2)

    def width(self) -> int:
        """Return enough chunks for nobody to wait, as workers come and go."""
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        return 2 * max(1, sum(int(w["nthreads"]) for w in workers))

    def check(self) -> None:
        """Raise if the scheduler is gone, or has been without any worker for a minute."""
        try:
            there = bool(self._client.ncores())
        except Exception as error:
            raise fail(
                f"dask://{self.address}",
                "the scheduler was lost",
                "Start it again and give the same command again; finished parts are kept",
            ) from error
        now = time.monotonic()
        self._alone_since = 0.0 if there else self._alone_since or now
        if self._alone_since and now - self._alone_since > SILENCE:
            raise fail(
                f"dask://{self.address}",
                f"the scheduler has been without workers for {SILENCE:g} s",
                "Start workers and give the same command again; finished parts are kept",
            )
