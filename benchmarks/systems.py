"""portalclean and its peers, each behind an adapter of a few lines.

An adapter has two steps: `extract`, which is timed and takes the system from bytes to its result, and
`read`, which is not, and takes what is scored out of that result. Peers get the decoded string, from
`_decoded` inside the timed step: on pages that lie about their encoding it serves each of them better than
its own reading of the bytes, which one row shows (trafilatura bytes). Of their settings they get the one that
scores best here. They are imported by name when they are used, so that a missing one is no error.
"""

from __future__ import annotations

import codecs
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.corpora import Door
from benchmarks.fields import Field
from benchmarks.labels import shown_blocks

__all__ = ["REFERENCE", "SYSTEMS", "Adapter", "Capture", "Output", "System"]


class Capture(NamedTuple):
    """What a system is given."""

    data: bytes
    url: str | None = None
    language: str = "en"
    weights: Path | None = None
    """A network that portalclean is to read the page with, instead of its own."""


@dataclass(frozen=True, slots=True)
class Output:
    """What a system gave back, as far as it is scored."""

    text: str = ""
    fields: Mapping[Field, tuple[str, ...]] = field(default_factory=dict)
    confidence: float | None = None
    blocks: tuple[tuple[str, str], ...] = ()
    """(label, text) of every visible block, for systems that label the whole page."""


class Adapter(NamedTuple):
    """How a system is run."""

    extract: Callable[[Capture], Any]
    read: Callable[[Any], Output] = lambda text: Output(text or "")


@dataclass(frozen=True, slots=True)
class System:
    """A system of the comparison."""

    name: str
    door: Door
    package: str
    """The distribution that it comes from; none for those written here."""
    load: Callable[[], Adapter]
    fields: frozenset[Field] = frozenset()
    """The fields that it offers."""
    has_body: bool = True
    labels: bool = False
    """Whether it labels the whole page."""

    def version(self) -> str | None:
        """Return the installed version; ``None`` when it is not installed."""
        try:
            return version(self.package)
        except PackageNotFoundError:
            return None


CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
"""lxml refuses a string that declares an encoding."""
HEAD_BYTES = 4096
"""Where a declared charset is looked for; the HTML standard asks for the first 1,024 bytes."""


def _decoded(data: bytes) -> str:
    """Decode a page for the systems that take strings: strict UTF-8, the page's own word, or a detector's."""
    try:
        return XML_DECLARATION.sub("", data.decode("utf-8-sig"), count=1)
    except UnicodeDecodeError:
        declared = CHARSET.search(data, 0, HEAD_BYTES)
    name = declared.group(1).decode("ascii", "ignore").lower() if declared else "utf-8"
    if name in ("utf-8", "utf8"):
        name = (import_module("cchardet").detect(data)["encoding"] or name).lower()
    try:
        codecs.lookup(name)
    except LookupError:
        name = "utf-8"
    text = data.decode("gb18030" if name.startswith("gb") else name, "replace")
    return XML_DECLARATION.sub("", text, count=1)


def _values(**values: Any) -> dict[Field, tuple[str, ...]]:
    """Return field values as tuples of strings without the empty ones."""
    plain = {name: value if isinstance(value, (list, tuple)) else (value,) for name, value in values.items()}
    return {Field(name): tuple(str(one) for one in many if one) for name, many in plain.items()}


def _portalclean(door: Door) -> Callable[[], Adapter]:
    def load() -> Adapter:
        portalclean = import_module("portalclean")
        pipelines: dict[Path | None, Any] = {None: None}

        def run(page: Capture) -> Any:
            if page.weights not in pipelines:
                labeller = import_module("portalclean.labelling.network").network_labeller(page.weights)
                pipelines[page.weights] = portalclean.Pipeline().replace("label", labeller)
            pipeline = pipelines[page.weights]
            return portalclean.extract(page.data, url=page.url, kind=door.value, pipeline=pipeline)

        return Adapter(run, _read_article)

    return load


