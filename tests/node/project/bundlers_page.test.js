// docs/bundlers.md is the matrix of integrations, and its lines are those that the projects have.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { document } from "../../integration/document.js";
import { VARIANTS } from "../../integration/rows.js";

const integration = (path) => new URL(`../../integration/${path}`, import.meta.url);

test("docs/bundlers.md is as tests/integration/document.js writes it", () => {
  const written = readFileSync(new URL("../../../docs/bundlers.md", import.meta.url), "utf8");
  assert.equal(written, document(), "node tests/integration/document.js writes it");
});

for (const { name, title, project, add, build, policy } of VARIANTS) {
  test(`${name} has a title, and each line that its row tells to add`, () => {
    assert.ok(title);
    const texts = { "the build": build, "the policy": policy?.replaceAll(" http://127.0.0.1:*", "") };
    for (const { to, line } of add) {
      const text = texts[to] ?? readFileSync(integration(`projects/${project}/${to}`), "utf8");
      assert.ok(text.includes(line), `${to}: ${line}`);
    }
  });
}

test("each project with dependencies has a lock file, which names no registry", () => {
  for (const { lock, project } of VARIANTS) {
    const manifest = JSON.parse(readFileSync(integration(`projects/${project}/package.json`), "utf8"));
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    if (dependencies || devDependencies || optionalDependencies)
      assert.ok(existsSync(integration(`locks/${lock}.json`)), lock);
  }
  for (const name of readdirSync(integration("locks"))) {
    const { packages } = JSON.parse(readFileSync(integration(`locks/${name}`), "utf8"));
    assert.ok(Object.keys(packages).length > 1, name);
    for (const [path, { resolved, integrity, version }] of Object.entries(packages)) {
      assert.equal(resolved, undefined, `${name}: ${path}`);
      assert.ok(path === "" || (integrity && version), `${name}: ${path}`);
    }
    assert.ok(
      VARIANTS.some(({ lock }) => name === `${lock}.json`),
      `${name} is used`,
    );
  }
});
