#!/usr/bin/env python3
"""Compares what the README says with the files that it speaks of.

  check_facts.py SOURCE_FOLDER
"""
import json
import pathlib
import re
import sys


def main():
    root = pathlib.Path(sys.argv[1])
    readme = (root / "README.md").read_text(encoding="utf-8")
    complaints = []

    line = re.search(r"apt-get install (?:[^\n]*\\\n)*[^\n]*", readme).group(0)
    named = {word for word in line.replace("\\\n", " ").split()[2:] if not word.startswith("-")}
    script = (root / "tools/dev").read_text(encoding="utf-8")
    installed = set(re.search(r"^packages=\((.*?)^\)", script, re.DOTALL | re.MULTILINE).group(1).split())
    if named != installed:
        complaints.append(f"packages: only in the README {sorted(named - installed)}, only in tools/dev {sorted(installed - named)}")

    presets = json.loads((root / "CMakePresets.json").read_text(encoding="utf-8"))
    for kind in ("configurePresets", "buildPresets", "testPresets"):
        names = {preset["name"] for preset in presets[kind]}
        missing = {"release", "debug", "asan", "clang"} - names
        if missing:
            complaints.append(f"{kind} lacks {sorted(missing)}")

    ci = (root / ".ci/run").read_text(encoding="utf-8")
    if "\ntools/dev test\n" not in readme or "\ntools/dev test\n" not in ci:
        complaints.append("the README's test command and the one that .ci/run runs are both `tools/dev test`")

    for target in re.findall(r"\]\(([^)#]+)\)", readme):
        if "://" not in target and not (root / target).exists():
            complaints.append(f"a link leads nowhere: {target}")

    version = re.search(r"project\(banter VERSION (\d+\.\d+)", (root / "CMakeLists.txt").read_text(encoding="utf-8")).group(1)
    if f"find_package(banter {version} " not in readme:
        complaints.append(f"find_package in the README does not ask for {version}")

    # A diagnostic that is shown is one that a case in tests/compile_fail promises.
    cases = "".join(path.read_text(encoding="utf-8") for path in (root / "tests/compile_fail/cases").glob("*.cpp"))
    for code in re.findall(r"\[banter C\d+\]", readme):
        if f"expect: {code}" not in cases:
            complaints.append(f"the README shows {code}, which no case in tests/compile_fail expects")

    for complaint in complaints:
        print(complaint)
    print(f"{len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
