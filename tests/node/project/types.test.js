// The types compile wherever the package is used: every TypeScript from 5.0, way to resolve modules, and set of types of
// the place, without skipLibCheck. LONG=1 tries all of them, otherwise the oldest and the newest compiler.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { installPackage, run } from "../../package/installed.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const isLong = Boolean(process.env.LONG);
const LIMIT = { timeout: 300_000 };

const RESOLUTIONS = {
  bundler: { module: "esnext", moduleResolution: "bundler" },
  node16: { module: "node16", moduleResolution: "node16" },
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
};
/** What a project knows of its place, and the consumers that are written for it. */
const PLACES = {
  DOM: { lib: ["es2022", "dom"], types: [], files: ["everywhere.ts", "with_web.ts", "with_dom.ts"] },
  "a worker": { lib: ["es2022", "webworker"], types: [], files: ["everywhere.ts", "with_web.ts", "with_dom.ts"] },
  Node: { lib: ["es2022"], types: ["node"], files: ["everywhere.ts", "with_web.ts"] },
  "DOM and Node": { lib: ["es2022", "dom"], types: ["node"], files: ["everywhere.ts", "with_web.ts", "with_dom.ts"] },
  "the language alone": { lib: ["es2022"], types: [], files: ["everywhere.ts"] },
};
/** The resolutions of the short run, by the places. */
const SHORT = { DOM: "bundler", "a worker": "nodenext", Node: "node16", "the language alone": "bundler" };

const COMPILERS = { "5.0": join(root, "node_modules/typescript-5.0"), newest: join(root, "node_modules/typescript") };
const compilers = join(root, "build/compilers");
if (isLong) {
  const { devDependencies } = JSON.parse(await readFile(join(root, "tests/types/compilers/package.json"), "utf8"));
  for (const name of Object.keys(devDependencies)) COMPILERS[name] = join(compilers, "node_modules", name);
}

let installed;
before(async () => {
  if (isLong && !existsSync(join(compilers, "node_modules"))) {
    await cp(join(root, "tests/types/compilers"), compilers, { recursive: true });
    await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: compilers, timeout: 240_000 });
  }
  installed = await installPackage();
  const modules = join(installed.folder, "node_modules");
  await mkdir(join(modules, "@types"));
  for (const name of ["@types/node", "undici-types"])
    await symlink(join(root, "node_modules", name), join(modules, name));
  for (const name of ["everywhere.ts", "with_web.ts", "with_dom.ts"])
    await cp(join(root, "tests/types", name), join(installed.folder, name));
}, LIMIT);
after(() => installed?.close(), LIMIT);

for (const [version, compiler] of Object.entries(COMPILERS)) {
  describe(`TypeScript ${version}`, () => {
    for (const [place, { lib, types, files }] of Object.entries(PLACES)) {
      for (const [name, resolution] of Object.entries(RESOLUTIONS)) {
        if (!isLong && SHORT[place] !== name) continue;
        test(`${name}, the types of ${place}`, LIMIT, async () => {
          const compilerOptions = {
            strict: true,
            noEmit: true,
            target: "es2022",
            exactOptionalPropertyTypes: true,
            noUncheckedIndexedAccess: true,
            skipLibCheck: false,
            ...resolution,
            lib,
            types,
          };
          const project = join(installed.folder, "tsconfig.json");
          await writeFile(project, JSON.stringify({ compilerOptions, files }));
          await run(process.execPath, [join(compiler, "bin/tsc"), "-p", project], { timeout: 120_000 }).catch(
            ({ stdout, message }) => assert.fail(stdout || message),
          );
        });
      }
    }
  });
}
