"""The store holds whole tables or none; what is wrong with a folder or a download is said and nothing is left behind."""

import contextlib
import functools
import hashlib
import json
import os
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import polars as pl
import pytest

from archive.published_files import MEMBERS, NMC, SHARED, VOTES, needs_shared, write_csv, write_folder
from foedus.archive import download
from foedus.archive import shelves as archive
from foedus.archive.datasets.catalogue import TABLES, dataset
from foedus.archive.datasets.tidy import SOURCES, TidyFolder
from foedus.archive.download import address, fetch, file_name
from foedus.archive.store import Store, cite, default_folder, import_folder, pull, recognise, status
from foedus.vocabulary.errors import FoedusError


def files_in(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


@pytest.fixture
def published(tmp_path):
    return write_folder(tmp_path / "published")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def test_a_folder_is_imported_and_described(published, store):
    (published / "notes.csv").write_text("a,b\n1,2\n")
    report = {row["file"]: row for row in import_folder(published, store)}
    assert report["notes.csv"]["table"] == "not recognised"
    assert report["atop5_1m.csv"]["rows"] == len(MEMBERS)
    assert report["Dyadic_COW_4.0.csv"]["licence"]
    held = {row["table"]: row for row in status(store)}
    capabilities = held["capabilities"]
    assert (capabilities["first"], capabilities["last"], capabilities["coded_to"]) == (1960, 2020, 2022)
    digest = hashlib.sha256((published / "NMC-70-abridged.csv").read_bytes()).hexdigest()
    assert (capabilities["sha256"], capabilities["source"]) == (digest, "NMC-70-abridged.csv")
    assert held["atop_member"]["version"] == "5.1"
    assert held["gdp_maddison"]["rows"] == 0
    assert (held["rivalry"]["first"], held["rivalry"]["last"]) == (1945, 2020)
    assert set(held) == set(TABLES)
    cited = {row["data_set"] for row in cite(store=store)}
    assert "atop" in cited
    assert "maddison" not in cited


def test_the_store_hands_over_what_was_imported(published, store):
    import_folder(published, store)
    assert store.has("atop_member")
    assert not store.has("polity")
    assert store.table("capabilities").filter(pl.col("ccode") == 713)["cinc"].to_list() == [0.01]


def test_sql_on_the_store(published, store):
    pytest.importorskip("duckdb")
    import_folder(published, store)
    assert store.query("SELECT count(*) AS n FROM atop_member").rows() == [(len(MEMBERS),)]
    with pytest.raises(FoedusError, match="SQL on the store"):
        store.query("SELECT nothing FROM nowhere")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM '{secret}'",
        "COPY (SELECT 1) TO '{target}'",
        "COPY atop_member TO '{target}'",
        "SET enable_external_access = true; SELECT * FROM read_csv('{secret}')",
        "ATTACH '{target}' AS other",
        "INSTALL httpfs",
        "",
    ],
)
def test_sql_reaches_no_file(published, store, tmp_path, sql):
    pytest.importorskip("duckdb")
    import_folder(published, store)
    secret, target = tmp_path / "secret.csv", tmp_path / "target"
    secret.write_text("a\n1\n")
    with pytest.raises(FoedusError, match="SQL on the store"):
        store.query(sql.format(secret=secret, target=target))
    assert not target.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"capabilities; DROP TABLE x": {}},
        {"capabilities": {"parquet": "../../secret.parquet"}},
        {"capabilities": {"parquet": "/etc/passwd"}},
    ],
)
def test_a_manifest_names_only_tables_and_files_of_the_store(published, store, change):
    import_folder(published, store)
    path = store.folder / "manifest.json"
    held = json.loads(path.read_text())
    for name, entry in change.items():
        held["tables"][name] = {**held["tables"]["capabilities"], **entry}
    path.write_text(json.dumps(held))
    with pytest.raises(FoedusError, match="damaged"):
        store.table("capabilities")


@pytest.mark.parametrize("name", ["polity", "trade"])
def test_a_table_that_is_absent_says_how_to_get_it(store, name):
    with pytest.raises(FoedusError, match=r"not in the store .* (foedus data pull cow-trade|Download it from)"):
        store.table(name)


