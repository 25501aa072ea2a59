#!/usr/bin/env python3
"""Breaks each rule of check_includes.py once, in a small tree of its own, and sees it complain."""
import pathlib
import sys
import tempfile

import check_includes

GOOD = {
    "banter/config.hpp": "#pragma once\n",
    "banter/src.hpp": (
        "#pragma once\n#include <banter/telegram/impl/text.ipp>\n#include <banter/impl/run.ipp>\n"),
    "banter/telegram/text.hpp": (
        "#pragma once\n#include <banter/config.hpp>\n"
        "#ifndef BANTER_SEPARATE_COMPILATION\n#include <banter/telegram/impl/text.ipp>\n#endif\n"),
    "banter/telegram/impl/text.ipp": "#pragma once\n#include <banter/telegram/text.hpp>\n",
    "banter/flow/state.hpp": "#pragma once\n#include <banter/telegram/text.hpp>\n",
    "banter/run.hpp": (
        "#pragma once\n#include <banter/flow/state.hpp>\n"
        "#ifndef BANTER_SEPARATE_COMPILATION\n#include <banter/impl/run.ipp>\n#endif\n"),
    "banter/impl/run.ipp": "#pragma once\n#include <banter/run.hpp>\n#include <banter/testkit/app.hpp>\n",
    "banter/testkit/app.hpp": "#pragma once\n",
    "banter/banter.hpp": "#pragma once\n#include <banter/run.hpp>\n",
}
# What is changed in the good tree, and a piece of the complaint.
CASES = [
    ({"banter/telegram/kinds.hpp": "#pragma once\n#include <banter/flow/state.hpp>\n"}, "must not include"),
    ({"banter/flow/a.hpp": "#pragma once\n#include <banter/flow/b.hpp>\n",
      "banter/flow/b.hpp": "#pragma once\n#include <banter/flow/a.hpp>\n"}, "circle"),
    ({"banter/net/impl/pool.ipp": "#pragma once\n"}, "not reached"),
    ({"banter/telegram/text.hpp": "#pragma once\n#include <banter/telegram/impl/text.ipp>\n"}, "outside #ifndef"),
    ({"banter/flow/a.hpp": "#pragma once\n#include <banter/flow/missing.hpp>\n"}, "does not exist"),
    ({"banter/flow/a.hpp": "#include <banter/config.hpp>\n"}, "#pragma once"),
    ({"banter/flow/a.hpp": '#pragma once\n#include "state.hpp"\n'}, "write <banter/"),
    ({"banter/flow/a.hpp": "#pragma once\n#include <boost/hana.hpp>\n"}, "Hana"),
    ({"banter/flow/a.hpp": "#pragma once\n#include <banter/src.hpp>\n"}, "src.hpp"),
    ({"banter/cellar/a.hpp": "#pragma once\n"}, "no room"),
]


def complaints_of(tree):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, text in tree.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        return check_includes.check(root)


def main():
    failures = []
    if complaints_of(GOOD):
        failures.append(f"the good tree: {complaints_of(GOOD)}")
    for change, piece in CASES:
        found = complaints_of(GOOD | change)
        if not any(piece in line for line in found):
            failures.append(f"{sorted(change)}: expected '{piece}', got {found}")
    for line in failures:
        print(line)
    print(f"{len(CASES) + 1} trees, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
