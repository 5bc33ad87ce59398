"""The core as a Conan 2 package: conan create . --build=missing"""
import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir


class RekognitionJobs(ConanFile):
    name = "rekognition-jobs"
    description = "Reads, queries and sorts listings of Amazon Rekognition media analysis jobs."
    license = "MIT"
    package_type = "library"
    settings = "os", "compiler", "build_type", "arch"
    options = {"shared": [True, False]}  # The code is position independent either way.
    default_options = {"shared": False}
    exports_sources = "CMakeLists.txt", "LICENSE", "cmake/*", "licenses/*", "src/*"
    test_package_folder = "tests/package/conan"

    def set_version(self):
        text = load(self, os.path.join(self.recipe_folder, "CMakeLists.txt"))
        self.version = re.search(r"project\(rekognition_jobs VERSION ([\d.]+)", text).group(1)

    def requirements(self):
        self.requires("nlohmann_json/3.11.3", visible=False)

    def validate(self):
        check_min_cppstd(self, 20)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["BUILD_TESTING"] = False
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()
        licenses = os.path.join(self.package_folder, "licenses")
        copy(self, "LICENSE", self.source_folder, licenses)
        copy(self, "nlohmann-json.txt", os.path.join(self.source_folder, "licenses"), licenses)
        # Conan makes these files for whichever tool the user has.
        for folder in ("lib/cmake", "lib/pkgconfig", "share"):
            rmdir(self, os.path.join(self.package_folder, folder))

    def package_info(self):
        self.cpp_info.libs = ["rekognition_jobs"]
        self.cpp_info.set_property("cmake_file_name", "rekognition_jobs")
        self.cpp_info.set_property("cmake_target_name", "rekognition_jobs::rekognition_jobs")
        self.cpp_info.set_property("pkg_config_name", "rekognition_jobs")