def test_one_bad_file_never_stops_the_others_and_its_cause_is_named(published, store):
    write_csv(published / "atop5_1m.csv", [{**r, "version": 4.01} for r in MEMBERS])
    write_csv(published / "NMC-70-abridged.csv", [*NMC, NMC[0]])
    (published / "fariss.csv").write_text('"COW","YEAR","latentmean"\n2,1990,1.2\n')
    (published / "mac.csv").write_bytes(b"a,b\r1,2\r")
    (published / "torn.zip").write_bytes(b"PK\x03\x04 torn")
    report = {row["file"]: row for row in import_folder(published, store)}
    said = {name: (row["table"], row["why"]) for name, row in report.items() if row["why"]}
    assert said["atop5_1m.csv"] == (
        "refused",
        "this is version 4.01 of the ATOP member file; version 5.1 is read",
    )
    assert said["NMC-70-abridged.csv"][0] == "refused"
    assert "2 rows of" in said["NMC-70-abridged.csv"][1]
    assert said["fariss.csv"][0] == report["mac.csv"]["table"] == "not recognised"
    assert "needs the columns 'gwno'" in said["fariss.csv"][1]
    assert said["torn.zip"] == ("refused", "the archive is damaged")
    assert store.has("polyarchy")
    assert not store.has("atop_member")


def test_when_nothing_can_be_imported_every_problem_is_said(tmp_path, store):
    folder = tmp_path / "bad"
    folder.mkdir()
    write_csv(folder / "atop5_1m.csv", [{**r, "version": 4.01} for r in MEMBERS])
    write_csv(folder / "NMC-70-abridged.csv", [*NMC, NMC[0]])
    with pytest.raises(FoedusError) as caught:
        import_folder(folder, store)
    said = str(caught.value)
    assert "atop5_1m.csv: this is version 4.01" in said
    assert "NMC-70-abridged.csv: 2 rows" in said
    assert not store.folder.exists()


def test_a_second_import_with_a_bad_file_leaves_its_table(published, store):
    import_folder(published, store)
    before = store.table("capabilities")
    write_csv(published / "NMC-70-abridged.csv", [*NMC, NMC[0]])
    import_folder(published, store)
    assert store.table("capabilities").equals(before)


def test_pipes_devices_and_loops_among_the_files_are_passed_over(published, store):
    os.mkfifo(published / "NMC-pipe.csv")
    os.mkfifo(published / "pipe.zip")
    (published / "nmc zero.csv").symlink_to("/dev/zero")
    (published / "loop.csv").symlink_to(published / "loop.csv")
    report = {row["file"]: row["why"] for row in import_folder(published, store)}
    assert report["NMC-pipe.csv"] == report["pipe.zip"] == "this is a pipe, not a plain file"
    assert report["nmc zero.csv"] == "this is a device, not a plain file"
    assert "cannot be read" in report["loop.csv"]
    assert store.has("capabilities")


@pytest.mark.parametrize("writes", range(4))
def test_an_import_that_is_cut_off_leaves_the_store_as_it_was(published, store, monkeypatch, writes):
    """The power fails at every step in turn; the tables read before and after are the same."""
    import_folder(published, store)
    before = store.table("capabilities")
    write_csv(published / "NMC-70-abridged.csv", [{**r, "cinc": 0.5} for r in NMC])
    steps = iter(range(100))
    real = os.replace

    def failing(source, target):
        if next(steps) >= writes:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(archive.os, "replace", failing)
    with pytest.raises(KeyboardInterrupt):
        import_folder(published, store)
    monkeypatch.undo()
    assert store.table("capabilities").equals(before)
    assert not [f for f in files_in(store.folder) if f.startswith(".")]
    import_folder(published, store)
    assert set(store.table("capabilities")["cinc"]) == {0.5}


def test_a_full_disk_is_a_sentence(published, store, monkeypatch):
    def full(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.os, "replace", full)
    with pytest.raises(FoedusError, match="cannot be written \\(No space left on device\\)"):
        import_folder(published, store)


