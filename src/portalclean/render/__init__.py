"""Ways out: an article as text, Markdown, JSON record or JSON-LD."""
