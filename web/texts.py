"""Text as editors save it here, whoever hands it in."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from roster.errors import Mistake, Unusable


def any_text(content: bytes, name: str) -> str:
    """Its text: UTF-8, UTF-16 with its mark, or GBK; `Unusable` if none."""
    marked = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            position = error.start

    raise Unusable(Mistake("not-utf8", (name,), {"position": position}))
