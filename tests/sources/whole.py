"""One file for every cut of it: two workbooks written alike may differ in length by their time stamps."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.sources.files import Book
from tests.sources.fuzzing import Writer


def written_once(write: Writer, book: Book, file_name: str) -> Writer:
    """A writer that copies one and the same file of this book, whatever it is given."""

    @cache
    def content() -> bytes:
        with TemporaryDirectory() as folder:
            return write(Path(folder) / file_name, book).read_bytes()

    def copy(path: Path, _: Book) -> Path:
        path.write_bytes(content())
        return path

    return copy
