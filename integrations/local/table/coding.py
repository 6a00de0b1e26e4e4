"""How a text file is written: in UTF-8, or as an office program saved it. Pure."""


def encoding_of(data: bytes) -> str:
    """Return how the file is written; an office program may have saved it in its own way."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    for encoding in ("utf-8", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def decoded(data: bytes) -> str:
    """Return the text of a file."""
    return data.decode(encoding_of(data))


def encoded(text: str, like: bytes) -> bytes:
    """Return the text as the file held it before, or in UTF-8 where that can't say it."""
    try:
        return text.encode(encoding_of(like))
    except UnicodeEncodeError:
        return text.encode("utf-8")
