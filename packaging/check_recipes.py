#!/usr/bin/env python3
"""Checks the recipes of vcpkg and Conan without these tools, which Debian does not have: their files are well formed, what
they name exists, CMake knows each option that they pass, and the files that Conan would export are enough to configure.
It does not show that their packages resolve or that a build with them succeeds."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import types

TREE = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))
SCRATCH = os.path.join(TREE, "build", "check_recipes")
VCPKG = os.path.join(TREE, "packaging", "vcpkg", "batchproof")


def demand(holds, message):
    if not holds:
        sys.exit("check_recipes: " + message)


def version():
    with open(os.path.join(TREE, "include/batchproof/version.hpp"), encoding="utf-8") as header:
        return re.search(r'BATCHPROOF_VERSION "(.*)"', header.read())[1]


def configure(name, source, options):
    """Configures the tree; CMake names the options that it does not know."""
    build = os.path.join(SCRATCH, name)
    result = subprocess.run(["cmake", "-S", source, "-B", build, "-G", "Ninja", *options],
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    demand(result.returncode == 0, f"{name} cannot be configured:\n{result.stdout}")
    unknown = result.stdout.partition("Manually-specified variables were not used by the project:")[2]
    demand(not unknown, f"{name}: the project knows no {unknown.split()[:1]}")


def boost_libraries(folders):
    """Those whose headers the sources in these folders include; the port builds neither idempotency nor envelopes."""
    found = set()
    for folder in folders:
        for root, _, names in os.walk(os.path.join(TREE, folder)):
            if re.search("/(idempotency|envelopes)(/|$)", root):
                continue
            for name in names:
                with open(os.path.join(root, name), encoding="utf-8") as file:
                    found.update(re.findall(r"#include <boost/(\w+)", file.read()))
    return found


def check_vcpkg():
    with open(os.path.join(VCPKG, "vcpkg.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    demand(manifest["version"] == version(), "the version of vcpkg.json is not that of version.hpp")
    for feature in ["", *manifest["features"]]:
        for dependency in (manifest["features"][feature] if feature else manifest)["dependencies"]:
            name = dependency if isinstance(dependency, str) else dependency["name"]
            demand(re.fullmatch("[a-z0-9-]+", name), f"{name} is no name of a port")

    # Each library of Boost is a port of its own.
    sources = {"": ["include", "src", "extras/json", "extras/async", "extras/windows"],
               "kit": ["fixtures", "generators", "properties", "simulator", "zoo", "extras"]}
    ports = {name for name in manifest["dependencies"] if isinstance(name, str)}
    for feature, folders in sources.items():
        ports.update(name for name in manifest["features"].get(feature, {}).get("dependencies", []) if isinstance(name, str))
        for library in boost_libraries(folders):
            demand("boost-" + library in ports, f"vcpkg.json names no boost-{library}")

    # The port itself runs as a script of CMake; stand-ins of vcpkg's functions print the options that it passes.
    stand_ins = os.path.join(SCRATCH, "port.cmake")
    with open(stand_ins, "w", encoding="utf-8") as script:
        script.write("""cmake_minimum_required(VERSION 3.25)
function(vcpkg_check_features)
  cmake_parse_arguments(arg "" "OUT_FEATURE_OPTIONS" "FEATURES;INVERTED_FEATURES" ${ARGN})
  set(options)
  while(arg_FEATURES)
    list(POP_FRONT arg_FEATURES feature variable)
    list(APPEND options -D${variable}=ON)
  endwhile()
  while(arg_INVERTED_FEATURES)
    list(POP_FRONT arg_INVERTED_FEATURES feature variable)
    list(APPEND options -D${variable}=OFF)
  endwhile()
  set(${arg_OUT_FEATURE_OPTIONS} ${options} PARENT_SCOPE)
endfunction()
function(vcpkg_cmake_configure)
  cmake_parse_arguments(arg "" "SOURCE_PATH" "OPTIONS;MAYBE_UNUSED_VARIABLES" ${ARGN})
  if(NOT EXISTS ${arg_SOURCE_PATH}/CMakeLists.txt)
    message(FATAL_ERROR "SOURCE_PATH is ${arg_SOURCE_PATH}")
  endif()
  foreach(option IN LISTS arg_OPTIONS)
    message("OPTION ${option}")
  endforeach()
