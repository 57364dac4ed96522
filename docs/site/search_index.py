#!/usr/bin/env python3
"""search_index.py FOLDER leaves the files of the source out of the search index in the folder, since half of all text is
theirs and would hide the pages, and writes the index as a script too, which a site that is opened from a folder reads."""

import json
import os
import sys

path = os.path.join(sys.argv[1], "search_index.json")
with open(path, encoding="utf-8") as file:
    index = json.load(file)
pages = [entry for entry in index["docs"] if not entry["location"].startswith("files/")]
if not 0 < len(pages) < len(index["docs"]):
    sys.exit(f"{path} is not the index of pages and files")
index["docs"] = pages
text = json.dumps(index, ensure_ascii=False)
with open(path, "w", encoding="utf-8") as file:
    file.write(text)
with open(os.path.join(sys.argv[1], "search_index.js"), "w", encoding="utf-8") as file:
    file.write(f"takeSearchIndex({text})\n")
