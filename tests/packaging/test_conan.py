#!/usr/bin/env python3
"""Runs conanfile.py against a small double of Conan's interface and looks at the package it makes."""
import importlib.util
import os
import pathlib
import sys
import tempfile

import common

sys.path.insert(0, str(pathlib.Path(__file__).parent / "conan_double"))


def load_recipe(source):
    spec = importlib.util.spec_from_file_location("conanfile", os.path.join(source, "conanfile.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.BanterConan


def main():
    given, check = common.arguments(), common.Checks()
    with tempfile.TemporaryDirectory() as scratch:
        package = pathlib.Path(scratch) / "package"
        recipe = load_recipe(given.source)(
            given.source, os.path.join(scratch, "build"), str(package), common.configure_command(given))
        recipe.set_version()
        recipe.layout()
        recipe.requirements()
        recipe.validate()
        recipe.package_id()
        recipe.generate()
        recipe.package()
        recipe.package_info()

        check(recipe.version == given.version, f"the recipe's version is {recipe.version}, CMake's {given.version}")
        check(recipe.package_type == "header-library", "package_type is header-library")
        check("header-only" in recipe.topics, "the topics say header-only")
        check(recipe.min_cppstd == 20, "C++20 is required")
        check(recipe.info.cleared, "one package id for every setting")
        check({name.split("/")[0] for name in recipe.required} == {"boost", "openssl"}, "Boost and OpenSSL are required")
        for pattern in recipe.exports_sources:
            check(any(pathlib.Path(given.source).glob(pattern)), f"exports_sources names {pattern}, which is nothing")

        check(common.packaged_files(package) == common.public_files(given.source), "the package holds every header")
        check((package / "licenses" / "LICENSE").is_file(), "the licence is in the package")
        check(not list(package.rglob("*.a")) and not list(package.rglob("*.so")), "nothing in the package is compiled")
        check(not list(package.rglob("*-config.cmake")), "Conan writes the config package")

        everything = recipe.cpp_info
        for name in everything.properties["cmake_build_modules"]:
            check((package / name).is_file(), f"the package holds {name}")
        check((package / "share" / "banter" / "src" / "banter.cpp").is_file(), "the file of banter::separate is there")
        targets = [part.properties["cmake_target_name"] for part in (everything, *everything.components.values())]
        check(len(set(targets)) == len(targets), f"target names differ: {targets}")
        check({"banter::flow", "banter::banter"} <= set(targets), f"the targets of CMake are there: {targets}")
        for part in (everything, *everything.components.values()):
            check(part.libdirs == [] and part.bindirs == [], "no folders of libraries or programs")
        for name, part in everything.components.items():
            for needed in part.requires:
                library = needed.split("::")[0]
                known = needed in everything.components or any(r.startswith(library + "/") for r in recipe.required)
                check(known, f"the component {name} requires {needed}, which nothing provides")
    return check.exit_code()


if __name__ == "__main__":
    sys.exit(main())
