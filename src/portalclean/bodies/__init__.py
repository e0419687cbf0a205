"""From labelled blocks to the typed blocks of the article's body."""
