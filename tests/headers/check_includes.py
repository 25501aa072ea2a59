#!/usr/bin/env python3
"""Checks how the headers under include/ include each other.

  check_includes.py INCLUDE_DIR

- Rooms are used one way: telegram -> flow -> storage -> net -> testkit -> run.hpp -> banter.hpp.
- Every included file of ours exists, and no chain of includes leads back to where it began
  (a header and its own .ipp, which include each other on purpose, count as one file).
- Every impl/*.ipp is reached from banter/src.hpp, and begins with #pragma once.
- A header includes .ipp files only where BANTER_SEPARATE_COMPILATION is not defined.
- No header includes src.hpp, and no header includes <boost/hana.hpp> as a whole.
"""
import pathlib
import re
import sys

ROOMS = ["base", "telegram", "flow", "storage", "net", "testkit", "run", "all"]
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
# Small headers that belong to no room, or that a later room's folder lends to every room.
SHARED = {"banter/config.hpp": "base", "banter/flow/fixed_string.hpp": "base"}


def room_of(path):
    """The room of a path such as banter/flow/state.hpp."""
    if path in SHARED:
        return SHARED[path]
    parts = path.replace("/impl/", "/").split("/")
    if len(parts) > 2:
        return parts[1]
    name = parts[1].rsplit(".", 1)[0]
    if name in ("banter", "src"):
        return "all"
    return name if name in ROOMS else "base"


def read(root):
    """Each file of ours with its lines of the form (line number, kind of quote, included path, guarded)."""
    files = {}
    for path in sorted(root.rglob("*")):
        if path.suffix not in (".hpp", ".ipp"):
            continue
        found, depth, guard = [], 0, None
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            directive = re.match(r"\s*#\s*(\w+)(.*)", line)
            if directive:
                word, rest = directive.groups()
                if word in ("if", "ifdef", "ifndef"):
                    depth += 1
                    if word == "ifndef" and rest.split()[0] == "BANTER_SEPARATE_COMPILATION":
                        guard = depth
                elif word in ("else", "elif") and guard == depth:
                    guard = None
                elif word == "endif":
                    if guard == depth:
                        guard = None
                    depth -= 1
            include = INCLUDE.match(line)
            if include:
                found.append((number, include.group(1), include.group(2), guard is not None))
        files[path.relative_to(root).as_posix()] = (text, found)
    return files


def group_of(path):
    """A header and its own bodies are one file as far as circles are concerned."""
    return re.sub(r"/impl/", "/", path).rsplit(".", 1)[0]


def find_circle(graph):
    state, stack = {}, []

    def visit(node):
        state[node] = 1
        stack.append(node)
        for target in sorted(graph.get(node, ())):
            if state.get(target) == 1:
                return stack[stack.index(target):] + [target]
            if target not in state:
                circle = visit(target)
                if circle:
                    return circle
        stack.pop()
        state[node] = 2
        return None

    for node in sorted(graph):
        if node not in state:
            circle = visit(node)
            if circle:
                return circle
    return None


def check(root):
    """All complaints, as lines of text."""
    files = read(root)
    complaints, graph = [], {}
    for path, (text, includes) in files.items():
        room = room_of(path)
        if room not in ROOMS:
            complaints.append(f"{path}: the folder {room} is no room (rooms: {', '.join(ROOMS)})")
            continue
        if "#pragma once" not in text:
            complaints.append(f"{path}: #pragma once is missing")
        for number, quote, target, guarded in includes:
            where = f"{path}:{number}"
            if quote == '"':
                complaints.append(f'{where}: includes "{target}"; write <banter/...>')
                continue
            if target == "boost/hana.hpp":
                complaints.append(f"{where}: includes the whole of Hana; name the parts")
            if not target.startswith("banter/"):
                continue
            if target not in files:
                complaints.append(f"{where}: includes {target}, which does not exist")
                continue
            target_room = room_of(target)
            if target_room in ROOMS and ROOMS.index(target_room) > ROOMS.index(room):
                complaints.append(f"{where}: the room {room} must not include {target} (room {target_room})")
            if target == "banter/src.hpp":
                complaints.append(f"{where}: includes src.hpp, which is for users' files")
            if target.endswith(".ipp") and path.endswith(".hpp") and path != "banter/src.hpp" and not guarded:
                complaints.append(f"{where}: includes a body outside #ifndef BANTER_SEPARATE_COMPILATION")
            if group_of(path) != group_of(target):
                # Bodies that come last in their header are no dependency of the header.
                source = path if path.endswith(".ipp") else group_of(path)
                if not target.endswith(".ipp"):
                    graph.setdefault(source, set()).add(group_of(target))
    circle = find_circle(graph)
    if circle:
        complaints.append("a circle of includes: " + " -> ".join(circle))

    bodies = {path for path in files if path.endswith(".ipp")}
    if bodies:
        reached, pending = set(), ["banter/src.hpp"]
        while pending:
            path = pending.pop()
            if path in reached or path not in files:
                continue
            reached.add(path)
            # With BANTER_SEPARATE_COMPILATION, guarded includes are not there.
            pending += [target for _, _, target, guarded in files[path][1] if not guarded]
        for path in sorted(bodies - reached):
            complaints.append(f"{path}: not reached from banter/src.hpp")
    return complaints


def main():
    root = pathlib.Path(sys.argv[1])
    complaints = check(root)
    for line in complaints:
        print(line)
    print(f"{len(read(root))} files, {len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
