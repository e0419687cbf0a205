"""Lists of items on a page: recommended articles and readers' comments, from either door."""
