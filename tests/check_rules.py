#!/usr/bin/env python3
"""Compares tests/rules.md with the tests that it speaks of.

  check_rules.py SOURCE_FOLDER

Every rule of the list has one line, and each of the twenty complaints. The last column names tests, in
`backticks`: each is the full name of a test case, or a file of tests/compile_fail/cases (without .cpp). A
line that names none says why in the column before: "cannot occur" or "later". Every test case that is named
after a rule ("R44: ...", "R52, R53: ...") stands in the line of that rule.
"""
import pathlib
import re
import sys

RULES = [*range(1, 19), *range(20, 64), *range(64, 79), *range(80, 84), *range(90, 99), *range(100, 103)]
CASE = re.compile(r'^(?:TEST_CASE|TEST_CASE_TEMPLATE)\(\s*"((?:[^"\\]|\\.)*)"', re.MULTILINE)
NAMED = re.compile(r"^(R\d+(?:, R\d+)*):")
QUOTED = re.compile(r"`([^`]+)`")


def main():
    root = pathlib.Path(sys.argv[1])
    page = (root / "tests/rules.md").read_text(encoding="utf-8")
    complaints, where = [], {}
    for path in sorted((root / "tests").rglob("*.cpp")):
        for name in CASE.findall(path.read_text(encoding="utf-8")):
            where.setdefault(name, path.relative_to(root).as_posix())
    cases = {path.stem for path in (root / "tests/compile_fail/cases").glob("*.cpp")}

    lines, complaints_of_users = {}, {}
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if not line.startswith("| ") or len(cells) != 4:
            continue
        table = lines if re.fullmatch(r"R\d+", cells[0]) else complaints_of_users if cells[0].isdigit() else None
        if table is None:
            continue
        if cells[0] in table:
            complaints.append(f"{cells[0]} stands there twice")
        table[cells[0]] = cells

    rules = [f"R{number}" for number in RULES]
    for table, expected in ((lines, rules), (complaints_of_users, [str(n) for n in range(1, 21)])):
        complaints += [f"{first} is missing" for first in expected if first not in table]
        complaints += [f"{first} does not belong there" for first in table if first not in expected]
        for first, cells in table.items():
            named = QUOTED.findall(cells[3])
            complaints += [f"{first}: there is no such test: {name}" for name in named
                           if name not in where and name not in cases]
            if not named and not re.search(r"cannot occur|\blater\b", cells[2]):
                complaints.append(f"{first}: no test is named, and no reason for that")

    for name, path in where.items():
        named = NAMED.match(name)
        for rule in re.findall(r"R\d+", named.group(1)) if named else ():
            if f"`{name}`" not in lines.get(rule, [""])[-1]:
                complaints.append(f"{path}: not in the line of {rule}: {name}")

    for line in complaints:
        print(line)
    print(f"{len(lines)} rules, {len(where)} test cases, {len(complaints)} complaints")
    return 1 if complaints or not where else 0


if __name__ == "__main__":
    sys.exit(main())
