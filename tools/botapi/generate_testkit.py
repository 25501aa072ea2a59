#!/usr/bin/env python3
"""Writes include/banter/testkit/generated/methods.hpp: the Bot API's methods and types as the test
kit's fake Telegram needs them (which parameters are required, what a method returns).

    generate_testkit.py            write the file
    generate_testkit.py --check    exit with 1 if the file differs from what would be written

One line of text for each method and each type; testkit/schema.hpp describes their form.
"""
import argparse
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE / "bot_api.json"
TARGET = HERE.parent.parent / "include/banter/testkit/generated/methods.hpp"

HEAD = """// Written by tools/botapi/generate_testkit.py from tools/botapi/bot_api.json; do not edit.
// The methods and types of {version} as the fake Telegram of the test kit reads them. Plain text,
// because a table of 2,800 fields as objects would cost compile time; one literal each with its length,
// because the compiler would count the characters of each line.
#pragma once

#include <string_view>

namespace banter::testkit::generated {{

using std::string_view_literals::operator""sv;

"""


def type_name(name):
    depth = 0
    while name.startswith("Array of "):
        name, depth = name[9:], depth + 1
    return "[" * depth + name + "]" * depth


def field(f):
    text = f["name"] + ("!" if f["required"] else "") + ":" + "|".join(map(type_name, f["types"]))
    if "const" in f:
        text += "=" + str(f["const"])
    elif "values" in f:
        text += "~" + str(f["values"][0])
    if f.get("length", {}).get("max"):
        text += "<" + str(f["length"]["max"])
    return text


def table(name, lines):
    if any(')"' in line for line in lines):
        raise ValueError("a name that would end the raw string")
    return ("// clang-format off\ninline constexpr std::string_view %s = R\"(%s)\"sv;\n// clang-format on\n"
            % (name, "\n".join(lines)))


def render(schema):
    methods, types = [], []
    for name, m in schema["methods"].items():
        words = [name, "|".join(map(type_name, m["returns"]))]
        methods.append(" ".join(words + [field(p) for p in m["params"]]))
    for name, t in schema["types"].items():
        if "subtypes" in t:
            types.append(name + " = " + " ".join(map(type_name, t["subtypes"])))
        else:
            types.append(" ".join([name] + [field(f) for f in t.get("fields", [])]))
    return (HEAD.format(version=schema["version"]) + table("methods", methods) + "\n"
            + table("types", types) + "\n}  // namespace banter::testkit::generated\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--schema", type=pathlib.Path, default=SCHEMA)
    parser.add_argument("--output", type=pathlib.Path, default=TARGET)
    arguments = parser.parse_args()
    text = render(json.loads(arguments.schema.read_text(encoding="utf-8")))
    if arguments.check:
        if not arguments.output.exists() or arguments.output.read_text(encoding="utf-8") != text:
            print(f"{arguments.output} is out of date: run {pathlib.Path(__file__).name}")
            return 1
        return 0
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
