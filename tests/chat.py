#!/usr/bin/env python3
"""Chats with a bot through its console.

  chat.py PROGRAM LINE EXPECTED

Sends one line, then end of file; the program must say EXPECTED and exit with 0.
"""
import subprocess
import sys


def main():
    program, line, expected = sys.argv[1:4]
    done = subprocess.run([program, "--console"], input=line + "\n", capture_output=True, text=True, timeout=60, check=False)
    print(done.stdout, done.stderr, sep="")
    if done.returncode != 0:
        print(f"exit code {done.returncode}")
    elif expected not in done.stdout:
        print(f"the bot did not say: {expected}")
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
