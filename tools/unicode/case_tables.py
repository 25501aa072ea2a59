#!/usr/bin/env python3
"""Writes the tables that upper_case(), lower_case() and plain_number() read, out of Python's Unicode database.

case_tables.py  writes include/banter/flow/generated/case_tables.hpp and digit_tables.hpp

Python 3.13 has Unicode 15.1, which is what is committed. Older ones know fewer letters, so no test runs this.
"""
import pathlib
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "include/banter/flow/generated"
FINAL_SIGMA = "\u03c2"
CHARACTERS = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]


def mapped_ranges(change):
    """[first, last, step, delta]: runs of letters, one or two apart, that move equally far."""
    runs = []
    for char in CHARACTERS:
        other = change(char)
        if len(other) != 1 or other == char:
            continue
        code, delta = ord(char), ord(other) - ord(char)
        if runs:
            run = runs[-1]
            gap = code - run[1]
            if run[3] == delta and gap <= 2 and (run[0] == run[1] or run[2] == gap):
                run[1], run[2] = code, gap
                continue
        runs.append([code, code, 1, delta])
    return runs


def ranges_of(belongs):
    runs = []
    for char in CHARACTERS:
        if not belongs(char):
            continue
        code = ord(char)
        if runs and runs[-1][1] + 1 == code:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return runs


def is_cased(char):
    return (char + "\u03a3").lower().endswith(FINAL_SIGMA)


def is_ignorable(char):
    return not is_cased(char) and ("A" + char + "\u03a3").lower().endswith(FINAL_SIGMA)


def written(entries):
    lines, line = [], "   "
    for entry in entries:
        text = " {" + ", ".join(entry) + "},"
        if len(line) + len(text) > 99:
            lines.append(line)
            line = "   "
        line += text
    return "\n".join(lines + [line])


def table(kind, name, entries):
    return f"inline constexpr {kind} {name}[] = {{\n{written(entries)}\n}};\n"


def mapping(name, change):
    return table("case_range", name, [(hex(a), hex(b), str(c), str(d)) for a, b, c, d in mapped_ranges(change)])


def digit_tables():
    zeros = [c for c in CHARACTERS if unicodedata.category(c) == "Nd" and unicodedata.decimal(c) == 0]
    assert all(unicodedata.decimal(chr(ord(zero) + 9)) == 9 for zero in zeros)
    lines, line = [], "   "
    for zero in zeros:
        text = f" {hex(ord(zero))},"
        if len(line) + len(text) > 99:
            lines.append(line)
            line = "   "
        line += text
    rows = "\n".join(lines + [line])
    return f"""// Written by tools/unicode/case_tables.py: decimal digits in Unicode {unicodedata.unidata_version}.
#pragma once

#include <cstdint>

namespace banter::detail {{

/// The zeros of all scripts; behind each stand its one to nine.
inline constexpr std::uint32_t digit_zeros[] = {{
{rows}
}};

}}  // namespace banter::detail
"""


def case_tables():
    long_upper = [(hex(ord(c)), '"' + "".join(f"\\x{byte:02x}" for byte in c.upper().encode()) + '"')
                  for c in CHARACTERS if len(c.upper()) > 1]
    members = {"cased": is_cased, "case_ignorable": is_ignorable}
    text = f"""// Written by tools/unicode/case_tables.py: upper and lower case in Unicode {unicodedata.unidata_version}.
#pragma once

#include <cstdint>

namespace banter::detail {{

/// The letters from first to last, one in step of them, move by delta to the other case.
struct case_range {{
    std::uint32_t first, last;
    std::int32_t step, delta;
}};
{mapping("upper_ranges", str.upper)}
{mapping("lower_ranges", str.lower)}
/// Letters that become several ones in upper case, as UTF-8. (In lower case only U+0130 does.)
struct long_upper {{
    std::uint32_t letter;
    const char* upper;
}};
{table("long_upper", "long_uppers", long_upper)}
/// Unicode's properties Cased (without what is ignorable) and Case_Ignorable.
struct code_range {{
    std::uint32_t first, last;
}};
"""
    for name, belongs in members.items():
        text += table("code_range", f"{name}_ranges", [(hex(a), hex(b)) for a, b in ranges_of(belongs)])
    text += "\n}  // namespace banter::detail\n"
    return text


def main():
    for name, text in {"case_tables.hpp": case_tables(), "digit_tables.hpp": digit_tables()}.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print("wrote", (FOLDER / name).relative_to(ROOT))


if __name__ == "__main__":
    main()