def test_tables_that_were_replaced_are_removed(published, store):
    import_folder(published, store)
    count = len(files_in(store.folder))
    write_csv(published / "NMC-70-abridged.csv", [{**r, "cinc": 0.5} for r in NMC])
    import_folder(published, store)
    assert len(files_in(store.folder)) == count


def test_two_imports_at_once_are_refused_and_an_old_lock_is_not(published, store):
    store.folder.mkdir()
    lock = store.folder / ".lock"
    lock.touch()
    with pytest.raises(FoedusError, match="another import is under way"):
        import_folder(published, store)
    long_ago = time.time() - 3600
    os.utime(lock, (long_ago, long_ago))
    import_folder(published, store)
    assert not lock.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "damaged"),
        ("[]", "damaged"),
        ('{"format": 9, "tables": {}}', "has format 9"),
        ('{"format": 1, "tables": {"a": {}}}', "damaged"),
    ],
)
def test_damaged_manifests(store, text, words):
    store.folder.mkdir()
    (store.folder / "manifest.json").write_text(text)
    with pytest.raises(FoedusError, match=words):
        status(store)


def test_a_table_that_vanished_is_a_sentence(published, store):
    import_folder(published, store)
    for path in store.folder.glob("capabilities-*.parquet"):
        path.write_bytes(b"PAR1")
    with pytest.raises(FoedusError, match="Import it again"):
        store.table("capabilities")


def test_a_pipe_in_place_of_a_table_is_not_waited_for(published, store):
    import_folder(published, store)
    for path in store.folder.glob("capabilities-*.parquet"):
        path.unlink()
        os.mkfifo(path)
    with pytest.raises(FoedusError, match="this is a pipe"):
        store.table("capabilities")
    with pytest.raises(FoedusError, match="this is a pipe"):
        store.query("SELECT * FROM capabilities")


def test_folders_that_hold_nothing(tmp_path, store):
    with pytest.raises(FoedusError, match="no such folder"):
        import_folder(tmp_path / "nowhere", store)
    (tmp_path / "empty").mkdir()
    with pytest.raises(FoedusError, match="no file of a known data set"):
        import_folder(tmp_path / "empty", store)


def test_renamed_files_are_known_by_their_columns(tmp_path):
    assert recognise(write_csv(tmp_path / "my copy.csv", MEMBERS)).name == "atop_member"
    assert recognise(write_csv(tmp_path / "power.csv", NMC)).name == "capabilities"
    assert recognise(write_csv(tmp_path / "other.csv", [{"ccode": 2, "year": 1950}])) is None


def test_of_two_releases_the_one_that_reaches_further_counts(published, store):
    early = [row for row in VOTES if row["session"] < 20]
    write_csv(published / "IdealpointestimatesAll_Apr2020.csv", early)
    report = {row["file"]: row["table"] for row in import_folder(published, store)}
    assert report["IdealpointestimatesAll_Apr2020.csv"] == "passed over for IdealpointestimatesAll_Jun2024.csv"
    assert store.entries()["ideal_point"].version == "Jun2024"


def test_archives_are_unpacked_even_when_nested(published, tmp_path, store):
    inner, outer = tmp_path / "inner.zip", tmp_path / "zips" / "outer.zip"
    outer.parent.mkdir()
    with zipfile.ZipFile(inner, "w") as held:
        held.write(published / "NMC-70-abridged.csv", "deep/../../NMC-70-abridged.csv")
    with zipfile.ZipFile(outer, "w") as held:
        held.write(inner, "inner.zip")
        held.writestr("readme.txt", "text")
    import_folder(outer.parent, store)
    assert store.has("capabilities")
    assert not (tmp_path / "NMC-70-abridged.csv").exists()


