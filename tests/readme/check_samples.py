#!/usr/bin/env python3
"""Every piece of code that a page of docs/ shows stands in a file that is compiled and tested.

  check_samples.py SOURCE_FOLDER

A ```cpp block stands behind a line `<!-- from tests/flow/jobs.cpp -->`. Its lines stand in that file, in
this order and next to each other but for white space; a line `...` leaves some out, and so do blank ones.
A page that a test generates or compares by itself says so in OTHER_TESTS.
"""
import pathlib
import re
import sys

# Which test keeps them true.
OTHER_TESTS = {"checks.md": "compile_fail.docs", "examples.md": "readme.diagrams"}

BLOCK = re.compile(r"(?:^<!-- from (\S+) -->\n+)?^```cpp\n(.*?)^```", re.DOTALL | re.MULTILINE)


def squeezed(line):
    return " ".join(line.split())


def pieces_of(block):
    """The runs of lines that stand next to each other."""
    pieces = [[]]
    for line in map(squeezed, block.splitlines()):
        if line in ("", "...", "// ..."):
            pieces.append([])
        else:
            pieces[-1].append(line)
    return [piece for piece in pieces if piece]


def find(piece, lines, start):
    """Where the lines behind a piece begin; None if it is not there."""
    for at in range(start, len(lines) - len(piece) + 1):
        if lines[at:at + len(piece)] == piece:
            return at + len(piece)
    return None


def complaint_about(root, source, block):
    if not source:
        return "does not say which file it is from: <!-- from FILE -->"
    path = root / source
    if not path.is_file():
        return f"is from {source}, which is not there"
    lines = [line for line in map(squeezed, path.read_text(encoding="utf-8").splitlines()) if line]
    at = 0
    for piece in pieces_of(block):
        at = find(piece, lines, at)
        if at is None:
            return f"has lines that {source} does not have in this order, from: {piece[0]}"
    return None


def main():
    root = pathlib.Path(sys.argv[1])
    complaints, seen = [], 0
    for page in sorted((root / "docs").glob("*.md")):
        if page.name in OTHER_TESTS:
            continue
        text = page.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            seen += 1
            line = text.count("\n", 0, match.start()) + 1
            about = complaint_about(root, match.group(1), match.group(2))
            if about:
                complaints.append(f"docs/{page.name}:{line}: the sample {about}")
    print("\n".join(complaints))
    print(f"{seen} samples, {len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
