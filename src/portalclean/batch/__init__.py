"""Many pages: read from files, folders and archives, cleaned in processes, written in shards that a kill cannot hurt.

>>> from portalclean.batch.readers import Selection, read_pages
>>> [page.identity.file for page in read_pages(["a.html", "b.html"], Selection())]
['a.html', 'b.html']
"""