def bomb(path, name="nmc.csv"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as held, held.open(name, "w") as out:
        for _ in range(64):
            out.write(bytes(1 << 20))


def test_archives_that_explode_are_refused_without_filling_the_disk(published, tmp_path, store):
    bomb(published / "bomb.zip")
    with zipfile.ZipFile(published / "many.zip", "w") as held:
        for k in range(2_001):
            held.writestr(f"{k}.csv", "a\n1\n")
    inner = b""
    for _ in range(5):
        outer = tmp_path / "outer.zip"
        with zipfile.ZipFile(outer, "w") as held:
            held.writestr("in.zip", inner)
        inner = outer.read_bytes()
    (published / "nested.zip").write_bytes(inner)
    why = {row["file"]: row["why"] for row in import_folder(published, store)}
    assert "'nmc.csv' in it grows to more than 1" in why["bomb.zip"]
    assert "more than 2,000 files" in why["many.zip"]
    assert "more than 3 deep" in why["nested.zip"] or "more than 3 deep" in why["in.zip"]
    assert store.has("capabilities")


def test_two_files_of_one_name_in_an_archive_are_two_files(tmp_path, store):
    zips = tmp_path / "zips"
    zips.mkdir()
    early, late = write_csv(tmp_path / "a.csv", NMC[:2]), write_csv(tmp_path / "b.csv", NMC)
    with zipfile.ZipFile(zips / "both.zip", "w") as held:
        held.write(late, "new/NMC.csv")
        held.write(early, "old/NMC.csv")
    report = import_folder(zips, store)
    assert report.column("table") == ("capabilities", "passed over for NMC.csv")
    assert store.entries()["capabilities"].last == 2020


def test_an_archive_with_a_damaged_file_is_a_sentence(published, tmp_path, store):
    zips = tmp_path / "zips"
    zips.mkdir()
    with zipfile.ZipFile(zips / "NMC.zip", "w", zipfile.ZIP_DEFLATED) as held:
        held.write(published / "NMC-70-abridged.csv", "NMC.csv")
    torn = bytearray((zips / "NMC.zip").read_bytes())
    torn[60:90] = bytes(30)
    (zips / "NMC.zip").write_bytes(torn)
    with pytest.raises(FoedusError, match=r"NMC\.zip: the archive is damaged"):
        import_folder(zips, store)


def test_a_damaged_archive_is_a_sentence(tmp_path, store):
    (tmp_path / "zips").mkdir()
    (tmp_path / "zips" / "NMC.zip").write_bytes(b"PK\x03\x04 torn")
    with pytest.raises(FoedusError, match=r"NMC\.zip: the archive is damaged"):
        import_folder(tmp_path / "zips", store)


def test_where_the_store_is(monkeypatch, tmp_path):
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "here"))
    assert default_folder() == tmp_path / "here"
    assert Store().folder == tmp_path / "here"
    monkeypatch.delenv("FOEDUS_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "foedus"


def test_citations(store):
    assert cite(["atop_member", "atop"], store).column("data_set") == ("atop",)
    assert len(cite(store=store)) > 10
    with pytest.raises(FoedusError, match="'polity'"):
        cite(["politty"], store)


# Downloads, from a server on this machine.


class Server(BaseHTTPRequestHandler):
    """Serves files with ranges; may break off, change its mind, or refuse."""

    files: dict[str, bytes]
    log: list[tuple[str, str]]
    mood: dict[str, object]

    def do_GET(self):
        name = self.path.split("/")[-1].split("?")[0]
        self.log.append((name, self.headers.get("Range", "")))
        if name not in self.files:
            self.send_error(404)
            return
        body, tag = self.files[name], f'"{hashlib.sha256(self.files[name]).hexdigest()[:8]}"'
        wanted = self.headers.get("Range", "")
        start = 0
        if wanted and self.headers.get("If-Range") == tag and not self.mood.get("no ranges"):
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            if start >= len(body):
                self.send_error(416)
                return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body) - start))
        self.send_header("ETag", tag)
        self.end_headers()
        rest = body[start:]
        broken = self.mood.pop("break after", None)
        self.wfile.write(rest[:broken] if isinstance(broken, int) else rest)

    def log_message(self, *args):
        pass


@pytest.fixture
def server(published, tmp_path):
    archive_path = tmp_path / "NMC-70-abridged.zip"
    with zipfile.ZipFile(archive_path, "w") as held:
        held.write(published / "NMC-70-abridged.csv", "NMC-70-abridged.csv")
    state = {"files": {"NMC-70-abridged.zip": archive_path.read_bytes()}, "log": [], "mood": {}}
    handler = type("Handler", (Server,), state)
    running = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=functools.partial(running.serve_forever, poll_interval=0.02), daemon=True)
    thread.start()
    handler.base = f"http://127.0.0.1:{running.server_address[1]}/files"
    yield handler
    running.shutdown()
    running.server_close()


