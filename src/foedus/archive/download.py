"""Fetching a published file: official address, resume after a break, checksum. The only room that uses the network."""

from __future__ import annotations

import hashlib
import os
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any, BinaryIO, Final

from foedus.archive.datasets.published import Dataset
from foedus.version import __version__
from foedus.vocabulary.errors import FoedusError, fail
from foedus.vocabulary.inputs import MOST_DATA, read_input

_CHUNK: Final = 1 << 16
_TIMEOUT: Final = 60.0
_PATIENCE: Final = 60.0
_SLOWEST: Final = 1000.0
"""Seconds after which a download has to have come at this many bytes a second (judged: a slow line by telephone)."""


def address(wanted: Dataset, base: str | None = None) -> str:
    """Return where a data set is fetched from.

    Parameters
    ----------
    wanted : Dataset
    base : str, optional
        Address in place of the official server and folder; the name of the file stays.

    Raises
    ------
    FoedusError
        The base is no address of the web.
    """
    if base is None:
        return wanted.download
    if _host(base) == "":
        raise fail(f"address '{base}'", "this is no address of the web", "Give one such as https://example.org/data")
    return f"{base.rstrip('/')}/{file_name(wanted)}"


def _host(url: str) -> str:
    """Return the host of an address of the web, without www.; empty for anything else."""
    try:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or (parts.port is not None and parts.port < 1):
            return ""
        host = parts.hostname.encode("idna").decode()
    except ValueError:
        return ""
    return "" if any(c.isspace() or not c.isprintable() for c in url) else host.casefold().removeprefix("www.")


def _bare(url: str) -> bool:
    """Return whether an address is neither encrypted nor on this machine."""
    return urllib.parse.urlsplit(url).scheme == "http" and _host(url) not in ("localhost", "127.0.0.1", "::1")


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a server to another address on the same host only, unless a checksum says what has to come."""

    def __init__(self, pinned: bool) -> None:
        self.pinned = pinned

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        if not self.pinned and _host(newurl) != _host(req.full_url):
            how = "Download it by hand if you trust that, or say with --sha256 what has to come"
            raise fail(req.full_url, f"the server sends on to another host, {newurl[:120]!r}", how)
        if not self.pinned and _bare(newurl):
            raise fail(req.full_url, "the server sends on to an address that is not encrypted", "Download it by hand")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def file_name(wanted: Dataset) -> str:
    """Return the name of the file that a data set comes in."""
    name = Path(urllib.parse.urlsplit(wanted.download).path).name
    return name if Path(name).suffix.casefold() in (".csv", ".zip") else f"{wanted.name}.zip"


def fetch(wanted: Dataset, folder: Path, base: str | None = None, sha256: str | None = None) -> Path:
    """Download the file of a data set; a part from an earlier attempt is completed.

    Parameters
    ----------
    wanted : Dataset
    folder : Path
        Where the file and unfinished parts are kept.
    base : str, optional
        Address in place of the official one.
    sha256 : str, optional
        Checksum that the file must have.

    Returns
    -------
    Path
        The complete file.

    Raises
    ------
    FoedusError
        No connection, a refusal, an interrupted, endless or very slow download, a way to another host, an address that
        is not encrypted without a checksum, or another checksum.
    """
    url, target = address(wanted, base), folder / file_name(wanted)
    if sha256 is None and _bare(url):
        what = "the address is not encrypted, so that anybody on the way can change what comes"
        how = f"Say --sha256 {wanted.name}=HASH, or download it from {wanted.page} and import it"
        raise fail(url, what, how)
    part, mark = target.with_name(target.name + ".part"), target.with_name(target.name + ".etag")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _complete(url, part, mark, sha256 is not None)
        found = hashlib.sha256(read_input(part, MOST_DATA)).hexdigest()
        if sha256 is not None and found != sha256.casefold():
            part.unlink()
            raise fail(url, f"the download has SHA-256 {found}, expected {sha256}", "Check the source, then try again")
        os.replace(part, target)
        mark.unlink(missing_ok=True)
    except urllib.error.HTTPError as error:
        raise fail(url, f"the server refuses ({error.code} {error.reason})", f"See {wanted.page}") from None
    except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError, ssl.SSLError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise fail(url, f"the download was interrupted ({reason})", "Run the command again to go on") from None
    except FoedusError:
        raise
    except OSError as error:
        what = f"the download cannot be written ({error.strerror})"
        raise fail(str(folder), what, "Check rights and space") from None
    return target


def _complete(url: str, part: Path, mark: Path, pinned: bool) -> None:
    """Fetch what is missing of a file. A part is only continued when the server says that it has not changed."""
    have = part.stat().st_size if part.exists() else 0
    tag = mark.read_text(encoding="utf-8") if mark.exists() else ""
    headers = {"User-Agent": f"foedus/{__version__}", "Accept-Encoding": "identity"}
    if have and tag:
        headers |= {"Range": f"bytes={have}-", "If-Range": tag}
    request = urllib.request.Request(url, headers=headers)
    try:
        answer = urllib.request.build_opener(_SameHost(pinned)).open(request, timeout=_TIMEOUT)
    except urllib.error.HTTPError as error:
        if error.code != 416 or not have:
            raise
        # The part is as long as the file, or longer: begin anew.
        part.unlink()
        mark.unlink(missing_ok=True)
        _complete(url, part, mark, pinned)
        return
    with answer:
        goes_on = answer.status == 206
        _keep_tag(answer, mark)
        said = answer.headers.get("Content-Length", "")
        total = int(said) if said.isdigit() else None
        with part.open("ab" if goes_on else "wb") as out:
            got = _copy(url, answer, out, have if goes_on else 0)
    if total is not None and got < total:
        raise urllib.error.URLError(f"{got:,} of {total:,} bytes came")


def _copy(url: str, answer: Any, out: BinaryIO, have: int) -> int:
    """Write what comes and return how many bytes; a server that never ends, or drips, is left."""
    got, began = 0, time.monotonic()
    # read1 returns what is there: read would wait for a full block, however slowly it comes.
    while block := answer.read1(_CHUNK):
        got += len(block)
        if have + got > MOST_DATA:
            raise fail(url, f"more than {MOST_DATA >> 20:,} MiB came, and no end", "Download it by hand")
        out.write(block)
        took = time.monotonic() - began
        if took > _PATIENCE and got < took * _SLOWEST:
            raise urllib.error.URLError(f"{got:,} bytes in {took:.0f} s are too slow")
    return got


def _keep_tag(answer: HTTPResponse, mark: Path) -> None:
    """Remember what tells this version of the file from another."""
    tag = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
    if tag and not tag.startswith("W/"):
        mark.write_text(tag, encoding="utf-8")
    else:
        mark.unlink(missing_ok=True)
