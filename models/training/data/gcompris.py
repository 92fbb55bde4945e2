"""Reads GCompris' Qt resource files and the README that gives each picture its author and licence."""

import re
import struct
import zlib
from pathlib import Path
from typing import Iterator, NamedTuple


class Credit(NamedTuple):
    author: str
    licence: str
    url: str


def resource_files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yields (path inside, content) of a compiled `.rcc`: a tree of nodes, names in UTF-16, data with optional zlib."""
    data = path.read_bytes()
    if data[:4] != b"qres":
        raise ValueError(f"{path} is no Qt resource file")
    version, tree, blobs, names = struct.unpack(">4I", data[4:20])
    node_bytes = 14 if version < 2 else 22  # version 2 added a timestamp

    def walk(index: int, prefix: str) -> Iterator[tuple[str, bytes]]:
        at = tree + index * node_bytes
        name_at, flags = struct.unpack(">IH", data[at : at + 6])
        if index:
            (length,) = struct.unpack(">H", data[names + name_at : names + name_at + 2])
            start = names + name_at + 6  # two bytes of length, four of hash
            prefix = f"{prefix}/{data[start : start + 2 * length].decode('utf-16-be')}"
        if flags & 2:
            count, first = struct.unpack(">II", data[at + 6 : at + 14])
            for child in range(first, first + count):
                yield from walk(child, prefix)
            return
        (offset,) = struct.unpack(">I", data[at + 10 : at + 14])
        (size,) = struct.unpack(">I", data[blobs + offset : blobs + offset + 4])
        content = data[blobs + offset + 4 : blobs + offset + 4 + size]
        yield prefix.lstrip("/"), zlib.decompress(content[4:]) if flags & 1 else content

    yield from walk(0, "")


def credits(readme: str) -> dict[str, Credit]:
    """Maps picture names to credits. A README is blank-line separated stanzas of `Copyright:`, `License:`, `Files:`."""
    found = {}
    for stanza in re.split(r"\n\s*\n", readme):
        field = lambda name: next((m.group(1).strip() for m in [re.search(rf"^{name}:[ \t]*(.*(?:\n  Copyright.*)*)", stanza, re.M)] if m), "")
        author = re.sub(r"\s*\n?\s*Copyright\s*(\d{4})?\s*", " / ", field("Copyright")).strip(" /")
        comment = field("Comment")
        if "based on" in comment:
            author += f"; {comment}"
        url = field("Source") or next(iter(re.findall(r"https?://\S+", comment)), "")
        for name in re.findall(r"[\w./-]+\.webp", stanza.split("Comment:")[0] if "Files:" in stanza.split("Comment:")[0] else stanza):
            found[name] = Credit(author, field("License") or field("Licence"), url)
    return found
