#!/usr/bin/env python3
"""Looks through a program's symbols for virtual tables of ours.

  check_no_vtable.py --nm NM PROGRAM

A type that is thrown has a virtual table because std::exception has one, and an error category
because boost::system::error_category has one: those are named below, and no other type of ours may
have any. Virtual tables of the libraries that we use are not ours, even where a type of ours is among
their template arguments.
"""
import re
import subprocess
import sys

# What extends the standard's or Boost's interfaces for errors, none of it on the path of an update.
ERRORS = {
    "banter::api_error",
    "banter::bad_match",
    "banter::decode_error",
    "banter::init_data_error",
    "banter::limit_error",
    "banter::missing_co_return",
    "banter::network_error",
    "banter::net::setting_error",
    "banter::net::detail::net_category",
    "banter::passport::passport_error",
    "banter::testkit::impossible",
}


def tables(symbols):
    """The classes of ours that have a virtual table, from nm's demangled output."""
    return {match.group(1) for line in symbols.splitlines()
            if (match := re.search(r" (?:vtable|VTT|construction vtable) for (banter::.*)$", line))}


def self_test():
    sample = ("0000000000000001 V vtable for banter::flow_base\n"
              "0000000000000002 V vtable for banter::api_error\n"
              "0000000000000003 V vtable for boost::asio::detail::op<banter::task<int> >\n")
    assert tables(sample) == {"banter::flow_base", "banter::api_error"}


def main():
    self_test()
    nm, program = sys.argv[2], sys.argv[3]
    symbols = subprocess.run([nm, "--demangle", program], check=True, capture_output=True, text=True).stdout
    count = len(symbols.splitlines())
    if not re.search(r"\bbanter::", symbols):
        print(f"{program}: none of its {count} symbols is ours; is it stripped?")
        return 1
    ours = sorted(tables(symbols) - ERRORS)
    for name in ours:
        print("virtual table for", name)
    print(f"{count} symbols, {len(ours)} virtual tables of ours beside those of errors")
    return 1 if ours else 0


if __name__ == "__main__":
    sys.exit(main())
