import fnmatch
import os
import shutil


def copy(conanfile, pattern, src, dst):
    for folder, _, names in os.walk(src):
        for name in names:
            relative = os.path.relpath(os.path.join(folder, name), src)
            if fnmatch.fnmatch(relative, pattern):
                target = os.path.join(dst, relative)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                shutil.copy(os.path.join(src, relative), target)


def load(conanfile, path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def rmdir(conanfile, path):
    shutil.rmtree(path, ignore_errors=True)
