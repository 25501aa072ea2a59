import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir

required_conan_version = ">=2.0"


class BanterConan(ConanFile):
    name = "banter"
    description = "Telegram bots whose conversations are types"
    license = "BSL-1.0"
    topics = ("telegram", "bot", "conversation", "coroutines", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    exports_sources = "CMakeLists.txt", "LICENSE", "cmake/*", "include/*", "src/*"
    no_copy_source = True

    def set_version(self):
        # CMakeLists.txt is the one place where the version is written.
        text = load(self, os.path.join(self.recipe_folder, "CMakeLists.txt"))
        self.version = re.search(r"project\(banter VERSION ([0-9.]+)", text).group(1)

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        # Boost.JSON is linked; the other parts of Boost in use are headers.
        self.requires("boost/[>=1.81 <2]", transitive_headers=True, transitive_libs=True)
        self.requires("openssl/[>=3 <4]", transitive_headers=True, transitive_libs=True)

    def package_id(self):
        self.info.clear()

    def validate(self):
        check_min_cppstd(self, 20)

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        for part in ("TESTS", "EXAMPLES", "BENCHMARKS"):
            toolchain.cache_variables[f"BANTER_BUILD_{part}"] = False
        toolchain.cache_variables["BANTER_INSTALL"] = True
        toolchain.generate()

    def package(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.install()
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))
        # Conan writes the config package itself; of ours only the function that makes
        # banter::separate is kept (below).
        copy(self, "banter_separate.cmake", src=os.path.join(self.source_folder, "cmake"),
             dst=os.path.join(self.package_folder, "share", "banter", "cmake"))
        copy(self, "banter_separate_conan.cmake", src=os.path.join(self.source_folder, "cmake"),
             dst=os.path.join(self.package_folder, "share", "banter", "cmake"))
        rmdir(self, os.path.join(self.package_folder, "share", "cmake"))
        rmdir(self, os.path.join(self.package_folder, "share", "doc"))

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        self.cpp_info.set_property("cmake_file_name", "banter")
        # The package as a whole; its usual name, banter::banter, is the component's below.
        self.cpp_info.set_property("cmake_target_name", "banter::all")
        self.cpp_info.set_property(
            "cmake_build_modules", [os.path.join("share", "banter", "cmake", "banter_separate_conan.cmake")])

        flow = self.cpp_info.components["flow"]
        flow.set_property("cmake_target_name", "banter::flow")
        flow.requires = ["boost::headers", "boost::json"]
        flow.bindirs = flow.libdirs = []

        everything = self.cpp_info.components["banter"]
        everything.set_property("cmake_target_name", "banter::banter")
        everything.requires = ["flow", "openssl::ssl", "openssl::crypto"]
        everything.bindirs = everything.libdirs = []
        if self.settings.os in ("Linux", "FreeBSD"):
            everything.system_libs = ["pthread"]
