#!/usr/bin/env python3
"""Keeps docs/examples.md true: every example is in it, each with the diagram that it prints itself.

  check_diagrams.py SOURCE_FOLDER FOLDER_OF_THE_BUILT_EXAMPLES [--write]

In the page stands `<!-- diagram: NAME -->`, and up to `<!-- end -->` what this script writes there. Without
--write it compares, and fails on a difference.
"""
import difflib
import pathlib
import re
import subprocess
import sys

# Programs that print none, and why.
WITHOUT_DIAGRAM = {"customwebhookbot": "its loop is its own", "passportbot": "it does not start without its key",
                   "rawapibot": "it has no flow"}

PART = re.compile(r"<!-- diagram: (\w+) -->\n.*?<!-- end -->\n", re.DOTALL)


def part_for(name, programs):
    done = subprocess.run([programs / name, "--diagram", "mermaid"], capture_output=True, text=True, timeout=60,
                          env={}, check=False)
    if done.returncode != 0:
        sys.exit(f"{name} --diagram mermaid: exit code {done.returncode}\n{done.stderr}")
    return f"<!-- diagram: {name} -->\n```mermaid\n{done.stdout}```\n<!-- end -->\n"


def main():
    arguments = [one for one in sys.argv[1:] if one != "--write"]
    root, programs = map(pathlib.Path, arguments)
    path = root / "docs" / "examples.md"
    page = path.read_text(encoding="utf-8")
    wanted = {one.stem for one in (root / "examples").glob("*.cpp")} - set(WITHOUT_DIAGRAM)
    drawn = [name for name in PART.findall(page)]
    if sorted(drawn) != sorted(wanted):
        print(f"docs/examples.md has diagrams of {sorted(drawn)}; the examples are {sorted(wanted)}")
        return 1
    true_page = PART.sub(lambda part: part_for(part.group(1), programs), page)
    if "--write" in sys.argv:
        path.write_text(true_page, encoding="utf-8")
        return 0
    sys.stdout.writelines(difflib.unified_diff(page.splitlines(True), true_page.splitlines(True),
                                               "docs/examples.md", "what the examples print"))
    if page != true_page:
        print(f"renew it: {sys.argv[0]} {root} {programs} --write")
    return 0 if page == true_page else 1


if __name__ == "__main__":
    sys.exit(main())
