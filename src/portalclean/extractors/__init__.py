"""One extractor per field of the article."""
