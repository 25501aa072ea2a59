#!/usr/bin/env python3
"""Runs the overlay port with doubles of vcpkg's functions and looks at what it installs; compares the
manifests with CMake and with the parts of Boost that the headers include."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import common

# What vcpkg's functions do, as far as this port uses them. An argument that the port mistypes, or a
# function that is not here, ends the run.
DOUBLES = r"""
set(PORT banter)
function(vcpkg_cmake_configure)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "SOURCE_PATH" "OPTIONS;OPTIONS_RELEASE;OPTIONS_DEBUG")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "vcpkg_cmake_configure: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  execute_process(COMMAND @COMMAND@ -S ${arg_SOURCE_PATH} -B @SCRATCH@/build
    -DCMAKE_INSTALL_PREFIX=${CURRENT_PACKAGES_DIR} ${arg_OPTIONS}
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endfunction()
function(vcpkg_cmake_install)
  execute_process(COMMAND @CMAKE@ --install @SCRATCH@/build OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endfunction()
function(vcpkg_cmake_config_fixup)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "PACKAGE_NAME;CONFIG_PATH" "")
  if(arg_UNPARSED_ARGUMENTS OR NOT EXISTS ${CURRENT_PACKAGES_DIR}/share/${PORT}/${PORT}-config.cmake)
    message(FATAL_ERROR "no config package in share/${PORT}")
  endif()
endfunction()
function(vcpkg_install_copyright)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "COMMENT" "FILE_LIST")
  configure_file(${arg_FILE_LIST} ${CURRENT_PACKAGES_DIR}/share/${PORT}/copyright COPYONLY)
endfunction()
"""


def run_port(given, scratch, package):
    port = pathlib.Path(given.source) / "packaging" / "vcpkg" / "ports" / "banter" / "portfile.cmake"
    command = " ".join(f'"{word}"' for word in common.configure_command(given))
    script = pathlib.Path(scratch) / "run_port.cmake"
    doubles = DOUBLES.replace("@COMMAND@", command).replace("@SCRATCH@", scratch).replace("@CMAKE@", given.cmake)
    # include() sets CMAKE_CURRENT_LIST_DIR to the port's folder, as vcpkg does.
    script.write_text(f'set(CURRENT_PACKAGES_DIR "{package}")\n{doubles}\ninclude("{port}")\n', encoding="utf-8")
    subprocess.run([given.cmake, "-P", str(script)], check=True)


def names(dependencies, host=False):
    found = set()
    for entry in dependencies:
        if isinstance(entry, str):
            found |= set() if host else {entry}
        elif bool(entry.get("host")) == host:
            found.add(entry["name"])
    return found


def used_boost(source):
    """The ports of the parts of Boost whose headers we include ourselves."""
    used = set()
    for path in (pathlib.Path(source) / "include").rglob("*.[hi]pp"):
        for part in re.findall(r"#include <boost/(\w+)", path.read_text(encoding="utf-8")):
            used.add("boost-" + part.replace("_", "-"))
    return used


def check_manifests(given, check):
    root = pathlib.Path(given.source)
    manifest = json.loads((root / "vcpkg.json").read_text(encoding="utf-8"))
    port = json.loads((root / "packaging/vcpkg/ports/banter/vcpkg.json").read_text(encoding="utf-8"))
    for name, text in (("vcpkg.json", manifest), ("the port's vcpkg.json", port)):
        check(text["version"] == given.version, f"{name} says version {text['version']}, CMake {given.version}")
        check(text["name"] == "banter" and text["license"] == "BSL-1.0", f"{name}: name and licence")
        known = {"$schema", "name", "version", "port-version", "description", "homepage", "license", "dependencies", "features"}
        check(set(text) <= known, f"{name}: unknown keys {set(text) - known}")
    check(names(manifest["dependencies"]) == names(port["dependencies"]), "manifest and port need the same libraries")
    check(names(port["dependencies"], host=True) == {"vcpkg-cmake", "vcpkg-cmake-config"}, "the port's host tools")
    listed = {name for name in names(port["dependencies"]) if name.startswith("boost-")}
    used = used_boost(given.source)
    check(used <= listed, f"included but not in vcpkg.json: {sorted(used - listed)}")
    check(listed <= used, f"in vcpkg.json but not included: {sorted(listed - used)}")


def main():
    given, check = common.arguments(), common.Checks()
    check_manifests(given, check)
    with tempfile.TemporaryDirectory() as scratch:
        package = pathlib.Path(scratch) / "package"
        run_port(given, scratch, package)
        check(common.packaged_files(package) == common.public_files(given.source), "the package holds every header")
        share = package / "share" / "banter"
        for name in ("copyright", "usage", "banter-config.cmake", "banter-config-version.cmake", "src/banter.cpp"):
            check((share / name).is_file(), f"share/banter/{name} is there")
        others = [path.name for path in package.iterdir() if path.name not in ("include", "share")]
        check(not others, f"only include and share are packaged, not {others}")
        check([path.name for path in (package / "share").iterdir()] == ["banter"], "share holds banter only")
        usage = (share / "usage").read_text(encoding="utf-8")
        consumer = pathlib.Path(scratch) / "consumer"
        consumer.mkdir()
        # Configures a project with the usage text's own lines.
        lines = [line.strip() for line in usage.splitlines() if line.startswith("    ")]
        (consumer / "main.cpp").write_text("int main() {}\n", encoding="utf-8")
        (consumer / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(consumer LANGUAGES CXX)\nadd_executable(main main.cpp)\n"
            + "\n".join(lines) + "\n", encoding="utf-8")
        done = subprocess.run(
            [*common.configure_command(given), "-S", str(consumer), "-B", str(consumer / "build"),
             f"-Dbanter_DIR={share}"], capture_output=True, text=True, check=False)
        check(done.returncode == 0, f"a project with the lines of `usage` configures:\n{done.stderr}")
    return check.exit_code()


if __name__ == "__main__":
    sys.exit(main())
