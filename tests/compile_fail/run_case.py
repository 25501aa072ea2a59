#!/usr/bin/env python3
"""Runs one case: a file that must not compile, and whose diagnostic must be short and to the point.

  run_case.py CASE.cpp --compiler g++ [--precompiled FOLDER] [--flags FLAG...]
  run_case.py --compiler g++ --precompiled FOLDER [--flags FLAG...]

The file says in comments what the diagnostic must hold:

  // expect: [banter C1]        a stable code: in the first line that says `error:`
  // expect: payment::orphan    any other text: somewhere in the diagnostic
  // reject: banter::detail     a text that must not be in it
  // expect: [no code]          for what the language itself refuses: the compiler's own error

and holds its own twin: compiled with -DFIXED the mistake is mended and the file must compile, so that
no case passes because of a mistyped name. Beside that:
the mistake is reported by exactly one `error:`; the whole diagnostic has at most 15 lines on g++ 12
and 20 elsewhere; no line is longer than 400 characters, not counting where the library lies.
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
ROOT = pathlib.Path(__file__).resolve().parents[2]


def line_limit(compiler):
    """15 on g++ 12, which the sentences are laid out for; 20 elsewhere."""
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout
    if "clang" not in version and re.search(r"\b12\.\d+\.\d+\b", version):
        return 15
    return 20


def is_clang(compiler):
    return "clang" in os.path.basename(compiler)


def precompile(compiler, flags, folder):
    """flow.hpp, for the cases that begin with it: a fifth of their time."""
    out = folder / ("flow.pch" if is_clang(compiler) else "banter/flow.hpp.gch")
    out.parent.mkdir(parents=True, exist_ok=True)
    source = folder / "flow_only.hpp"
    source.write_text("#include <banter/flow.hpp>\n")
    header = source if is_clang(compiler) else ROOT / "include/banter/flow.hpp"
    subprocess.run([compiler, "-std=c++20", *flags, "-x", "c++-header", str(header), "-o", str(out)], check=True)


def precompiled_flags(compiler, folder, path):
    """What makes a case use it; nothing where it does not begin with flow.hpp."""
    first = re.search(r"^#include (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    if folder is None or not first or first.group(1) != "<banter/flow.hpp>":
        return []
    return ["-include-pch", str(folder / "flow.pch")] if is_clang(compiler) else ["-I", str(folder)]


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
    wide = max((len(line.replace(f"{ROOT}/", "")) for line in lines), default=0)
    if wide > MAX_WIDTH:
        complaints.append(f"a line of {wide} characters, more than {MAX_WIDTH}")
    return complaints


def run_case(compiler, flags, path, folder=None):
    """All complaints about a case, and the diagnostic of the broken file."""
    ready = precompiled_flags(compiler, folder, path)
    flags = [*ready, *flags]
    comments = COMMENT.findall(path.read_text(encoding="utf-8"))
    expected = [word for kind, word in comments if kind == "expect"]
    rejected = [word for kind, word in comments if kind == "reject"]
    status, text = compile_file(compiler, flags, path)
    # The line that says where flow.hpp was included from is missing in what was compiled before.
    complaints = judge(expected, rejected, status, text, line_limit(compiler) - bool(ready))
    status, twin = compile_file(compiler, flags, path, "-DFIXED")
    if status != 0:
        complaints.append("the mended twin (-DFIXED) does not compile:\n" + "\n".join(twin.splitlines()[:30]))
    return complaints, text


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--compiler", required=True)
    options.add_argument("--flags", nargs=argparse.REMAINDER, default=[])
    options.add_argument("--precompiled", type=pathlib.Path, help="where flow.hpp is kept, compiled")
    options.add_argument("case", type=pathlib.Path, nargs="?", help="none: compile flow.hpp for the others")
    given = options.parse_args()
    if given.case is None:
        precompile(given.compiler, given.flags, given.precompiled)
        return 0
    complaints, text = run_case(given.compiler, given.flags, given.case, given.precompiled)
    print(text, end="")
    print(f"-- {given.case.name}, {given.compiler}: {len(text.splitlines())} lines, "
          f"longest {max((len(line) for line in text.splitlines()), default=0)} characters")
    for complaint in complaints:
        print("--", complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
