// node sbom.mjs VERSION SECONDS FILE... prints a software bill of materials (CycloneDX 1.6, JSON): batchproof, the libraries
// that it is built with as Debian packages, and the published files with their digests. SECONDS is its time since 1970. The
// library of CycloneDX is in node_modules of the folder that it runs in.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

const CDX = createRequire(join(process.cwd(), "x"))("@cyclonedx/cyclonedx-library");

// The Debian package of each library, and its licence. NOTICE says which components need it.
const libraries = JSON.parse(readFileSync(new URL("libraries.json", import.meta.url)));

function debianComponent(name, licence) {
  const version = execFileSync("dpkg-query", ["--show", "--showformat=${Version}", name], { encoding: "utf8" });
  const purl = `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?distro=bookworm`;
  const component = new CDX.Models.Component(CDX.Enums.ComponentType.Library, name, { version, bomRef: purl, purl });
  component.licenses.add(new CDX.Models.LicenseExpression(licence));
  return component;
}

function fileComponent(path) {
  const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
  const component = new CDX.Models.Component(CDX.Enums.ComponentType.File, basename(path), { bomRef: basename(path) });
  component.hashes.set(CDX.Enums.HashAlgorithm["SHA-256"], digest);
  return component;
}

const [version, seconds, ...files] = process.argv.slice(2);
const product = new CDX.Models.Component(CDX.Enums.ComponentType.Library, "batchproof", { version, bomRef: "batchproof" });
product.licenses.add(new CDX.Models.LicenseExpression("Apache-2.0"));
const bom = new CDX.Models.Bom();
bom.metadata.component = product;
bom.metadata.timestamp = new Date(Number(seconds) * 1000);
for (const [name, { licence }] of Object.entries(libraries)) {
  const component = debianComponent(name, licence);
  bom.components.add(component);
  product.dependencies.add(component.bomRef);
}
for (const file of files) bom.components.add(fileComponent(file));

const spec = CDX.Spec.Spec1dot6;
const serializer = new CDX.Serialize.JsonSerializer(new CDX.Serialize.JSON.Normalize.Factory(spec));
const text = serializer.serialize(bom, { sortLists: true, space: 2 });
const errors = await new CDX.Validation.JsonStrictValidator(spec.version).validate(text);
if (errors) throw new Error(`the bill of materials is not valid: ${JSON.stringify(errors)}`);
console.log(text);
