"""How the site is built: ``make docs`` writes it to ``build/docs``; every warning is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.nodes import make_refnode

import portalclean

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "portalclean"
author = "The portalclean developers"
version = release = portalclean.__version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click"]
html_theme = "furo"
html_title = f"portalclean {release}"
html_copy_source = False
html_show_copyright = False

# Directives stand between colons: what stands between backticks is code, and the tests run it.
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

# Docstrings write `Label` for what can be looked up and ``label`` for what cannot.
default_role = "py:obj"
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
# The site is built without the engines; what is said of them comes from our own docstrings.
autodoc_mock_imports = [
    "datatrove",
    "itemadapter",
    "pyarrow",
    "pyspark",
    "ray",
    "scrapy",
    "threadpoolctl",
    "trafilatura",
]

nitpicky = True
nitpick_ignore_regex = [
    # No page of this site describes what other projects have, and looking it up would take a network.
    (r"py:.*", r"(bs4|collections|date|datetime|lxml|ndarray|np|numpy|pyarrow|pyspark|ray)\b.*"),
    (r"py:class", "Crawler|DataFrame|Dataset|Document|DocumentsPipeline"),
    # What help texts of the command line quote are commands.
    (r"py:obj", r"portalclean [a-z].*"),
    # Names of our own that stand for a type in annotations alone.
    (r"py:class", r".*\bJson\b.*|portalclean\.engines\.scrapy\.Item"),
]
LOOKED_IN = ("portalclean", *(f"portalclean.{name}" for name in ("page", "outline", "pipeline", "engines.arrow")))
"""Modules whose names docstrings write without the module."""


def refer_by_short_name(
    app: Sphinx, environment: BuildEnvironment, node: pending_xref, content: Element
) -> Element | None:
    """Look up what a docstring calls by its last name, or by the module that it stands in."""
    target = str(node.get("reftarget", ""))
    objects = environment.domains.python_domain.objects
    last = target.rpartition(".")[2]
    for name in (f"portalclean.{target}", *(f"{module}.{last}" for module in LOOKED_IN)):
        if name in objects:
            found = objects[name]
            return make_refnode(app.builder, str(node["refdoc"]), found.docname, found.node_id, content, name)
    return None


def setup(app: Sphinx) -> None:
    """Connect what is above."""
    app.connect("missing-reference", refer_by_short_name)
