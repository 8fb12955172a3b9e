#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs what README.md shows.

Each ```console block is a list of "$ command" lines, each followed by what it prints; each ```c
block is a program that must compile against the library, warnings being errors, and run. The
commands run in a folder that holds the sample corpus as `articles`, `manifest.csv` and `gold.json`.

    readme.py BUILD SOURCE            compare, exit 1 on any difference
    readme.py BUILD SOURCE --update   write what was printed into README.md
"""
import difflib
import os
import re
import subprocess
import sys
import tempfile


def run_block(block, folder, environment):
    shown = []
    for line in block.splitlines():
        if not line.startswith("$ "):
            continue
        done = subprocess.run(["bash", "-c", line[2:]], cwd=folder, env=environment,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        shown.append(line + "\n" + done.stdout)
    return "".join(shown)


def compile_block(block, folder, build, source, number):
    path = os.path.join(folder, f"example{number}.c")
    with open(path, "w") as file:
        file.write(block)
    program = os.path.join(folder, f"example{number}")
    library = os.path.join(build, "lib")
    # A library with a sanitizer wants a program of the same compiler with the same one.
    with open(os.path.join(build, "CMakeCache.txt")) as cache:
        made = dict(re.findall(r"^(\w+):\w+=(.+)$", cache.read(), re.MULTILINE))
    compiler = [made.get("CMAKE_C_COMPILER", "cc")]
    if "STEMMA_SANITIZE" in made:
        compiler.append("-fsanitize=" + made["STEMMA_SANITIZE"])
    subprocess.run(compiler + ["-std=c11", "-Wall", "-Wextra", "-Werror", "-o", program, path,
                    f"-I{source}/lib/include", f"-I{source}/format/include",
                    f"-L{library}", "-lstemma", f"-Wl,-rpath,{library}"], check=True)


def main():
    build, source = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    update = "--update" in sys.argv
    readme = os.path.join(source, "README.md")
    with open(readme) as file:
        text = file.read()
    with tempfile.TemporaryDirectory() as folder:
        corpus = os.path.join(source, "tests", "corpus")
        os.symlink(os.path.join(corpus, "articles"), os.path.join(folder, "articles"))
        os.symlink(os.path.join(corpus, "manifest.csv"), os.path.join(folder, "manifest.csv"))
        os.symlink(os.path.join(corpus, "gold.json"), os.path.join(folder, "gold.json"))
        programs = [build, os.path.join(build, "tests", "quality"), os.environ["PATH"]]
        environment = dict(os.environ, PATH=os.pathsep.join(programs),
                           LC_ALL="C.UTF-8", NO_COLOR="1", COLUMNS="100")
        count = 0

        def replace(match):
            nonlocal count
            count += 1
            if match.group(1) == "c":
                compile_block(match.group(2), folder, build, source, count)
                return match.group(0)
            return "```console\n" + run_block(match.group(2), folder, environment) + "```"

        result = re.sub(r"```(console|c)\n(.*?)```", replace, text, flags=re.S)
    if update:
        with open(readme, "w") as file:
            file.write(result)
    if result != text:
        sys.stdout.writelines(difflib.unified_diff(text.splitlines(True), result.splitlines(True),
                                                   "README.md", "what is printed"))
        return 0 if update else 1
    print(f"{count} blocks hold")
    return 0 if count > 3 else 1


if __name__ == "__main__":
    sys.exit(main())