def test_pull_downloads_and_imports(server, store):
    report = pull(["cow-nmc"], store, server.base)
    assert report.column("table") == ("capabilities",)
    assert report.column("licence")[0].startswith("Free for non-commercial research")
    assert store.table("capabilities").height == 5
    assert not list((store.folder / "downloads").iterdir())


def test_a_mirror_from_the_environment(server, store, monkeypatch):
    monkeypatch.setenv("FOEDUS_MIRROR", server.base + "/")
    pull(["cow-nmc"], store)
    assert store.has("capabilities")


def test_an_interrupted_download_goes_on_where_it_stopped(server, store):
    server.mood["break after"] = 100
    with pytest.raises(FoedusError, match=r"interrupted .* Run the command again to go on"):
        pull(["cow-nmc"], store, server.base)
    assert not store.has("capabilities")
    assert (store.folder / "downloads" / "NMC-70-abridged.zip.part").stat().st_size == 100
    pull(["cow-nmc"], store, server.base)
    assert [wanted for _, wanted in server.log] == ["", "bytes=100-"]
    assert store.has("capabilities")


def test_a_file_that_changed_meanwhile_is_fetched_anew(server, store, published, tmp_path):
    server.mood["break after"] = 100
    with pytest.raises(FoedusError):
        pull(["cow-nmc"], store, server.base)
    with zipfile.ZipFile(tmp_path / "new.zip", "w") as held:
        held.writestr("NMC-70-abridged.csv", (published / "NMC-70-abridged.csv").read_text().replace("0.2", "0.21"))
    server.files["NMC-70-abridged.zip"] = (tmp_path / "new.zip").read_bytes()
    pull(["cow-nmc"], store, server.base)
    assert store.table("capabilities")["cinc"][0] == 0.21


def test_a_server_without_ranges_starts_over(server, store):
    server.mood |= {"break after": 100, "no ranges": True}
    with pytest.raises(FoedusError):
        pull(["cow-nmc"], store, server.base)
    pull(["cow-nmc"], store, server.base)
    assert store.has("capabilities")


def test_a_part_that_is_already_whole_is_not_doubled(server, store):
    whole = server.files["NMC-70-abridged.zip"]
    folder = store.folder / "downloads"
    folder.mkdir(parents=True)
    (folder / "NMC-70-abridged.zip.part").write_bytes(whole)
    (folder / "NMC-70-abridged.zip.etag").write_text(f'"{hashlib.sha256(whole).hexdigest()[:8]}"')
    assert fetch(dataset("cow-nmc"), folder, server.base).read_bytes() == whole


def test_checksums(server, store):
    right = hashlib.sha256(server.files["NMC-70-abridged.zip"]).hexdigest()
    with pytest.raises(FoedusError, match=f"has SHA-256 {right}, expected 0000"):
        pull(["cow-nmc"], store, server.base, {"cow-nmc": "0" * 64})
    assert not list((store.folder / "downloads").glob("*.part"))
    pull(["cow-nmc"], store, server.base, {"cow-nmc": right.upper()})
    assert store.has("capabilities")


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["cow-alliances"], "not fetched: its maintainers ask .* foedus data import"),
        (["cow-nmcs"], "Did you mean 'cow-nmc'"),
        (["cow-trade"], "404"),
        (["polity", "vdem"], r"(?s)polity.*vdem"),
    ],
)
def test_what_cannot_be_pulled(server, store, names, words):
    with pytest.raises(FoedusError, match=words):
        pull(names, store, server.base)
    assert not store.entries()


def test_no_connection_is_a_sentence(store):
    with pytest.raises(FoedusError, match="interrupted"):
        pull(["cow-nmc"], store, "http://127.0.0.1:9/none")


def test_a_page_in_place_of_a_file_is_refused(server, store):
    server.files["NMC-70-abridged.zip"] = b"<html><body>Moved</body></html>"
    with pytest.raises(FoedusError, match="no table of National Material Capabilities"):
        pull(["cow-nmc"], store, server.base)


