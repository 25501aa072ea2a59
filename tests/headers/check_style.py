#!/usr/bin/env python3
"""The few rules of style that a script can see.

  check_style.py SOURCE_FOLDER

C++ files: at most 600 lines and 120 columns (100 is the aim), no tabs, no blanks at a line's end, one newline at the
file's end, no `using namespace` in a header. Generated files are exempt from both limits.
"""
import pathlib
import re
import sys

FOLDERS = ("include", "src", "examples", "tests", "benchmarks")
MAX_LINES, MAX_COLUMNS = 600, 120


def check(name, text):
    generated = "/generated/" in name
    lines = text.splitlines()
    found = []
    if not generated and len(lines) > MAX_LINES:
        found.append(f"{name}: {len(lines)} lines")
    if text and (not text.endswith("\n") or text.endswith("\n\n")):
        found.append(f"{name}: one newline belongs at the end")
    for number, line in enumerate(lines, 1):
        where = f"{name}:{number}"
        if not generated and len(line) > MAX_COLUMNS:
            found.append(f"{where}: {len(line)} columns")
        if "\t" in line:
            found.append(f"{where}: a tab")
        if line != line.rstrip():
            found.append(f"{where}: blanks at the end")
        if name.startswith("include/") and re.match(r"using namespace\b", line):
            found.append(f"{where}: using namespace in a header")
    return found


def main():
    root, found, count = pathlib.Path(sys.argv[1]), [], 0
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.[hic]pp")):
            count += 1
            found += check(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    for line in found:
        print(line)
    print(f"{count} files, {len(found)} complaints")
    return 1 if found or not count else 0


if __name__ == "__main__":
    sys.exit(main())
