"""What a test sees of a report in the browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page


SHOWN_TEXTS = """selector => [...document.querySelectorAll(selector)].filter(element => element.checkVisibility())
    .map(element => element.textContent)"""


@dataclass
class Sight:
    """A report in the browser, and what happened there that must not."""

    page: Page
    path: Path
    trouble: list[str] = field(default_factory=list)
    """Errors, messages of the console, dialogs, and requests for anything but the report itself."""

    def texts(self, selector: str) -> list[str]:
        """Return the texts of all elements that are shown, scrolled into view or not."""
        found: list[str] = self.page.evaluate(SHOWN_TEXTS, selector)
        return found

    def choose(self, number: int = 0) -> None:
        """Click the first block that is shown on the page itself, or one further on."""
        self.page.locator(".block:not([data-hidden])").nth(number).click()

    def value(self, script: str) -> Any:
        """Return what a script gives."""
        return self.page.evaluate(script)


Look = Callable[..., Sight]


def watched(page: Page, report: Path) -> Sight:
    sight = Sight(page, report)
    page.on("pageerror", lambda error: sight.trouble.append(f"error: {error}"))
    page.on("console", lambda message: sight.trouble.append(f"console: {message.text}") if told(message) else None)
    page.on("dialog", lambda dialog: (sight.trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("popup", lambda other: sight.trouble.append(f"popup: {other.url}"))
    page.on("request", lambda request: asked(sight, request.url))
    page.goto(report.as_uri())
    return sight


def told(message: ConsoleMessage) -> bool:
    """Tell whether a message of the console is about the page: the browser also notes which focus it set first."""
    return not message.text.startswith("Autofocus processing was blocked")


def asked(sight: Sight, url: str) -> None:
    if not url.startswith((sight.path.as_uri(), "blob:")):
        sight.trouble.append(f"request: {url}")
