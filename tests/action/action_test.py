#!/usr/bin/python3
"""action_test.py COMMAND runs the steps of action.yml as GitHub does, with COMMAND as batchproof: each in a shell, with the
variables and files that GitHub gives it. What GitHub alone can show, the upload of SARIF, is read and not run."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

import yaml

TREE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
COMMAND = sys.argv.pop(1) if len(sys.argv) > 1 else None
EXAMPLE = os.path.join(TREE, "examples/any_language/node_loop")
CORPUS = os.path.join(TREE, "tests/blackbox/corpus")
PAYLOADS = os.path.join(TREE, "tests/install/function")


def read_action():
    with open(os.path.join(TREE, "action.yml"), encoding="utf-8") as file:
        return yaml.safe_load(file)


def run_step(action, identifier, inputs):
    """The status of a step, its summary and its outputs."""
    step = next(step for step in action["runs"]["steps"] if step.get("id") == identifier)
    values = {name: about["default"] for name, about in action["inputs"].items()}
    values.update({"batchproof": COMMAND}, **inputs)
    filled = lambda text: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: values[found[1]], text)
    with tempfile.TemporaryDirectory() as folder:
        given = {"GITHUB_OUTPUT": os.path.join(folder, "output"), "GITHUB_STEP_SUMMARY": os.path.join(folder, "summary"),
                 "RUNNER_TEMP": folder, **{name: filled(text) for name, text in step["env"].items()}}
        done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                              env={**os.environ, **given}, cwd=os.path.join(TREE, filled(step.get("working-directory", "."))),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        with open(given["GITHUB_STEP_SUMMARY"], encoding="utf-8") as file:
            summary = file.read()
        with open(given["GITHUB_OUTPUT"], encoding="utf-8") as file:
            outputs = dict(line.rstrip("\n").split("=", 1) for line in file)
        written = {}
        for name, path in outputs.items():
            with open(path, encoding="utf-8") as file:
                written[name] = file.read()
    return done, summary, written


def function_inputs(handler, folder):
    return {"function": f"node {EXAMPLE}/runtime.mjs", "working-directory": folder,
            "accepted": f"{PAYLOADS}/accepted.jsonl", "rejected": f"{PAYLOADS}/rejected.jsonl",
            "environment": f"_HANDLER={handler}.handler\nSTAGE=a b\n", "options": "--cases=30\n--seed=7\n"}


class Action(unittest.TestCase):
    action = read_action()

    def test_passes_a_function_that_keeps_every_law(self):
        done, summary, written = run_step(self.action, "verify", function_inputs("index", EXAMPLE))
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("every law held", summary)
        self.assertIn(written["report"].rstrip(), summary)
        self.assertIn(written["report"], done.stdout)

    def test_fails_and_shows_the_law_that_a_function_violates(self):
        done, summary, _ = run_step(self.action, "verify", function_inputs("never_reports", CORPUS))
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertTrue(summary.startswith("### batchproof verify\n\n````text\n"), summary)
        self.assertIn("the law nothing-lost is violated", summary)

    def test_lints_templates_into_sarif_and_the_summary(self):
        done, summary, written = run_step(self.action, "lint", {"templates": "examples/functions/sqs/template.yaml\n"})
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("### batchproof lint", summary)
        self.assertEqual(json.loads(written["sarif"])["runs"][0]["results"], [])

    def test_fails_for_a_finding_and_has_it_in_sarif(self):
        with tempfile.TemporaryDirectory() as folder:
            template = os.path.join(folder, "template.yaml")
            with open(os.path.join(TREE, "examples/functions/sqs/template.yaml"), encoding="utf-8") as file:
                text = file.read()
            with open(template, "w", encoding="utf-8") as file:
                file.write(text.replace("ReportBatchItemFailures", "Nothing"))
            done, summary, written = run_step(self.action, "lint", {"templates": f"{folder}\n"})
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertGreater(len(json.loads(written["sarif"])["runs"][0]["results"]), 0)
        self.assertIn("template.yaml", summary)

    def test_uses_each_input_and_the_version_of_the_library(self):
        text = json.dumps(self.action["runs"])
        for name in self.action["inputs"]:
            self.assertRegex(text, rf"inputs\.{name}\b")
        with open(os.path.join(TREE, "include/batchproof/version.hpp"), encoding="utf-8") as header:
            version = re.search(r'BATCHPROOF_VERSION "(.*)"', header.read())[1]
        self.assertEqual(self.action["inputs"]["batchproof"]["default"], f"npx --yes batchproof@{version}")
        for output in self.action["outputs"].values():
            identifier, name = re.fullmatch(r"\$\{\{ steps\.(\w+)\.outputs\.(\w+) \}\}", output["value"]).groups()
            step = next(step for step in self.action["runs"]["steps"] if step.get("id") == identifier)
            self.assertIn(f'echo "{name}=', step["run"])


if __name__ == "__main__":
    unittest.main()
