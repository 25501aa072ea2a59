#!/usr/bin/env python3
"""Makes the mistake that the README describes in the README's own program, and compares what the
compiler says with what the README says that it says.

  check_error.py README.md COMPILER [FLAG...]
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

# The mistake: this handler ends the conversation instead of asking on.
RIGHT = [("static waiting_age name(", "static end name("), ("return {std::string(input)};", "return {};")]


def block(text, kind):
    return re.search(rf"^```{kind}\n(.*?)^```", text, re.DOTALL | re.MULTILINE).group(1)


def main():
    readme, compiler, *flags = sys.argv[1:]
    text = pathlib.Path(readme).read_text(encoding="utf-8")
    program, shown = block(text, "cpp"), block(text, "text").splitlines()
    for right, wrong in RIGHT:
        if program.count(right) != 1:
            print(f"the program does not hold once: {right}")
            return 1
        program = program.replace(right, wrong)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "signup.cpp"
        path.write_text(program, encoding="utf-8")
        done = subprocess.run([compiler, "-std=c++20", "-fsyntax-only", "-DBANTER_SEPARATE_COMPILATION", *flags, str(path)],
                              capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}, check=False)
    said = [re.sub(r"^[^\s:]+:\d+:\d+: ", "", line) for line in done.stderr.splitlines()]
    missing = [line for line in shown if line not in said]
    if missing:
        print(done.stderr)
    for line in missing:
        print("the compiler does not say:", line)
    return 1 if missing or not shown else 0


if __name__ == "__main__":
    sys.exit(main())
