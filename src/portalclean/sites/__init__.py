"""Site rules: what is known of one site's pages, as data, before the labeller looks at them."""

from __future__ import annotations

from portalclean.sites.files import FieldRule, LabelRule, SiteRules, load_rules, shipped_rules
from portalclean.sites.stages import with_site_rules

__all__ = ["FieldRule", "LabelRule", "SiteRules", "load_rules", "shipped_rules", "with_site_rules"]
