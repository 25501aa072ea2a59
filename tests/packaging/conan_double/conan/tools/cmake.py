import subprocess


def cmake_layout(conanfile):
    conanfile.layout_done = True


class CMakeDeps:
    def __init__(self, conanfile):
        pass

    def generate(self):
        pass


class CMakeToolchain:
    def __init__(self, conanfile):
        self.conanfile, self.cache_variables = conanfile, {}

    def generate(self):
        self.conanfile.cache_variables = self.cache_variables


class CMake:
    def __init__(self, conanfile):
        self.conanfile = conanfile

    def configure(self):
        recipe = self.conanfile
        settings = [f"-D{name}={'ON' if value is True else 'OFF' if value is False else value}"
                    for name, value in recipe.cache_variables.items()]
        subprocess.run([*recipe.command, "-S", recipe.source_folder, "-B", recipe.build_folder, *settings],
                       check=True, stdout=subprocess.DEVNULL)

    def install(self):
        recipe = self.conanfile
        subprocess.run([recipe.command[0], "--install", recipe.build_folder, "--prefix", recipe.package_folder],
                       check=True, stdout=subprocess.DEVNULL)