@pytest.mark.parametrize(
    "base",
    [
        "file:///etc",
        "ftp://example.org",
        "example.org",
        "http://[::1",
        "http://",
        "https://a:99999999",
        "http://a b/",
        "",
    ],
)
def test_only_addresses_of_the_web(base):
    with pytest.raises(FoedusError, match="no address of the web"):
        address(dataset("atop"), base)


@pytest.fixture
def elsewhere(server):
    """A second server, on another host by name, that sends on to the first or goes on and on."""

    class Away(BaseHTTPRequestHandler):
        to = server.base + "/NMC-70-abridged.zip"

        def do_GET(self):
            if self.to:
                self.send_response(302)
                self.send_header("Location", self.to)
                self.end_headers()
                return
            self.send_response(200)
            self.end_headers()
            with contextlib.suppress(OSError):
                for _ in range(16 << 4):  # 16 MiB stand for what never ends: a fault is not to fill the disk
                    self.wfile.write(bytes(1 << 16))

        def log_message(self, *args):
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Away)
    threading.Thread(target=functools.partial(running.serve_forever, poll_interval=0.02), daemon=True).start()
    Away.base = f"http://localhost:{running.server_address[1]}"
    yield Away
    running.shutdown()
    running.server_close()


def test_a_way_to_another_host_is_said_and_taken_only_with_a_checksum(server, elsewhere, store):
    with pytest.raises(FoedusError, match=r"sends on to another host, 'http://127\.0\.0\.1"):
        pull(["cow-nmc"], store, elsewhere.base)
    assert not server.log
    right = hashlib.sha256(server.files["NMC-70-abridged.zip"]).hexdigest()
    pull(["cow-nmc"], store, elsewhere.base, {"cow-nmc": right})
    assert store.has("capabilities")
    elsewhere.to = "file:///etc/passwd"
    with pytest.raises(FoedusError, match=r"another host|not allowed"):
        pull(["cow-nmc"], store, elsewhere.base)


def test_a_download_without_end_is_left(elsewhere, store, monkeypatch):
    monkeypatch.setattr(download, "MOST_DATA", 5 << 20)
    elsewhere.to = ""
    with pytest.raises(FoedusError, match="more than 5 MiB came, and no end"):
        pull(["cow-nmc"], store, elsewhere.base)


def test_a_download_that_drips_is_left(server, store, monkeypatch):
    monkeypatch.setattr(download, "_PATIENCE", 0.0)
    monkeypatch.setattr(download, "_SLOWEST", 1e12)
    with pytest.raises(FoedusError, match="are too slow"):
        pull(["cow-nmc"], store, server.base)


def test_an_address_that_is_not_encrypted_needs_a_checksum(store):
    with pytest.raises(FoedusError, match=r"not encrypted, .* --sha256 atop=HASH"):
        pull(["atop"], store)
    with pytest.raises(FoedusError, match="not encrypted"):
        pull(["cow-nmc"], store, "http://example.org/mirror")


def test_a_checksum_of_something_else_is_not_passed_over(server, store):
    with pytest.raises(FoedusError, match=r"checksum of 'cow-nmcs': .* Did you mean 'cow-nmc'"):
        pull(["cow-nmc"], store, server.base, {"cow-nmcs": "0" * 64})
    assert not server.log


def test_one_data_set_that_cannot_be_pulled_does_not_stop_the_others(server, store):
    report = {row["file"]: row for row in pull(["cow-trade", "cow-nmc"], store, server.base)}
    assert report["cow-trade"]["table"] == "refused"
    assert "404" in report["cow-trade"]["why"]
    assert store.has("capabilities")


def test_official_addresses():
    assert address(dataset("atop")).startswith("http://www.atopdata.org/")
    assert file_name(dataset("world-bank")) == "world-bank.zip"


