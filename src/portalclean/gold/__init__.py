"""Gold: pages with the right labels and fields, read, checked, gathered and held against what was extracted."""
