"""Sources by their full title, as source lines and the Data page name them."""

from functools import cache

from data_sources.registry import sources

_HAND_KEPT = {
    "reference": "Register of programmes, segments and events (hand-kept, a source per row)"
}


@cache
def _titles() -> dict[str, str]:
    published = {
        name: f"{publication.SOURCE.publisher}, {publication.SOURCE.title}"
        for name, publication in sources().items()
    }
    return published | _HAND_KEPT


def title_of(source_id: str) -> str:
    """Publisher and title; a source that this version of the code does not know shows its id."""
    return _titles().get(source_id, source_id)
