#!/usr/bin/env python3
"""Plays every recorded scenario of one bot against our program of that name.

  play_scenarios.py NAME PROGRAM DEFAULT_FOLDER

The scenarios, the fake server and the recorded calls are not part of this repository: they are in
the folder that BANTER_ORACLE names, or else in DEFAULT_FOLDER. Where neither exists the exit code is
77 (skipped), with the reason.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77


def main():
    name, program, default = sys.argv[1:4]
    folder = pathlib.Path(os.environ.get("BANTER_ORACLE") or default).resolve()
    if not (folder / "play.py").is_file():
        if os.environ.get("BANTER_ORACLE"):
            print(f"BANTER_ORACLE={folder}, but there is no play.py")
            return 1
        print(f"SKIPPED: no behaviour oracle in {folder}; set BANTER_ORACLE to the folder that holds its play.py")
        return SKIPPED
    scenarios = sorted((folder / "scenarios" / "public").glob(f"{name}.*.json"))
    if not scenarios:
        print(f"no scenario for {name} in {folder}")
        return 1
    failed = []
    with tempfile.TemporaryDirectory() as scratch:
        for path in scenarios:
            golden = folder / "golden" / name / f"{path.stem.split('.', 1)[1]}.json"
            done = subprocess.run(
                [sys.executable, "-B", str(folder / "play.py"), "--bot", program, "--scenario", str(path),
                 "--golden", str(golden), "--show-log"], cwd=scratch, check=False)
            print(f"{path.stem}: {'matches' if done.returncode == 0 else 'DIFFERS'}", flush=True)
            if done.returncode != 0:
                failed.append(path.stem)
    print(f"{len(scenarios)} scenarios, {len(failed)} with differences")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
