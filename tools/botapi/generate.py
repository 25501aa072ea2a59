#!/usr/bin/env python3
"""Writes the C++ of the Bot API's types and methods from bot_api.json.

generate.py          writes the files
generate.py --check  writes nothing; exits 1 if a file differs from what it would write
"""

import pathlib
import sys

import emit_replies
import emit_tests
import emit_values
import emit_views
from schema import Schema

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
EMITTERS = [emit_views, emit_values, emit_replies, emit_tests]


def generated_files():
    schema = Schema(HERE / "bot_api.json")
    out = {}
    for emitter in EMITTERS:
        out.update(emitter.files(schema))
    return out


def stale(files):
    """The files whose contents are not what they should be."""
    def current(path):
        return path.read_text(encoding="utf-8") if path.exists() else None
    return [name for name, text in files.items() if current(ROOT / name) != text]


def main():
    files = generated_files()
    changed = stale(files)
    if "--check" in sys.argv[1:]:
        for name in changed:
            print(f"{name} is not what tools/botapi/generate.py writes: run it and commit the result")
        return 1 if changed else 0
    for name in changed:
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[name], encoding="utf-8")
        print("wrote", name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
