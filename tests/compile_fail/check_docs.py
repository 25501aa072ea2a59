#!/usr/bin/env python3
"""Keeps docs/checks.md true: each program in it is a case of this folder, each error what g++ 12 says.

  check_docs.py --compiler g++ [--write] [--flags FLAG...]

In the page stands `<!-- case: NAME -->`, and up to `<!-- end -->` what this script writes there. Without
--write it compares, and fails on a difference. With another compiler than g++ 12 it compares nothing.
"""
import argparse
import difflib
import pathlib
import re
import subprocess
import sys
import tempfile

import run_case

HERE = pathlib.Path(__file__).resolve().parent
PAGE = HERE.parent.parent / "docs" / "checks.md"
PART = re.compile(r"<!-- case: (\w+) -->\n.*?<!-- end -->\n", re.DOTALL)


def broken_program(text):
    """The case without its comments on top and without its mended half."""
    lines, keep = [], [True]
    for line in text.splitlines():
        if line.startswith("#ifndef FIXED"):
            keep.append(True)
        elif line.startswith("#ifdef FIXED"):
            keep.append(False)
        elif line.startswith("#else") and len(keep) > 1:
            keep[-1] = not keep[-1]
        elif line.startswith("#endif") and len(keep) > 1:
            keep.pop()
        elif all(keep) and (lines or not line.startswith("//")):
            lines.append(line)
    return "\n".join(lines) + "\n"


def shortened(diagnostic, folder):
    """Without what leads to the error: included files, the compiler's steps, the quoted library."""
    kept = []
    for line in diagnostic.splitlines():
        line = re.sub(r"auto:\d+", "auto", line.replace(f"{folder}/", ""))
        line = re.sub(r"\S*include/(banter/[\w/.]+):(\d+:\d+:)?", r"\1:", line)
        if line.startswith(("In file included", "      ")) or re.match(r"^ +(from|\d+ \|) |^ +\|", line):
            continue
        if " required from " in line and not line.endswith("required from here"):
            continue
        kept.append(line)
    return "\n".join(kept) + "\n"


def part_for(name, compiler, flags):
    program = broken_program((HERE / "cases" / f"{name}.cpp").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "bot.cpp"
        path.write_text(program, encoding="utf-8")
        status, diagnostic = run_case.compile_file(compiler, flags, path)
        if status == 0:
            sys.exit(f"{name} compiles")
        error = shortened(diagnostic, folder)
    return f"<!-- case: {name} -->\n```cpp\n{program}```\n```text\n{error}```\n<!-- end -->\n"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--compiler", required=True)
    options.add_argument("--write", action="store_true")
    options.add_argument("--flags", nargs=argparse.REMAINDER, default=[])
    given = options.parse_args()
    version = subprocess.run([given.compiler, "--version"], capture_output=True, text=True, check=True).stdout
    if "clang" in version or not re.search(r"\b12\.\d+\.\d+\b", version):
        print("the page shows the errors of g++ 12; this is another compiler")
        return 0
    page = PAGE.read_text(encoding="utf-8")
    true_page = PART.sub(lambda part: part_for(part.group(1), given.compiler, given.flags), page)
    if given.write:
        PAGE.write_text(true_page, encoding="utf-8")
        return 0
    sys.stdout.writelines(difflib.unified_diff(page.splitlines(True), true_page.splitlines(True),
                                               "docs/checks.md", "what the compiler says"))
    return 0 if page == true_page else 1


if __name__ == "__main__":
    sys.exit(main())
