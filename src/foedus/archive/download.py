"""Fetching a published file: official address, resume after a break, checksum. The only room that uses the network."""

from __future__ import annotations

import hashlib
import os
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Final

from foedus.archive.datasets.published import Dataset
from foedus.version import __version__
from foedus.vocabulary.errors import FoedusError, fail

_CHUNK: Final = 1 << 16
_TIMEOUT: Final = 60.0


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
    if urllib.parse.urlsplit(base).scheme not in ("http", "https"):
        raise fail(f"address '{base}'", "this is no address of the web", "Give one such as https://example.org/data")
    return f"{base.rstrip('/')}/{file_name(wanted)}"


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
        No connection, a refusal, an interrupted download or another checksum.
    """
    url, target = address(wanted, base), folder / file_name(wanted)
    part, mark = target.with_name(target.name + ".part"), target.with_name(target.name + ".etag")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _complete(url, part, mark)
        found = hashlib.sha256(part.read_bytes()).hexdigest()
        if sha256 is not None and found != sha256.casefold():
            part.unlink()
            raise fail(url, f"the download has SHA-256 {found}, expected {sha256}", "Check the source, then try again")
        os.replace(part, target)
        mark.unlink(missing_ok=True)
    except urllib.error.HTTPError as error:
        raise fail(url, f"the server refuses ({error.code} {error.reason})", f"See {wanted.page}") from None
    except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", None) or error
        raise fail(url, f"the download was interrupted ({reason})", "Run the command again to go on") from None
    except FoedusError:
        raise
    except OSError as error:
        raise fail(
            str(folder), f"the download cannot be written ({error.strerror})", "Check rights and space"
        ) from None
    return target


def _complete(url: str, part: Path, mark: Path) -> None:
    """Fetch what is missing of a file. A part is only continued when the server says that it has not changed."""
    have = part.stat().st_size if part.exists() else 0
    tag = mark.read_text(encoding="utf-8") if mark.exists() else ""
    headers = {"User-Agent": f"foedus/{__version__}", "Accept-Encoding": "identity"}
    if have and tag:
        headers |= {"Range": f"bytes={have}-", "If-Range": tag}
    request = urllib.request.Request(url, headers=headers)
    try:
        answer = urllib.request.urlopen(request, timeout=_TIMEOUT)
    except urllib.error.HTTPError as error:
        if error.code != 416:
            raise
        # The part is as long as the file, or longer: begin anew.
        part.unlink()
        mark.unlink(missing_ok=True)
        _complete(url, part, mark)
        return
    with answer:
        goes_on = answer.status == 206
        _keep_tag(answer, mark)
        total = _length(answer)
        with part.open("ab" if goes_on else "wb") as out:
            got = 0
            while block := answer.read(_CHUNK):
                out.write(block)
                got += len(block)
    if total is not None and got < total:
        raise urllib.error.URLError(f"{got:,} of {total:,} bytes came")


def _length(answer: HTTPResponse) -> int | None:
    said = answer.headers.get("Content-Length", "")
    return int(said) if said.isdigit() else None


def _keep_tag(answer: HTTPResponse, mark: Path) -> None:
    """Remember what tells this version of the file from another."""
    tag = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
    if tag and not tag.startswith("W/"):
        mark.write_text(tag, encoding="utf-8")
    else:
        mark.unlink(missing_ok=True)
