// The small mistakes that script/mutate makes, each a place in src/ and its changed line, and those of them that no test can
// notice.

import { readdirSync, readFileSync } from "node:fs";

// The kinds of mistakes: each finds a text in a line, and puts another in its place. Operators stand
// between spaces, as script/format writes them, and so differ from the brackets of templates.
const replace = (pattern, by) => (code) =>
  [...code.matchAll(pattern)].map((found) => [found.index, found[0].length, by]);
const exchange = (pairs) => replace(new RegExp(Object.keys(pairs).map((text) => text.replace(/[|+]/g, "\\$&")).join("|"), "g"),
                                    (text) => pairs[text]);
export const operators = {
  "flipped comparison": exchange({ " == ": " != ", " != ": " == ", " < ": " >= ", " > ": " <= ", " <= ": " > ", " >= ": " < " }),
  "moved limit": exchange({ " < ": " <= ", " <= ": " < ", " > ": " >= ", " >= ": " > " }),
  "and for or": exchange({ " && ": " || ", " || ": " && " }),
  "negated condition": replace(/\b(if|while) \((?!constexpr)((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g,
                               (text) => text.replace(/\((.*)\)$/, "(!($1))")),
  "off by one": replace(/(?<![\w.'])\d(?![\w.'])/g, (digit) => String(Number(digit) + 1)),
  "plus for minus": exchange({ " + ": " - ", " - ": " + " }),
  "true for false": replace(/\b(true|false)\b/g, (text) => (text === "true" ? "false" : "true")),
  "dropped statement": replace(/^ +(?!return|throw|using|else|case|break|const|static|if|for|while)[\w:.\->[\]*]+(\(.*\)| [-+*|&]?= .*|\+\+);$/g,
                               () => ";"),
};

/// The line without comments and the insides of strings, each byte in its place.
const code_of = (line) =>
  /^\s*(#|\/\/|static_assert|namespace|template)/.test(line)
    ? ""
    : line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)'/g, (text) => text[0] + "_".repeat(text.length - 2) + text[0])
          .replace(/ *\/\/.*$/, "");

export const files_of = (folder) => readdirSync(folder).sort();

/// Each mistake that can be made in these files.
export const sites_of = (folder, files = files_of(folder)) => files.flatMap((file) =>
  readFileSync(`${folder}/${file}`, "utf8").split("\n").flatMap((line, index) =>
    Object.entries(operators).flatMap(([operator, places]) =>
      places(code_of(line)).map(([begin, size, by]) => ({
        file, index, operator, line,
        changed: line.slice(0, begin) + by(line.slice(begin, begin + size)) + line.slice(begin + size),
      })))));

/// Mutations that no test can notice, such as the amount of memory reserved at once, with the reason.
export const without_effect_list = "script/mutations_without_effect.json";

const without_comment = (line) => line.replace(/ *\/\/.*$/, "").trim(); // a comment may change
const is_meant = ({ file, line, changed }) => (site) =>
  site.file === file && without_comment(site.line) === line && without_comment(site.changed) === changed;

/// Those of the list that are no place in the sources.
export const gone = (mutations, sites) => mutations.filter((mutation) => !sites.some(is_meant(mutation)));

/// The places of the list. Throws for one that is no more.
export const sites_without_effect = (mutations, sites) => {
  for (const mutation of gone(mutations, sites))
    throw new Error(`${without_effect_list} names a place that is no more: ${JSON.stringify(mutation)}`);
  return new Set(mutations.flatMap((mutation) => sites.filter(is_meant(mutation))));
};
