#!/usr/bin/env python3
"""Runs one case: a file that must not compile, and whose diagnostic must be short and to the point.

  run_case.py CASE.cpp --compiler g++ [--flags FLAG...]

The file says in comments what the diagnostic must hold:

  // expect: [banter C1]        a stable code: in the first line that says `error:`
  // expect: payment::orphan    any other text: somewhere in the diagnostic
  // reject: banter::detail     a text that must not be in it
  // expect: [no code]          for what the language itself refuses: the compiler's own error

and holds its own twin: compiled with -DFIXED the mistake is mended and the file must compile, so that
no case passes because of a mistyped name. Beside that:
the mistake is reported by exactly one `error:`; the whole diagnostic has at most 15 lines on g++ 12
and 20 elsewhere; no line is longer than 400 characters.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys

ERROR = re.compile(r"(?:^|: )(?:fatal )?error: ")
COMMENT = re.compile(r"^\s*//\s*(expect|reject):\s*(.+?)\s*$", re.MULTILINE)
MAX_WIDTH = 400


def line_limit(compiler):
    """15 on g++ 12, which the sentences are laid out for; 20 elsewhere."""
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout
    if "clang" not in version and re.search(r"\b12\.\d+\.\d+\b", version):
        return 15
    return 20


def compile_file(compiler, flags, path, *more):
    command = [compiler, "-std=c++20", "-fsyntax-only", "-fdiagnostics-color=never", *flags, *more, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}, check=False)
    return done.returncode, done.stderr


def judge(expected, rejected, status, text, limit):
    """Complaints about the diagnostic of the broken file."""
    text = text.replace(" &", "&").replace(" *", "*")  # g++ writes context&, clang context &
    lines = text.splitlines()
    errors = [line for line in lines if ERROR.search(line)]
    complaints = []
    if status == 0:
        return ["it compiles"]
    if len(errors) != 1:
        complaints.append(f"{len(errors)} errors instead of one")
    codes = [word for word in expected if word.startswith("[")]
    if not codes:
        complaints.append("no line `// expect: [...]` names the stable code")
    for code in codes:
        if code == "[no code]":
            continue
        if not errors or code not in errors[0]:
            complaints.append(f"the first error does not hold {code}")
    complaints += [f"nowhere in the diagnostic: {word}" for word in expected if word not in codes and word not in text]
    complaints += [f"must not be in the diagnostic: {word}" for word in rejected if word in text]
    if len(lines) > limit:
        complaints.append(f"{len(lines)} lines, more than {limit}")
    wide = max((len(line) for line in lines), default=0)
    if wide > MAX_WIDTH:
        complaints.append(f"a line of {wide} characters, more than {MAX_WIDTH}")
    return complaints


def run_case(compiler, flags, path):
    """All complaints about a case, and the diagnostic of the broken file."""
    comments = COMMENT.findall(path.read_text(encoding="utf-8"))
    expected = [word for kind, word in comments if kind == "expect"]
    rejected = [word for kind, word in comments if kind == "reject"]
    status, text = compile_file(compiler, flags, path)
    complaints = judge(expected, rejected, status, text, line_limit(compiler))
    status, twin = compile_file(compiler, flags, path, "-DFIXED")
    if status != 0:
        complaints.append("the mended twin (-DFIXED) does not compile:\n" + "\n".join(twin.splitlines()[:30]))
    return complaints, text


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--compiler", required=True)
    options.add_argument("--flags", nargs=argparse.REMAINDER, default=[])
    options.add_argument("case", type=pathlib.Path)
    given = options.parse_args()
    complaints, text = run_case(given.compiler, given.flags, given.case)
    print(text, end="")
    print(f"-- {given.case.name}, {given.compiler}: {len(text.splitlines())} lines, "
          f"longest {max((len(line) for line in text.splitlines()), default=0)} characters")
    for complaint in complaints:
        print("--", complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
