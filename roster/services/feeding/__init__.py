"""
Feeds: what they say, their revisions, their bytes, and who reads them.

An event is revised in the transaction that changes the version in force;
the feeds it stands in are marked stale there and written anew before that
transaction ends.
"""
