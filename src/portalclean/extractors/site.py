"""What a page says of itself as a page: the site's name, its address, a description and an image."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import regex

from portalclean.article import Evidence
from portalclean.bylines.linked_data import article_node, nodes_of, texts
from portalclean.page import Head, Label
from portalclean.reading import Extracted, Fields, Reading

__all__ = ["extract_site"]

LONGEST_SITE = 40
"""Characters of a site's name; a longer one is a slogan."""
LONGEST_DESCRIPTION = 2_000
SHORTEST_TITLE = 4
"""Characters of a headline from which on a ``<title>`` beginning with it has the site's name behind."""
SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:app:name:iphone")
DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description")
IMAGES = (
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "image",
    "thumbnail",
)
SEPARATORS = "-–—|_｜·•:"
"""Stand between a headline and the site's name."""
WEBSITE = frozenset({"website", "organization", "newsmediaorganization"})

_SUFFIX = regex.compile(
    r"(?:(?<!\s)\s++)?[_|｜]\s*+|(?<!\s)\s++[-–—·•:]\s++|(?:(?<!\s)\s++)?[—–]{1,2}\s*+"
    r"|(?<=\p{Han})-(?=\p{Han})|(?:(?<!\s)\s++)?-\s*+(?=\p{Han})"
)
r"""``(?<!\s)``: blanks are read from where they begin, or a long run of them would be read once from each."""
_BLANKS = regex.compile(r"\s+")

Candidate = tuple[str, str]
"""A value and where it stands."""


def extract_site(reading: Reading) -> Extracted:
    """Return ``site_name``, ``description``, ``image`` and ``url``, each from its surest place."""
    head, url = reading.page.head, _address(reading)
    base = _joined(url[0] if url else "", head.base or "") or (url[0] if url else "")
    name = next(_site_names(reading), None)
    description = next(_descriptions(head), None)
    image = next(_images(head, base), None)
    fields = Fields(
        site_name=name[0] if name else None,
        description=description[0] if description else None,
        image=image[0] if image else None,
        url=url[0] if url else None,
    )
    found = (("site_name", name), ("description", description), ("image", image), ("url", url))
    return Extracted(fields, tuple(Evidence(field, value[1], value[0]) for field, value in found if value))


def title_suffix(head_title: str, title: str) -> str | None:
    """Return the site's name behind the headline in a ``<title>``.

    >>> title_suffix("沪指暴跌_网易财经", "沪指暴跌"), title_suffix("A walk - Notes | Example", "A walk")
    ('网易财经', 'Example')
    >>> title_suffix("A walk in the park", "A walk") is None
    True
    """
    head_title, title = _BLANKS.sub(" ", head_title).strip(), _BLANKS.sub(" ", title).strip()
    rest = head_title.removeprefix(title)
    if len(title) < SHORTEST_TITLE or rest == head_title:
        return None
    parts = [part.strip() for part in _SUFFIX.split(rest.strip(SEPARATORS + " "))]
    separated = rest.lstrip()[:1] in SEPARATORS
    return parts[-1] if separated and 2 <= len(parts[-1]) <= LONGEST_SITE and ">" not in parts[-1] else None


def _site_names(reading: Reading) -> Iterator[Candidate]:
    head = reading.page.head
    for name in SITE_NAMES:
        value = _text(head.first(name), LONGEST_SITE)
        if value:
            yield value, f"meta {name}"
    article = article_node(head)
    for text in texts(article.get("publisher"), "name") if article else ():
        if len(text) <= LONGEST_SITE:
            yield text, "json-ld publisher"
    for node in nodes_of(head, WEBSITE):
        for text in texts(node.get("name")):
            if len(text) <= LONGEST_SITE and "://" not in text:
                yield text, "json-ld site"
    if head.title:
        title = reading.fields.get("title") or next((text for _, text in reading.lines(Label.TITLE)), "")
        suffix = title_suffix(head.title, title)
        if suffix:
            yield suffix, "end of the page's title"


def _descriptions(head: Head) -> Iterator[Candidate]:
    for name in DESCRIPTIONS:
        value = _text(head.first(name), LONGEST_DESCRIPTION)
        if value:
            yield value, f"meta {name}"
    article = article_node(head)
    for text in texts(article.get("description")) if article else ():
        yield _BLANKS.sub(" ", text)[:LONGEST_DESCRIPTION], "json-ld description"


def _images(head: Head, base: str) -> Iterator[Candidate]:
    for name in IMAGES:
        address = _joined(base, head.first(name) or "")
        if address:
            yield address, f"meta {name}"
    article = article_node(head)
    for key in ("image", "thumbnailUrl"):
        for text in texts(article.get(key), "url", "contentUrl", "@id") if article else ():
            address = _joined(base, text)
            if address:
                yield address, f"json-ld {key}"
    for text in head.links.get("image_src", ()):
        address = _joined(base, text)
        if address:
            yield address, "link image_src"


def _address(reading: Reading) -> Candidate | None:
    """Return the page's address: the one it was given, else the one that it states."""
    page = reading.page
    if page.url:
        return page.url, "given"
    stated = [("link canonical", text) for text in page.head.links.get("canonical", ())]
    stated += [("meta og:url", text) for text in page.head.meta.get("og:url", ())]
    for reason, text in stated:
        address = _joined(page.head.base or "", text)
        # Without a path it is the site's front page, which careless templates state on every page.
        if address and urlsplit(address).path.strip("/"):
            return address, reason
    return None


def _joined(base: str, address: str) -> str | None:
    """Return an address made absolute, when that gives one of http or https.

    >>> _joined("https://example.org/a/b", "/c.jpg"), _joined("", "c.jpg"), _joined("", "data:image/png,x")
    ('https://example.org/c.jpg', None, None)
    """
    address = address.strip()
    if not address:
        return None
    try:
        joined = urljoin(base, address)
        parts = urlsplit(joined)
        return joined if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:  # "http://[" and the like
        return None


def _text(value: str | None, longest: int) -> str | None:
    """Return a value with its blanks made single, or nothing when it is longer than such values are."""
    plain = _BLANKS.sub(" ", value).strip() if value else ""
    return plain if len(plain) <= longest and any(map(str.isalpha, plain)) else None
