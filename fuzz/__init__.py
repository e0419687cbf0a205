"""What tries to break portalclean: hostile pages, attacks on its patterns, and fuzz targets.

``python -m fuzz`` runs them for as long as one likes; the tests run a short, fixed part. Nothing of this is in
the wheel.
"""

TARGET_NAMES = (
    *("decode", "html", "text", "capture", "trees", "labels", "dates", "join", "command"),
    *("lines", "archive", "parquet", "arrow", "columns"),
)
"""The names of the targets; the targets themselves import the package, which a fuzzer has to instrument first."""
