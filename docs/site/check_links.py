#!/usr/bin/env python3
"""check_links.py FOLDER lists the links of the site in the folder that lead nowhere, within the site and without a network.

Each page is read once: for its links, and for the places that links of other pages name. A page that no other links is
listed too, since no reader would find it; but for index.html, and those of doxygen, whose menu is a script."""

import html.parser
import os
import sys
import urllib.parse

LINKS = {"a": "href", "link": "href", "area": "href", "img": "src", "script": "src", "iframe": "src", "source": "src"}
# Doxygen names the list of a class's nested classes also where the header only declares these, and the page has no such list.
DOXYGENS_OWN = "nested-classes"


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links = {}  # each once, and its line
        self.places = set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.places.update(values[name] for name in ("id", "name") if values.get(name))
        link = values.get(LINKS.get(tag, ""))
        if link is not None:
            self.links.setdefault(link, self.getpos()[0])


def pages_of(folder):
    pages = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            if name.endswith(".html") and name != "404.html":  # which a server shows, with links from its root
                with open(path, encoding="utf-8") as file:
                    pages[os.path.normpath(path)] = Page(file.read())
    return pages


def target_of(page, link):
    """The file that a link of a page names, and the place in it; None for what is not of the site."""
    parts = urllib.parse.urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = urllib.parse.unquote(parts.path)
    file = os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page
    return file, urllib.parse.unquote(parts.fragment)


def problems_of(pages, folder):
    linked = {os.path.normpath(os.path.join(folder, "index.html"))}
    for path, page in sorted(pages.items()):
        for link, line in page.links.items():
            target = target_of(path, link)
            if target is None:
                continue
            file, place = target
            if file != path:
                linked.add(file)
            if file in pages:
                if place and place not in pages[file].places and place not in ("top", DOXYGENS_OWN):
                    yield f"{path}:{line}: the page has no such place: {link}"
            elif not os.path.isfile(file):
                yield f"{path}:{line}: leads nowhere: {link}"
    for path in sorted(pages):
        if path not in linked and os.path.relpath(path, folder).split(os.sep)[0] != "api":
            yield f"{path}: no page links it"


def main():
    pages = pages_of(sys.argv[1])
    if not pages:
        sys.exit(f"{sys.argv[1]} has no pages")
    problems = list(problems_of(pages, sys.argv[1]))
    print("\n".join(problems), end="\n" if problems else "")
    sys.exit(1 if problems else 0)


main()