def _read_article(article: Any) -> Output:
    precision = {"year": 4, "month": 7}.get(str(article.published_precision), 10)
    return Output(
        article.text,
        _values(
            title=article.title,
            authors=article.authors,
            source=article.source,
            published=article.published and article.published.isoformat()[:precision],
        ),
        article.confidence,
        shown_blocks(article),
    )


def _trafilatura(**options: Any) -> Callable[[], Adapter]:
    def load() -> Adapter:
        extract = import_module("trafilatura").extract
        settings = {"include_comments": False, **options}
        return Adapter(lambda page: extract(_decoded(page.data), url=page.url, **settings))

    return load


def _trafilatura_bytes() -> Adapter:
    extract = import_module("trafilatura").extract
    return Adapter(lambda page: extract(page.data, url=page.url, include_comments=False))


def _trafilatura_metadata() -> Adapter:
    extract = import_module("trafilatura").bare_extraction

    def read(document: Any) -> Output:
        if document is None:
            return Output()
        authors = [name.strip() for name in (document.author or "").split(";")]
        fields = _values(title=document.title, authors=authors, published=document.date)
        return Output(document.text or "", fields)

    settings = {"include_comments": False, "with_metadata": True}
    return Adapter(lambda page: extract(_decoded(page.data), url=page.url, **settings), read)


def _htmldate() -> Adapter:
    find_date = import_module("htmldate").find_date
    return Adapter(
        lambda page: find_date(_decoded(page.data), original_date=True, url=page.url),
        lambda date: Output(fields=_values(published=date)),
    )


def _resiliparse() -> Adapter:
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    tree = import_module("resiliparse.parse.html").HTMLTree
    settings = {"main_content": True, "alt_texts": False}
    return Adapter(lambda page: extract(tree.parse(_decoded(page.data)), **settings))


def _readability() -> Adapter:
    document = import_module("readability").Document
    html = import_module("lxml.html")
    return Adapter(lambda page: _lines(html.fromstring(document(_decoded(page.data)).summary())))


def _magic_html() -> Adapter:
    extractor = import_module("magic_html").GeneralExtractor()
    html = import_module("lxml.html")

    def run(page: Capture) -> str:
        found = extractor.extract(_decoded(page.data), base_url=page.url or "")["html"]
        return _lines(html.fromstring(found)) if found else ""

    return Adapter(run)


def _lines(element: Any) -> str:
    """Return the text of an lxml element, a line for each of its text nodes."""
    return "\n".join(element.itertext())


def _newspaper() -> Adapter:
    warnings.filterwarnings("ignore", module="newspaper")
    newspaper = import_module("newspaper")
    languages = {code for code, _ in newspaper.valid_languages()}

    def parsed(page: Capture, **options: str) -> Any:
        article = newspaper.Article(page.url or "https://example.org/", fetch_images=False, **options)
        article.download(input_html=_decoded(page.data))
        article.parse()
        return article

    def run(page: Capture) -> Any:
        try:
            return parsed(page, **({"language": page.language} if page.language in languages else {}))
        except ImportError:  # a tokenizer that is not on PyPI, or wants data from elsewhere
            return parsed(page, language="en")

    def read(article: Any) -> Output:
        fields = _values(title=article.title, authors=article.authors, published=article.publish_date)
        return Output(article.text, fields)

    return Adapter(run, read)


NAME_MARKS = re.compile(r"[、,，;；/|]")


def _gne() -> Adapter:
    extractor = import_module("gne").GeneralNewsExtractor()

    def read(found: Any) -> Output:
        authors = [name.strip() for name in NAME_MARKS.split(found["author"])]
        return Output(found["content"], _values(title=found["title"], authors=authors, published=found["publish_time"]))

    return Adapter(lambda page: extractor.extract(_decoded(page.data)), read)


def _rs_trafilatura() -> Adapter:
    extract = import_module("rs_trafilatura").extract
    return Adapter(
        lambda page: extract(_decoded(page.data), url=page.url),
        lambda found: Output(
            found.main_content or "",
            _values(title=found.title),
            found.extraction_quality,
        ),
    )


