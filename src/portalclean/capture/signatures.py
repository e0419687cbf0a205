"""Files that are no pages: packed ones, pictures, documents. They are not unpacked, and as text they are nonsense."""

from __future__ import annotations

__all__ = ["is_no_page"]

_SIGNATURES = (
    b"\x1f\x8b\x08",  # gzip
    b"PK\x03\x04",  # zip, and the office documents and books that are zip files
    b"BZh91AY&SY",  # bzip2
    b"\xfd7zXZ\0",  # xz
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x28\xb5\x2f\xfd",  # zstandard
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",  # JPEG
    b"GIF87a",
    b"GIF89a",
    b"%PDF-",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",  # the office documents of old
    b"wOFF",  # fonts
    b"wOF2",
    b"\x7fELF",
    b"SQLite format 3\0",
)
"""How they begin. All but the plain ones (GIF, PDF, fonts) begin with bytes that begin no text in any encoding."""


def is_no_page(capture: bytes) -> bool:
    r"""Tell whether the bytes are a file of another kind, by how they begin.

    >>> is_no_page(b"\x1f\x8b\x08\0"), is_no_page(b"<p>GIF89a"), is_no_page("\ufeff\u6587".encode("utf-16"))
    (True, False, False)
    """
    return capture.startswith(_SIGNATURES)
