"""Trust accounts: none of the published files at hand is one, and none is taken for one."""

import pytest

from data_sources import trust_accounts as accounts

pytestmark = pytest.mark.published


def test_no_file_of_another_publication_is_claimed(published):
    files = [path for path in published.rglob("*.*") if path.is_file()]
    assert len(files) > 100
    assert [path.name for path in files if accounts.recognises(path, path.name)] == []
