#!/usr/bin/env python3
"""Searches the headers for the words of run-time dispatch: there are none, comments included.

  check_no_erasure.py INCLUDE_DIR
  check_no_erasure.py --self-test
"""
import pathlib
import re
import sys

FORBIDDEN = re.compile(r"\bvirtual\b|\bstd\s*::\s*(move_only_)?function\b|<functional>.*function|\bboost\s*::\s*function\b")


def search(name, text):
    return [f"{name}:{number}: {line.strip()}"
            for number, line in enumerate(text.splitlines(), 1) if FORBIDDEN.search(line)]


def self_test():
    found = ["    virtual void run();", "std::function<void()> f;", "std :: function<void()> f;",
             "std::move_only_function<void()> f;"]
    passed = ["// virtually free", "std::functional_thing f;", "#include <functional>", "run_function f;"]
    wrong = [s for s in found if not search("", s)] + [s for s in passed if search("", s)]
    for line in wrong:
        print("wrongly judged:", line)
    return 1 if wrong else 0


def main():
    if sys.argv[1] == "--self-test":
        return self_test()
    root = pathlib.Path(sys.argv[1])
    hits, count = [], 0
    for path in sorted(root.rglob("*.[hi]pp")):
        count += 1
        hits += search(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    for line in hits:
        print(line)
    print(f"{count} files, {len(hits)} hits")
    return 1 if hits or not count else 0


if __name__ == "__main__":
    sys.exit(main())
