"""
Why something is refused or unusable: sentences by code, Chinese, English.

A module a subject; `web.words` puts them together.
"""
