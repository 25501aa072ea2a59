"""Enough of Conan 2's interface to run our recipe: it records what the recipe says and copies files."""


class CppInfo:
    def __init__(self):
        self.properties = {}
        self.requires, self.system_libs = [], []
        self.bindirs, self.libdirs, self.includedirs = ["bin"], ["lib"], ["include"]
        self.components = Components()

    def set_property(self, name, value):
        self.properties[name] = value


class Components(dict):
    def __missing__(self, name):
        self[name] = CppInfo()
        return self[name]


class Anything:
    """Settings and package ids: attributes that answer, calls that are noted."""

    def __init__(self, **values):
        self.__dict__.update(values)
        self.cleared = False

    def clear(self):
        self.cleared = True


class ConanFile:
    def __init__(self, recipe_folder, build_folder, package_folder, command):
        self.recipe_folder = self.source_folder = recipe_folder
        self.build_folder, self.package_folder = build_folder, package_folder
        self.command = command
        self.required = {}
        self.cpp_info = CppInfo()
        self.info = Anything()
        self.settings = Anything(os="Linux", arch="x86_64", compiler="gcc", build_type="Release")

    def requires(self, reference, **traits):
        self.required[reference] = traits