endfunction()
function(vcpkg_install_copyright)
  cmake_parse_arguments(arg "" "" "FILE_LIST" ${ARGN})
  foreach(file IN LISTS arg_FILE_LIST)
    if(NOT EXISTS ${file})
      message(FATAL_ERROR "There is no ${file}")
    endif()
  endforeach()
endfunction()
foreach(name cmake_install cmake_config_fixup fixup_pkgconfig copy_tools)
  cmake_language(EVAL CODE "function(vcpkg_${name})\\nendfunction()")
endforeach()
set(FEATURES aws kit tools)
set(CURRENT_PACKAGES_DIR ${CMAKE_CURRENT_LIST_DIR}/none)
include(${PORT}/portfile.cmake)
""")
    result = subprocess.run(["cmake", f"-DPORT={VCPKG}", "-P", stand_ins], stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, check=False)
    demand(result.returncode == 0, "the port fails:\n" + result.stdout)
    options = re.findall("^OPTION (.*)$", result.stdout, re.MULTILINE)
    demand(len(options) >= 8, "the port passes no options")
    configure("vcpkg", TREE, options)


class RecordedToolchain:
    """Conan's CMakeToolchain, as far as the recipe uses it."""

    def __init__(self, recipe):
        self.cache_variables = recipe.recorded

    def generate(self):
        pass


def copy_matching(_recipe, pattern, src, dst):
    """Conan's copy: a pattern reaches into folders."""
    top = pattern.split("/")[0]
    origin = os.path.join(src, top if pattern.endswith("/*") else pattern)
    demand(os.path.exists(origin), f"Conan would export {pattern}, which matches nothing")
    target = os.path.join(dst, top if pattern.endswith("/*") else pattern)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    (shutil.copytree if os.path.isdir(origin) else shutil.copy)(origin, target)


def conan_module(name, **members):
    module = types.ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module


def check_conan():
    nothing = type("Nothing", (), {"__init__": lambda self, recipe: None, "generate": lambda self: None})
    conan_module("conan", ConanFile=object)
    conan_module("conan.tools")
    conan_module("conan.tools.build", check_min_cppstd=None)
    conan_module("conan.tools.cmake", CMake=nothing, CMakeDeps=nothing, CMakeToolchain=RecordedToolchain,
                 cmake_layout=None)
    conan_module("conan.tools.files", copy=copy_matching, rmdir=None,
                 load=lambda recipe, path: open(path, encoding="utf-8").read())
    spec = importlib.util.spec_from_file_location("conanfile", os.path.join(TREE, "packaging/conan/conanfile.py"))
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)

    recipe = module.Batchproof()
    recipe.recorded = {}
    recipe.required = []
    recipe.requires = lambda reference, **_: recipe.required.append(reference)
    recipe.options = types.SimpleNamespace(kit=True, aws=True, shared=False)
    recipe.export_sources_folder = os.path.join(SCRATCH, "exported")
    recipe.set_version()
    demand(recipe.version == version(), "the recipe of Conan reads another version")
    recipe.requirements()
    demand(len(recipe.required) == 7, "the recipe of Conan requires other packages than this check knows")
    recipe.export_sources()
    recipe.generate()
    configure("conan", recipe.export_sources_folder,
              [f"-D{name}={'ON' if value else 'OFF'}" for name, value in recipe.recorded.items()])


def check_versions():
    with open(os.path.join(TREE, "packaging/npm/package.json"), encoding="utf-8") as file:
        demand(json.load(file)["version"] == version(), "the version of package.json is not that of version.hpp")
    with open(os.path.join(TREE, "packaging/python/pyproject.toml"), encoding="utf-8") as file:
        demand(f'version = "{version()}"' in file.read(), "the version of pyproject.toml is not that of version.hpp")


shutil.rmtree(SCRATCH, ignore_errors=True)
os.makedirs(SCRATCH)
check_versions()
check_vcpkg()
check_conan()
print("The recipes of vcpkg and Conan are well formed, and CMake knows their options.")
