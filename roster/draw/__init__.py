"""
The random draw (双随机): who is checked, how, when and by whom.

Every result follows from a secret key that was committed to, a frame that
was committed to, a running number and a public value nobody chose. Whole
numbers and SHA-256 only, so that anybody can compute it again; the way is
written down in ``verify.py``, which stands alone.
"""
