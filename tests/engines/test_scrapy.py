from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

import portalclean
from portalclean.render.record import to_dict

scrapy = pytest.importorskip("scrapy", reason="the extra scrapy is not installed")
from portalclean.engines.records import record_of  # noqa: E402
from portalclean.engines.scrapy import ArticlePipeline  # noqa: E402

SPIDER = Path(__file__).with_name("engine_spider.py")
PAGE = "<title>山路</title><article><h1>山路</h1><p>天还没亮,我们就离开了村子。</p></article>".encode()
SETTINGS = {"ITEM_PIPELINES": json.dumps({"portalclean.engines.scrapy.ArticlePipeline": 300}), "LOG_LEVEL": "WARNING"}


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that writes no log."""

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """Yield the address of a page that is served on this machine."""
    (tmp_path / "walk.html").write_bytes(PAGE)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/walk.html"
        server.shutdown()
        thread.join()


def crawl(address: str, folder: Path, **settings: str) -> list[dict[str, object]]:
    """Return the items of a crawl of one address, in a process of its own."""
    options = [part for name, value in (SETTINGS | settings).items() for part in ("-s", f"{name}={value}")]
    command = ["scrapy", "runspider", str(SPIDER), "-a", f"address={address}", "-O", "items.jsonl", *options]
    spider = subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False)
    assert spider.returncode == 0, spider.stderr
    assert "ERROR" not in spider.stderr, spider.stderr
    return [json.loads(line) for line in (folder / "items.jsonl").read_text("utf-8").splitlines()]


def test_an_item_with_a_page_gets_its_article(site: str, tmp_path: Path) -> None:
    page, failed, bare = crawl(site, tmp_path)
    assert page["article"] == to_dict(portalclean.extract(PAGE, url=site))
    assert (page["url"], "html" in page) == (site, False)
    assert failed["article"]["error"]["type"] == "CaptureTypeError"
    assert bare == {"note": "no page"}


def test_the_settings_name_the_fields(site: str, tmp_path: Path) -> None:
    page, failed, _ = crawl(site, tmp_path, PORTALCLEAN=json.dumps({"article": "clean", "blocks": True}))
    assert page["clean"] == to_dict(portalclean.extract(PAGE, url=site), blocks=True)
    assert "error" in failed["clean"]


def test_the_page_can_be_kept() -> None:
    pipeline = ArticlePipeline(capture="body", article="clean", keep_capture=True)
    item = pipeline.process_item({"body": PAGE, "url": None})
    assert item == {"body": PAGE, "url": None, "clean": record_of(PAGE)}


def test_a_kind_of_item_without_the_field_is_told() -> None:
    kind = type("Bare", (scrapy.Item,), {"html": scrapy.Field()})
    with pytest.raises(KeyError, match="article"):
        ArticlePipeline().process_item(kind(html=PAGE))
