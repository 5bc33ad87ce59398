"""Stands for Conan, which cannot be had here, around the real recipes: conan.py ROOT PLACE COMPILER

It gives the recipes the modules that they import, and calls their methods in the order of `conan create`:
https://docs.conan.io/2/reference/conanfile/methods.html
"""
import fnmatch
import importlib.util
import os
import shutil
import subprocess
import sys
import types

root, place = (os.path.abspath(each) for each in sys.argv[1:3])
compiler = sys.argv[3]


def call(*command):
    subprocess.run(command, check=True, stdout=sys.stderr)


class CppInfo:
    def __init__(self):
        self.properties = {}

    def set_property(self, name, value):
        self.properties[name] = value


class ConanFile:
    def __init__(self, folder):
        self.recipe_folder = folder
        self.cpp_info = CppInfo()
        self.required = []

    def requires(self, reference, **traits):
        self.required.append(reference)

    def run(self, command, env=None):
        subprocess.run(command, shell=True, check=True)


class CMakeToolchain:
    def __init__(self, recipe):
        self.recipe = recipe
        self.cache_variables = {}

    def generate(self):
        self.recipe.variables = self.cache_variables


class CMake:
    def __init__(self, recipe):
        self.recipe = recipe

    def configure(self, build_script_folder="."):
        given = getattr(self.recipe, "variables", {})
        options = [f"-D{name}={'ON' if value else 'OFF'}" for name, value in given.items()]
        source = os.path.join(self.recipe.source_folder, build_script_folder)
        call("cmake", "-S", source, "-B", self.recipe.build_folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
             f"-DCMAKE_CXX_COMPILER={compiler}", *self.recipe.platform_options, *options)

    def build(self):
        call("cmake", "--build", self.recipe.build_folder)

    def install(self):
        call("cmake", "--install", self.recipe.build_folder, "--prefix", self.recipe.package_folder)


def cmake_layout(recipe):
    recipe.cpp = types.SimpleNamespace(build=types.SimpleNamespace(bindir=recipe.build_folder))


def copy(recipe, pattern, source, target):
    found = fnmatch.filter(os.listdir(source), pattern)
    assert found, f"{pattern} is not in {source}"
    os.makedirs(target, exist_ok=True)
    for name in found:
        shutil.copy(os.path.join(source, name), target)


def load(recipe, path):
    with open(path, encoding="utf8") as file:
        return file.read()


def check_min_cppstd(recipe, version):
    assert version == 20


def module(name, **members):
    made = types.ModuleType(name)
    made.__dict__.update(members)
    sys.modules[name] = made


module("conan", ConanFile=ConanFile)
module("conan.tools")
module("conan.tools.build", check_min_cppstd=check_min_cppstd, can_run=lambda recipe: True)
module("conan.tools.cmake", CMake=CMake, CMakeToolchain=CMakeToolchain, cmake_layout=cmake_layout)
module("conan.tools.files", copy=copy, load=load, rmdir=lambda recipe, path: shutil.rmtree(path, ignore_errors=True))


def recipe_of(path):
    spec = importlib.util.spec_from_file_location("recipe", path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    found = [each for each in vars(loaded).values() if isinstance(each, type) and issubclass(each, ConanFile)]
    return next(each for each in found if each is not ConanFile)(os.path.dirname(path))


core = recipe_of(os.path.join(root, "conanfile.py"))
core.source_folder, core.build_folder, core.package_folder = (os.path.join(place, each) for each in ("source", "build", "package"))
core.platform_options = ["-DBUILD_SHARED_LIBS=OFF"]
for pattern in core.exports_sources:
    name = pattern.removesuffix("/*")
    path, target = os.path.join(root, name), os.path.join(core.source_folder, name)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    shutil.copytree(path, target) if pattern.endswith("/*") else shutil.copy(path, target)
core.set_version()
core.requirements()
core.validate()
core.layout()
core.generate()
core.build()
core.package()
core.package_info()
for folder in ("lib/cmake", "lib/pkgconfig", "share"):
    assert not os.path.exists(os.path.join(core.package_folder, folder)), folder
assert sorted(os.listdir(os.path.join(core.package_folder, "licenses"))) == ["LICENSE", "nlohmann-json.txt"]

# What CMakeDeps makes of package_info().
properties = core.cpp_info.properties
config = os.path.join(place, "deps", f"{properties['cmake_file_name']}Config.cmake")
os.makedirs(os.path.dirname(config))
[library] = core.cpp_info.libs
with open(config, "w", encoding="utf8") as file:
    file.write(f"""add_library({properties['cmake_target_name']} STATIC IMPORTED)
set_target_properties({properties['cmake_target_name']} PROPERTIES
  IMPORTED_LOCATION {core.package_folder}/lib/lib{library}.a
  INTERFACE_INCLUDE_DIRECTORIES {core.package_folder}/include)
set(PACKAGE_VERSION {core.version})
""")
with open(config.replace("Config.cmake", "ConfigVersion.cmake"), "w", encoding="utf8") as file:
    file.write(f"set(PACKAGE_VERSION {core.version})\nset(PACKAGE_VERSION_COMPATIBLE TRUE)\n")

example = recipe_of(os.path.join(root, core.test_package_folder, "conanfile.py"))
example.tested_reference_str = f"{core.name}/{core.version}"
example.source_folder, example.build_folder = example.recipe_folder, os.path.join(place, "example")
example.platform_options = [f"-DCMAKE_PREFIX_PATH={os.path.dirname(config)}", "-DCMAKE_CXX_STANDARD=20"]
example.requirements()
example.layout()
example.build()
example.test()
