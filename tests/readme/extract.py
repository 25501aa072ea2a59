#!/usr/bin/env python3
"""Writes each C++ program that the README shows into a file of its own.

  extract.py README.md FOLDER

A program is a block marked ```cpp that has a main(); a block without one is shown in the text only to
explain a piece of a program, and goes to no file.
"""
import pathlib
import re
import sys


def main():
    text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {}
    for block in re.findall(r"^```cpp\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        if re.search(r"\bmain\s*\(", block):
            wanted[f"program_{len(wanted) + 1}.cpp"] = block
    for path in folder.glob("*.cpp"):
        if path.name not in wanted:
            path.unlink()
    for name, block in wanted.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != block:
            path.write_text(block, encoding="utf-8")


if __name__ == "__main__":
    main()
