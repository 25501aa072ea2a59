"""What both recipes' tests need."""
import argparse
import pathlib


def arguments():
    options = argparse.ArgumentParser()
    for name in ("source", "version", "cmake", "generator", "compiler"):
        options.add_argument(f"--{name}", required=True)
    return options.parse_args()


def configure_command(given):
    return [given.cmake, "-G", given.generator, f"-DCMAKE_CXX_COMPILER={given.compiler}", "-DCMAKE_BUILD_TYPE=Release"]


def public_files(source):
    """The headers and bodies that every package must hold, relative to include/."""
    root = pathlib.Path(source) / "include"
    return {path.relative_to(root).as_posix() for path in root.rglob("*.[hi]pp")}


def packaged_files(package):
    root = pathlib.Path(package) / "include"
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


class Checks:
    """Counts what holds and prints what does not."""

    def __init__(self):
        self.failed = self.done = 0

    def __call__(self, truth, sentence):
        self.done += 1
        if not truth:
            self.failed += 1
            print("FAILED:", sentence)

    def exit_code(self):
        print(f"{self.done} checks, {self.failed} failed")
        return 1 if self.failed or not self.done else 0
