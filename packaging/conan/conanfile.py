"""A recipe of Conan 2 for the tree that it stands in: conan create packaging/conan --build=missing"""

import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir

TREE = os.path.join(os.path.dirname(__file__), "..", "..")


class Batchproof(ConanFile):
    name = "batchproof"
    description = "Partial failures of AWS Lambda batches, reported and proved right"
    homepage = "https://example.org/batchproof"
    license = "Apache-2.0"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "kit": [True, False], "aws": [True, False]}
    default_options = {"shared": False, "kit": True, "aws": False, "boost/*:header_only": True}

    def set_version(self):
        header = load(self, os.path.join(TREE, "include/batchproof/version.hpp"))
        self.version = header.split('BATCHPROOF_VERSION "')[1].split('"')[0]

    def export_sources(self):
        for part in ("CMakeLists.txt", "LICENSE", "NOTICE", "cmake/*", "include/*", "src/*", "extras/*", "fixtures/*",
                     "generators/*", "properties/*", "simulator/*", "zoo/*",
                     "packaging/third_party_licences.txt"):
            copy(self, part, TREE, self.export_sources_folder)

    def validate(self):
        check_min_cppstd(self, 20)

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        self.requires("simdjson/[>=3.0.1 <4]")
        self.requires("nlohmann_json/[>=3.11.2 <4]", transitive_headers=True)
        self.requires("boost/[>=1.81]", transitive_headers=True)
        if self.options.kit:
            self.requires("rapidcheck/cci.20231215", transitive_headers=True)
            self.requires("re2/[>=20230301]")
            self.requires("gtest/[>=1.12.1 <2]", transitive_headers=True)
        if self.options.aws:
            self.requires("libcurl/[>=7.88 <9]")

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["BATCHPROOF_BUILD_KIT"] = bool(self.options.kit)
        toolchain.cache_variables["CMAKE_DISABLE_FIND_PACKAGE_CURL"] = not self.options.aws
        for package in ("aws-lambda-runtime", "benchmark", "hiredis", "ZLIB"):
            toolchain.cache_variables["CMAKE_DISABLE_FIND_PACKAGE_" + package] = True
        for part in ("TOOLS", "TESTS", "EXAMPLES", "BENCH", "TRACK"):
            toolchain.cache_variables["BATCHPROOF_BUILD_" + part] = False
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "NOTICE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        rmdir(self, os.path.join(self.package_folder, "lib", "pkgconfig"))

    def package_info(self):
        self.cpp_info.set_property("cmake_find_mode", "none")  # the project's own package config is the one
        self.cpp_info.builddirs.append(os.path.join("lib", "cmake", "batchproof"))
