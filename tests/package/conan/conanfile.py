"""Builds docs/cpp_example on the package of ../../../conanfile.py, and runs it."""
import os

from conan import ConanFile
from conan.tools.build import can_run
from conan.tools.cmake import CMake, cmake_layout


class FailedJobs(ConanFile):
    settings = "os", "compiler", "build_type", "arch"
    generators = "CMakeDeps", "CMakeToolchain"

    def requirements(self):
        self.requires(self.tested_reference_str)

    def layout(self):
        cmake_layout(self)

    def build(self):
        cmake = CMake(self)
        cmake.configure(build_script_folder="../../../docs/cpp_example")
        cmake.build()

    def test(self):
        if can_run(self):
            program = os.path.join(self.cpp.build.bindir, "failed_jobs")
            listing = os.path.join(self.recipe_folder, "..", "listing.json")
            self.run(f'"{program}" "{listing}"', env="conanrun")
