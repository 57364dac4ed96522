#!/usr/bin/env python3
"""check_notice.py BUILD PROGRAM

NOTICE names each project that the command contains, as a part of the command. PROGRAM, batchproof_tool or
batchproof_standalone, is a target of a build by ninja that is up to date. The libraries are those of its link line, the
headers those that its objects were compiled with, and dpkg says of which package each is. packaging/libraries.json knows the
project of a package; the bill of materials is made of it too."""

import glob
import json
import os
import re
import shlex
import subprocess
import sys

TREE = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))

# Headers of the C and C++ libraries and of the compiler. The libraries that are linked statically are named below.
TOOLCHAIN = re.compile(r"libc6-dev|linux-libc-dev|libc-dev-bin|lib(stdc\+\+|gcc)-[0-9]+-dev|libclang-.*|libgcc-s1")
STATIC_RUNTIME = ["libc6-dev", "g++"]


def output_of(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def linked_libraries(build, program):
    """The names of the libraries in the link line, such as fmt; those of this project are left out."""
    words = shlex.split(output_of("ninja", "-C", build, "-t", "commands", program).splitlines()[-1])
    found = [re.fullmatch(r"(?:-l:|.*/|)lib([^/]+?)\.(?:a|so)(?:\.[0-9.]+)?|-l([^:].*)", word) for word in words]
    names = {match[1] or match[2] for match in found if match}
    return {name for name in names if not name.startswith("batchproof_")}, "-static" in words


def file_of_library(name):
    files = [path for kind in ("so", "a") for path in sorted(glob.glob(f"/usr/lib/*/lib{name}.{kind}"))]
    if not files:
        sys.exit(f"check_notice: no package of Debian has the library {name}, which the command is linked with")
    return files[0]


def included_headers(build):
    """The headers outside of the tree with which the objects of the command were compiled."""
    objects = set(output_of("ninja", "-C", build, "-t", "inputs", "batchproof_tool").split())
    headers = set()
    is_wanted = False
    for line in output_of("ninja", "-C", build, "-t", "deps").splitlines():
        if line.startswith(" "):
            if is_wanted:
                headers.add(os.path.normpath(os.path.join(build, line.strip())))
        else:
            is_wanted = line.partition(":")[0] in objects
    return {header for header in headers if not header.startswith(TREE + os.sep)}


def chart_library(build):
    with open(os.path.join(build, "CMakeCache.txt"), encoding="utf-8") as cache:
        found = re.search(r"^BATCHPROOF_CHART_JS:\w+=(/.*)$", cache.read(), re.MULTILINE)
    return [found[1]] if found else []


def packages_of(files):
    owners = output_of("dpkg", "--search", *sorted(files))
    return {re.split("[:,]", line)[0] for line in owners.splitlines() if not line.startswith("diversion")}


def main(build, program):
    build = os.path.abspath(build)
    with open(os.path.join(TREE, "packaging/libraries.json"), encoding="utf-8") as file:
        libraries = json.load(file)
    with open(os.path.join(TREE, "NOTICE"), encoding="utf-8") as file:
        of_the_command, of_one_file = file.read().split("The command as one file")

    names, is_static = linked_libraries(build, program)
    headers = included_headers(build)
    if not names or not headers:
        sys.exit(f"check_notice: {program} in {build} is not built, or not by ninja")
    files = {file_of_library(name) for name in names} | headers | set(chart_library(build))
    packages = {package for package in packages_of(files) if not TOOLCHAIN.fullmatch(package)}
    if is_static:
        packages.update(STATIC_RUNTIME)

    wrong = []
    for package in sorted(packages):
        if package not in libraries:
            wrong.append(f"the command contains a part of {package}, which packaging/libraries.json does not know")
            continue
        name = re.escape(libraries[package]["name"])
        entry = re.search(rf"^{name} \(http.*?(?=^[^\n]+ \(http|\n\n|\Z)", of_the_command, re.MULTILINE | re.DOTALL)
        if not (entry and "the command" in entry[0]) and not re.search(rf"^{name} \(http", of_one_file, re.MULTILINE):
            wrong.append(f"NOTICE does not name {libraries[package]['name']} ({package}) as a part of the command")
    for package, library in libraries.items():
        if not re.search(rf"^{re.escape(library['name'])} \(http", of_the_command + of_one_file, re.MULTILINE):
            wrong.append(f"NOTICE does not name {library['name']}, which the bill of materials has")
    if wrong:
        sys.exit("check_notice: " + "\n  ".join(wrong))
    print(f"NOTICE names what {program} contains:", ", ".join(sorted(packages)))


main(*sys.argv[1:])
