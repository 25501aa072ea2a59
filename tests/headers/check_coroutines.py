#!/usr/bin/env python3
"""Searches our own coroutines for the shapes that g++ 12 miscompiles (README, Compilers).

  check_coroutines.py INCLUDE_DIR
  check_coroutines.py --self-test

In a statement with co_await there is no condition, no lambda, no brace and no conditional operator.
"""
import pathlib
import re
import sys

# What is no code: comments and literals. The line breaks in them stay.
NO_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)
AWAIT = re.compile(r"\bco_await\b")


def blank(match):
    return "\n" * match.group(0).count("\n")


def statement_end(text, start):
    """Where the statement that holds `start` ends: at its semicolon, or at the bracket of a condition."""
    depth = 0
    for at in range(start, len(text)):
        character = text[at]
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == ";" and depth <= 0:
            return at
    return len(text)


def faults_of(before, after):
    """`before`: from the statement's beginning to co_await; `after`: from there to its end."""
    found = []
    for keyword in re.finditer(r"\b(if|while|switch)\s*\(", before):
        inside = before[keyword.end() - 1:]
        if inside.count("(") > inside.count(")"):
            found.append("a condition")
    whole = before + after
    if re.search(r"\[[^\[\]]*\]\s*(\([^()]*\)\s*)?(mutable\s*)?(->[^{;]*)?\{", after):
        found.append("a lambda")
    elif "{" in after:
        found.append("braces")
    if re.search(r"(?<!\?)\?(?!\?)", whole):
        found.append("a conditional operator")
    return found


def search(name, source):
    text, hits = NO_CODE.sub(blank, source), []
    for match in AWAIT.finditer(text):
        begin = max(text.rfind(mark, 0, match.start()) for mark in ";{}") + 1
        end = statement_end(text, match.start())
        line = text.count("\n", 0, match.start()) + 1
        faults = faults_of(text[begin:match.start()], text[match.start():end])
        hits += [f"{name}:{line}: {fault} in a statement with co_await" for fault in faults]
    return hits


def self_test():
    bad = ["if (co_await f()) g();", "auto x = c ? co_await a() : co_await b();", "co_await f(c ? a : b);",
           "co_await f([t] { g(); });", "co_await f([=](int i) mutable { g(i); });", "co_await f({1, 2});",
           "co_await api(send_message{.chat_id = 1});", "while ((co_await f()) != 3) {}",
           "switch (co_await f()) { default: break; }"]
    good = ["co_await f();", "bool b = co_await f(); if (b) g();", "// if (co_await f())\nco_await f();",
            "auto [a, b] = co_await f(x[0]);", 'co_await f("{?");', "if (b) co_await f();", "if (b) { co_await f(); }",
            "co_return co_await f(std::move(a));", "for (auto& x : xs) co_await f(x);", "else { co_await f(); } }"]
    wrong = [s for s in bad if not search("", s)] + [s for s in good if search("", s)]
    for line in wrong:
        print("wrongly judged:", line, search("", line))
    return 1 if wrong else 0


def main():
    if sys.argv[1] == "--self-test":
        return self_test()
    root, hits, count = pathlib.Path(sys.argv[1]), [], 0
    for path in sorted(root.rglob("*.[hi]pp")):
        count += 1
        hits += search(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    for line in hits:
        print(line)
    print(f"{count} files, {len(hits)} hits")
    return 1 if hits or not count else 0


if __name__ == "__main__":
    sys.exit(main())
