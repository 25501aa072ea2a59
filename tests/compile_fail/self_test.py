#!/usr/bin/env python3
"""Shows that run_case.py passes a good case and fails for each reason that it has to fail for.

  self_test.py COMPILER

The cases are written here and use nothing of the library.
"""
import pathlib
import sys
import tempfile

import run_case

# A diagnostic as ours are laid out: one assertion on a named condition in a class template.
HEAD = """
namespace shop {{
struct orphan {{}};
template <class S> inline constexpr bool reachable = false;
template <class S> struct unreachable {{
    static_assert(reachable<S>, "{sentence}");
}};
template <class S> inline constexpr bool verify = sizeof(unreachable<S>) > 0;
}}
"""
USE = "#ifndef FIXED\nstatic_assert(shop::verify<shop::orphan>);\n#endif\n"
GOOD = HEAD.format(sentence="[banter C1] no entry point leads to this state")
EXPECT = "// expect: [banter C1]\n// expect: shop::orphan\n"

# A chain of instantiations, each of which costs a line of the backtrace. Each has a name of its own,
# because g++ folds a template that needs itself.
DEEP = "template <class S> struct link0 { static constexpr bool value = shop::verify<S>; };\n" + "".join(
    f"template <class S> struct link{i} {{ static constexpr bool value = link{i - 1}<S>::value; }};\n"
    for i in range(1, 21))
DEEP_FLAGS = ["-ftemplate-backtrace-limit=0"]

CASES = [
    ("a good case", EXPECT + GOOD + USE, None),
    ("no mistake", EXPECT + GOOD, "it compiles"),
    ("another code", "// expect: [banter C2]\n" + GOOD + USE, "does not hold [banter C2]"),
    ("no code", "// expect: shop::orphan\n" + GOOD + USE, "names the stable code"),
    ("a missing name", EXPECT + "// expect: shop::other\n" + GOOD + USE, "nowhere in the diagnostic: shop::other"),
    ("an unwanted name", EXPECT + "// reject: unreachable\n" + GOOD + USE, "must not be in the diagnostic"),
    ("two errors", EXPECT + GOOD + USE + "#ifndef FIXED\nint other = undeclared;\n#endif\n", "2 errors"),
    ("another error first", EXPECT + GOOD + "#ifndef FIXED\nint other = undeclared;\n#endif\n" + USE,
     "the first error does not hold"),
    ("a mistyped name", "// expect: [banter C1]\n" + GOOD + "bool b = shop::verified<shop::orphan>;\n", "the mended twin"),
    ("a twin that is broken too", EXPECT + GOOD + USE.replace("#ifndef FIXED", "#if 1"), "the mended twin"),
    ("too many lines", EXPECT + GOOD + DEEP + "#ifndef FIXED\nstatic_assert(link20<shop::orphan>::value);\n#endif\n", "lines, more than"),
    ("a long line", EXPECT + HEAD.format(sentence="[banter C1] " + "very " * 90 + "long") + USE, "characters, more than 400"),
]


def main():
    compiler, failures = sys.argv[1], []
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "case.cpp"
        for name, text, reason in CASES:
            path.write_text(text, encoding="utf-8")
            complaints, diagnostic = run_case.run_case(compiler, DEEP_FLAGS, path)
            right = any(reason in line for line in complaints) if reason else not complaints
            print("ok  " if right else "BAD ", name)
            if not right:
                failures.append(name)
                print(diagnostic, *complaints, sep="\n")
    print(f"{len(CASES)} cases, {len(failures)} wrong, {compiler}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