@needs_shared
def test_a_tidy_folder_and_its_import_are_the_same_tables(store):
    import_folder(SHARED, store)
    tidy = TidyFolder(SHARED)
    for name in set(SOURCES) - {"atop_treaty", "atop_member", "ideal_point"}:
        assert store.table(name).equals(tidy.table(name))
    assert store.entries()["trade"].version.endswith("(tidy copy)")
    # Published files come first: the member file is in the folder in both forms.
    assert store.entries()["atop_member"].source == "atop5_1m.csv"
    shared = ["atopid", "ccode", "entry_year", "defence"]
    assert (
        store.table("atop_member")
        .select(shared)
        .sort(shared)
        .equals(tidy.table("atop_member").select(shared).sort(shared))
    )


def test_a_folder_without_tidy_tables(tmp_path):
    with pytest.raises(FoedusError, match="none of the tidy tables"):
        TidyFolder(tmp_path)
    (tmp_path / "treaty.parquet").write_bytes(b"PAR1")
    with pytest.raises(FoedusError, match="cannot be read"):
        TidyFolder(tmp_path).table("atop_treaty")
    with pytest.raises(FoedusError, match="no such table"):
        TidyFolder(tmp_path).table("atop")


def test_the_manifest_is_plain_json(published, store):
    import_folder(published, store)
    held = json.loads((store.folder / "manifest.json").read_text())
    assert held["format"] == 1
    assert held["tables"]["capabilities"]["dataset"] == "cow-nmc"


def test_a_table_that_was_changed_in_the_store_is_refused(published, store):
    import_folder(published, store)
    path = store.folder / store.entries()["capabilities"].parquet
    frame = pl.read_parquet(path)
    frame.with_columns(cinc=pl.col("cinc") * 2).write_parquet(path)
    for read in (lambda: store.table("capabilities"), lambda: store.query("SELECT * FROM capabilities")):
        with pytest.raises(FoedusError, match=r"not as it was imported\. Import it again"):
            read()


def test_a_coverage_that_was_changed_in_the_manifest_is_refused(published, store):
    import_folder(published, store)
    path = store.folder / archive.MANIFEST
    held = json.loads(path.read_text())
    held["tables"]["rivalry"]["last"] = 2030  # every dyad-year up to then would be a zero
    path.write_text(json.dumps(held))
    with pytest.raises(FoedusError, match="the manifest of the store is damaged"):
        store.entries()
    del held["seal"]  # a store of before manifests were sealed
    path.write_text(json.dumps(held))
    assert store.entries()["rivalry"].last == 2030


@pytest.mark.parametrize("quoted", ["head", "middle", "last"])
def test_a_quote_that_is_never_closed_is_told_and_swallows_no_rows(tmp_path, store, quoted):
    path = write_csv(tmp_path / "NMC-70-abridged.csv", NMC)
    text = path.read_text()
    at = {"head": text.index("irst"), "middle": text.index("JPN"), "last": text.rindex("7")}[quoted]
    path.write_text(text[:at] + '"' + text[at:])
    with pytest.raises(FoedusError, match="this is not CSV"):
        import_folder(tmp_path, store)


def test_a_quote_that_stands_alone_within_a_key_loses_no_row(tmp_path, store):
    path = write_csv(tmp_path / "NMC-70-abridged.csv", NMC)
    path.write_text(path.read_text().replace("JPN", 'JPN"', 1))
    with pytest.raises(FoedusError, match=r"NMC-70-abridged.csv: a quote stands alone in line \d+"):
        import_folder(tmp_path, store)


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x08", "\x7f"])
def test_a_sign_that_cannot_be_seen_loses_no_row(tmp_path, store, sign):
    path = write_csv(tmp_path / "NMC-70-abridged.csv", NMC)
    text = path.read_text()
    line = text[: text.index("JPN")].count("\n") + 1
    path.write_text(text.replace("JPN", f"J{sign}PN", 1))
    with pytest.raises(FoedusError, match=rf"NMC-70-abridged.csv:{line}: a sign that cannot be seen \(0x"):
        import_folder(tmp_path, store)


def test_a_full_disk_is_told_whatever_the_library_calls_it(published, store, monkeypatch):
    def full(self, *_, **__):
        raise pl.exceptions.ComputeError("No space left on device (os error 28)")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(FoedusError, match=r"cannot be written \(No space left on device"):
        import_folder(published, store)
    assert [p.name for p in store.folder.iterdir()] == []
