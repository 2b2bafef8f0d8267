"""Published files of the tests, imported once for each module."""

import pytest

from archive.published_files import write_folder
from foedus.archive.store import Store, import_folder


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    place = tmp_path_factory.mktemp("store")
    import_folder(write_folder(tmp_path_factory.mktemp("published")), place)
    return Store(place)
