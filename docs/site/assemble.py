#!/usr/bin/env python3
"""assemble.py TAGFILE MANUAL FOLDER writes into FOLDER what mkdocs reads: the pages of docs/, the README as the first one,
the manual, and a page for each file of the source that a page shows or links, so that the site needs nothing else.

- A block of code gets a link to its whole file, which the comment before it names.
- The first mention of a class or function of the API, in inline code, becomes a link to its reference.
- `<!-- tab: NAME -->` ... `<!-- end of tabs -->` become tabs; a line **NAME** in front, for other readers, is dropped."""

import os
import re
import shutil
import sys
import xml.etree.ElementTree

TREE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
TOP_PAGES = ("CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
ORIGIN = re.compile(r"^( *)<!-- (?:part of the )?(output of )?(\S+) -->$")
LINK = re.compile(r"(\]\()([^)#\s]+)?(#[^)\s]*)?(\))")
LANGUAGES = {".cpp": "cpp", ".hpp": "cpp", ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".mjs": "javascript",
             ".py": "python", ".txt": "cmake"}


def read(path):
    with open(os.path.join(TREE, path), encoding="utf-8") as file:
        return file.read()


def page_of(path):
    """Where the site has a file of the source, by its path from the root."""
    if path == "README.md":
        return "index.md"
    if path in TOP_PAGES:
        return path
    if path.startswith("docs/"):
        return path[len("docs/"):]
    return "files/" + re.sub(r"(^|/)\.", r"\1dot-", path) + ".md"  # mkdocs passes over names that begin with a dot


def api_names(tagfile):
    """Names of the API that stand for one thing alone, and its page."""
    found = {}
    for compound in xml.etree.ElementTree.parse(tagfile).getroot().iter("compound"):
        kind = compound.get("kind")
        if kind in ("class", "struct"):
            name = compound.findtext("name").split("<")[0]
            found.setdefault(name.split("::")[-1], set()).add(compound.findtext("filename"))
        elif kind == "namespace":
            for member in compound.iter("member"):
                if member.get("kind") == "function":
                    page = member.findtext("anchorfile") + "#" + member.findtext("anchor")
                    found.setdefault(member.findtext("name"), set()).add(page)
    # Overloads are one thing: their first page.
    return {name: sorted(pages)[0] for name, pages in found.items()
            if len({page.split("#")[0] for page in pages}) == 1}


class Site:
    def __init__(self, names, folder):
        self.names = names
        self.folder = folder
        self.wanted = set()  # files of the source that pages link, and the site has yet to hold

    def write(self, path, text):
        target = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8") as file:
            file.write(text)

    def link(self, page, path):
        """A link from a page to a file or folder of the source."""
        target = page_of(path)
        if target.startswith("files/"):
            self.wanted.add(path)
        return os.path.relpath(target, os.path.dirname(page) or ".")

    def add(self, path, text):
        """Adds a page that stands at `path` in the source."""
        page = page_of(path)
        self.write(page, self.tabs(self.linked_text(path, page, text)))

    def linked_text(self, path, page, text):
        lines = []
        fence = origin = None
        mentioned = set()
        for line in text.split("\n"):
            stripped = line.strip()
            if fence:
                lines.append(line)
                if stripped == fence:
                    fence = None
                    if origin:
                        lines.extend(self.whole_file(page, *origin))
                    origin = None
                continue
            if stripped.startswith("```"):
                fence = stripped[: len(stripped) - len(stripped.lstrip("`"))]
                lines.append(line)
                continue
            found = ORIGIN.match(line)
            if found:
                origin = (found[1], found[3] + (".expected" if found[2] else ""))
                lines.append("")
                continue
            if stripped:
                origin = None
            if not stripped.startswith("#"):
                line = self.with_api_links(line, mentioned)
            lines.append(LINK.sub(lambda link: self.translated(path, page, link), line))
        return "\n".join(lines)

    def whole_file(self, page, indentation, path):
        if path.endswith(".expected"):
            return []
        return ["", f"{indentation}[{path}]({self.link(page, path)}){{ .whole-file }}", ""]

    def translated(self, path, page, link):
        target = link[2]
        if not target or "://" in target or target.startswith(("mailto:", "api:")):
            return link[0].replace("api:", os.path.relpath("api", os.path.dirname(page) or ".") + "/")
        target = os.path.normpath(os.path.join(os.path.dirname(path), target))
        return f"{link[1]}{self.link(page, target)}{link[3] or ''}{link[4]}"

    def with_api_links(self, line, mentioned):
        def linked(found):
            name = found[1].removesuffix("()")
            outside_link = line.count("[", 0, found.start()) == line.count("](", 0, found.start())
            if name not in self.names or name in mentioned or not outside_link:
                return found[0]
            mentioned.add(name)
            return f"[`{found[1]}`](api:{self.names[name]})"

        return re.sub(r"`([A-Za-z_]+(?:\(\))?)`", linked, line)

    @staticmethod
    def tabs(text):
        lines = []
        tab = None
        for line in text.split("\n"):
            begins = re.match(r"<!-- tab: (.*) -->$", line)
            if begins:
                tab = begins[1]
                lines.extend(["", f'=== "{tab}"', ""])
            elif line == "<!-- end of tabs -->":
                tab = None
            elif tab is None:
                lines.append(line)
            elif line != f"**{tab}**":
                lines.append("    " + line if line else "")
        return "\n".join(lines)

    def add_files(self):
        """Adds the files that pages link; those that a folder's page links come with it."""
        done = set()
        while self.wanted - done:
            path = sorted(self.wanted - done)[0]
            done.add(path)
            page = page_of(path)
            if os.path.isdir(os.path.join(TREE, path)):
                names = sorted(os.listdir(os.path.join(TREE, path)))
                items = [f"- [{name}]({self.link(page, os.path.join(path, name))})" for name in names
                         if name not in ("build", "node_modules")]
                self.write(page, f"# {path}\n\n" + "\n".join(items) + "\n")
            else:
                text = read(path)
                fence = "````" if "```" in text else "```"
                language = LANGUAGES.get(os.path.splitext(path)[1], "text")
                self.write(page, f"# {path}\n\n{fence}{language}\n{text.rstrip()}\n{fence}\n")


def main():
    tagfile, manual, folder = sys.argv[1:]
    names = api_names(tagfile)
    if "SqsRecord" not in names:
        sys.exit(f"{tagfile} has no SqsRecord: doxygen read none of the headers")
    site = Site(names, folder)
    for root, _, names in sorted(os.walk(os.path.join(TREE, "docs"))):
        if "node_modules" in root.split(os.sep):
            continue
        for name in sorted(names):
            path = os.path.relpath(os.path.join(root, name), TREE)
            if path.startswith("docs/site/"):
                continue
            if name.endswith(".md"):
                site.add(path, read(path))
            elif name.endswith((".svg", ".png")):
                os.makedirs(os.path.dirname(os.path.join(folder, page_of(path))), exist_ok=True)
                shutil.copy(os.path.join(TREE, path), os.path.join(folder, page_of(path)))
    for path in ("README.md", *TOP_PAGES):
        site.add(path, read(path))
    with open(manual, encoding="utf-8") as file:
        site.write("commands.md", file.read())
    shutil.copy(os.path.join(TREE, "docs/site/site.css"), folder)
    site.add_files()


main()
