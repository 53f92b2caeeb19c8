"""
Drafts changed by hand, one edit at a time.

What can be changed, what an edit would break, and how it is taken back.
"""