def _turbohtml() -> Adapter:
    parse = import_module("turbohtml").parse
    return Adapter(
        lambda page: parse(_decoded(page.data)).article(),
        lambda found: Output(found.text, _values(title=found.title, authors=found.byline, published=found.date)),
    )


STOP_LISTS = {
    **{"ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "en": "English", "es": "Spanish"},
    **{"fr": "French", "hi": "Hindi", "it": "Italian", "ko": "Korean", "no": "Norwegian_Bokmal"},
    **{"pl": "Polish", "ru": "Russian", "sv": "Swedish", "tr": "Turkish"},
}
"""jusText's stop lists; other languages, Chinese and Japanese too, are run without one."""
SHORT, LONG = 28, 80
"""jusText's lengths of a short and a long paragraph, 70 and 200, for scripts that say 2.5 times as much in a
character; with its own, hardly a Chinese paragraph is long and whole articles are lost."""


def _justext() -> Adapter:
    justext = import_module("justext")

    def run(page: Capture) -> str:
        name = STOP_LISTS.get(page.language)
        words = justext.get_stoplist(name) if name else frozenset()
        options = {} if name else {"stopwords_low": 0, "stopwords_high": 0}
        if page.language in ("zh", "ja"):
            options |= {"length_low": SHORT, "length_high": LONG}
        paragraphs = justext.justext(_decoded(page.data), words, **options)
        return "\n".join(one.text for one in paragraphs if not one.is_boilerplate)

    return Adapter(run)


def _boilerpy3() -> Adapter:
    extractor = import_module("boilerpy3.extractors").ArticleExtractor()
    return Adapter(lambda page: extractor.get_content(_decoded(page.data)))


SHORTEST_LINE = 40
"""Characters that a line must have to pass the line filter, the baseline for text dumps."""


def _line_filter() -> Adapter:
    def run(page: Capture) -> str:
        lines = page.data.decode("utf-8", "replace").split("\n")
        return "\n".join(line for line in lines if len(line.strip()) > SHORTEST_LINE)

    return Adapter(run)


def _lxml() -> Adapter:
    parse = import_module("lxml.etree").HTML
    return Adapter(lambda page: parse(page.data), lambda tree: Output())


DATED = frozenset({Field.TITLE, Field.AUTHORS, Field.PUBLISHED})
ALL = frozenset(Field)
HTML, TEXT = Door.HTML, Door.TEXT

REFERENCE = System("lxml parse", HTML, "lxml", _lxml, has_body=False)
"""The bare parse that all times are compared with."""

SYSTEMS: Mapping[str, System] = {
    system.name: system
    for system in (
        REFERENCE,
        System("portalclean", HTML, "portalclean", _portalclean(HTML), ALL, labels=True),
        System("portalclean (text)", TEXT, "portalclean", _portalclean(TEXT), ALL, labels=True),
        System("trafilatura", HTML, "trafilatura", _trafilatura()),
        System("trafilatura fast", HTML, "trafilatura", _trafilatura(fast=True)),
        System("trafilatura precision", HTML, "trafilatura", _trafilatura(favor_precision=True)),
        System("trafilatura bytes", HTML, "trafilatura", _trafilatura_bytes),
        System("trafilatura metadata", HTML, "trafilatura", _trafilatura_metadata, DATED),
        System("htmldate", HTML, "htmldate", _htmldate, frozenset({Field.PUBLISHED}), has_body=False),
        System("resiliparse", HTML, "resiliparse", _resiliparse),
        System("readability-lxml", HTML, "readability-lxml", _readability),
        System("magic-html", HTML, "magic-html", _magic_html),
        System("newspaper4k", HTML, "newspaper4k", _newspaper, DATED),
        System("gne", HTML, "gne", _gne, DATED),
        System("rs-trafilatura", HTML, "rs-trafilatura", _rs_trafilatura, frozenset({Field.TITLE})),
        System("turbohtml", HTML, "turbohtml", _turbohtml, DATED),
        System("jusText", HTML, "jusText", _justext),
        System("boilerpy3", HTML, "boilerpy3", _boilerpy3),
        System("line filter (text)", TEXT, "portalclean", _line_filter),
    )
}
"""The systems, in the order of the tables."""
