// What the build makes: the same bytes each time, wherever and whenever, and with it the licence of everything that is in it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, extname } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { licenceOf, noticesOf, packagesOf } from "../../../licenses/notices.js";
import { partIncluded, partLinked, textOf } from "../../../licenses/parts.js";
import { headersOf, relink } from "../../package/relink.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path) => readFile(join(root, path), "utf8");
const LIMIT = { timeout: 300_000 };
const MODULES = ["rekognition_jobs", "rekognition_results", "rekognition_formats"];
/** What may differ between two machines and must not show. */
const ELSEWHERE = { TZ: "Pacific/Auckland", LC_ALL: "C", HOME: "/nonexistent", SOURCE_DATE_EPOCH: "1" };

let folder;
let linked;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "what-ships-"));
  linked = await Promise.all(
    MODULES.map((name) => relink(name, folder, { TZ: ELSEWHERE.TZ, LC_ALL: ELSEWHERE.LC_ALL })),
  );
}, LIMIT);
after(() => rm(folder, { recursive: true }), LIMIT);

/** The paths of every file in a folder, from there. */
const namesIn = async (place) =>
  (await readdir(place, { recursive: true })).filter((name) => extname(name) !== "").sort();

/** The bytes of every file in a folder, as one line each. */
async function hashes(place) {
  const names = await namesIn(place);
  return Promise.all(
    names.map(
      async (name) =>
        `${name} ${createHash("sha256")
          .update(await readFile(join(place, name)))
          .digest("hex")}`,
    ),
  );
}

/** What a bundle is made of: its scripts, and the npm packages that they are from. */
async function bundled(entry) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: join(folder, "bundle"),
    bundle: true,
    splitting: true,
    format: "esm",
    write: false,
    metafile: true,
    external: ["node:*", "module"],
    logLevel: "error",
  });
  const inputs = Object.keys(metafile.inputs);
  return { inputs, packages: packagesOf(inputs) };
}

describe("the same sources make the same bytes", () => {
  for (const [index, name] of MODULES.entries()) {
    test(`${name}, linked again in another folder`, LIMIT, async () => {
      const { glue, wasm } = linked[index];
      assert.ok(wasm.equals(await readFile(join(root, `dist/${name}.wasm`))), "the module");
      assert.ok(glue.equals(await readFile(join(root, `dist/${name}.js`))), "its script");
    });
  }

  test("the page and the notices, made in another folder, time zone, language and mask of rights", LIMIT, async () => {
    const place = join(folder, "an other/place");
    await mkdir(place, { recursive: true });
    for (const part of ["LICENSE", "dist", "emulator", "licenses", "package.json", "wasm/browsers.js", "web"]) {
      await cp(join(root, part), join(place, part), { recursive: true });
    }
    await rm(join(place, "dist/THIRD_PARTY_LICENSES.txt"));
    const { packages } = await bundled("web/app/main.js");
    for (const name of [...packages, "esbuild", "@esbuild"]) {
      await cp(join(root, "node_modules", name), join(place, "node_modules", name), { recursive: true });
    }
    const run = promisify(execFile);
    const env = { PATH: process.env.PATH, ...ELSEWHERE };
    const script = "umask 077 && node licenses/notices.js dist/THIRD_PARTY_LICENSES.txt && node web/build.js";
    await run("sh", ["-c", script], { cwd: place, env });
    for (const part of ["dist", "build/site"])
      assert.deepEqual(await hashes(join(place, part)), await hashes(join(root, part)), part);
  });

  test("no file says where it was made", LIMIT, async () => {
    for (const part of ["dist", "build/site"]) {
      for (const name of await namesIn(join(root, part))) {
        const text = await readFile(join(root, part, name), "latin1");
        for (const trace of [root, root.slice(0, -1), `${tmpdir()}/`, "/usr/share/", "/usr/lib/"]) {
          assert.ok(!text.includes(trace), `${part}/${name} has ${trace}`);
        }
      }
    }
  });
});

describe("everything that ships has its licence with it", () => {
  const flat = (text) => text.replace(/\s+/g, " ").trim();
  const has = (notices, text) => flat(notices).includes(flat(text));

  for (const [file, entry, expected] of [
    ["dist/THIRD_PARTY_LICENSES.txt", "dist/index.js", ["aws4fetch"]],
    [
      "build/site/THIRD_PARTY_LICENSES.txt",
      "web/app/main.js",
      ["@preact/signals-core", "aws4fetch", "fast-png", "lit-html", "uplot"],
    ],
  ]) {
    test(`${file}: our own, and of each package that the scripts are bundled of`, LIMIT, async () => {
      const notices = await read(file);
      assert.ok(has(notices, await read("LICENSE")));
      const { packages, inputs } = await bundled(entry);
      for (const name of expected) assert.ok(packages.includes(name), name);
      for (const name of packages) assert.ok(has(notices, licenceOf(name)), name);
      const own = inputs.filter((path) => packagesOf([path]).length === 0);
      assert.deepEqual(
        own.filter((path) => !/^(web|emulator|dist)\//.test(path)),
        [],
        "nothing comes from elsewhere",
      );
    });

    test(`${file}: of each library that the linker took something from`, LIMIT, async () => {
      const notices = await read(file);
      const libraries = new Set(
        linked.flatMap(({ taken }) => taken.map((name) => basename(name.replace(/\(.*$/, "")))),
      );
      const others = [...libraries].filter((name) => !/^librekognition_jobs\.a$|^[a-z_]+\.cpp\.o$/.test(name));
      assert.ok(others.length >= 5, others.join());
      for (const name of others) {
        const part = partLinked(name);
        assert.ok(part, `${name} is linked: which licence has it? (licenses/parts.js)`);
        assert.ok(has(notices, textOf(part)), name);
      }
    });

    test(`${file}: of each header that was compiled`, LIMIT, async () => {
      const notices = await read(file);
      const headers = [...(await headersOf())].filter(
        (path) => !/^(\.\.\/\.\.|.*)\/(src|wasm)\/[^ ]*\.(h|cpp)$/.test(path) || path.includes("/sysroot/"),
      );
      assert.ok(headers.length > 300);
      for (const path of headers) {
        const part = partIncluded(path);
        assert.ok(part, `${path} is included: which licence has it? (licenses/parts.js)`);
        assert.ok(has(notices, textOf(part)), path);
      }
    });
  }

  test("files of musl that name holders of their own, where its sources are installed", LIMIT, async (t) => {
    const sources = "/usr/share/emscripten/system/lib/libc/musl/src";
    if (!(await stat(sources).catch(() => undefined))) return t.diagnostic("musl's sources are not installed here");
    const members = new Set(
      linked.flatMap(({ taken }) => taken.flatMap((name) => /libc[-_.][^/]*\((.*)\.o\)$/.exec(name)?.[1] ?? [])),
    );
    const notices = flat(await read("dist/THIRD_PARTY_LICENSES.txt"));
    let seen = 0;
    for (const path of await readdir(sources, { recursive: true })) {
      if (!path.endsWith(".c") || !members.has(basename(path, ".c"))) continue;
      for (const [, holders] of (await readFile(join(sources, path), "utf8")).matchAll(
        /Copyright (?:\(c\)|©) [\d, -]+(?:by )?(.*)/gi,
      )) {
        for (const holder of holders.replace(/All rights reserved\.?/i, "").split(/, (?!Inc)/)) {
          seen++;
          assert.ok(notices.includes(flat(holder).replace(/\.$/, "")), `${path}: ${holder}`);
        }
      }
    }
    assert.ok(seen > 10, `${seen}`);
  });

  test("a package, a library or a header without one would be seen", LIMIT, async () => {
    const place = join(folder, "bare");
    await mkdir(join(place, "node_modules/bare"), { recursive: true });
    await writeFile(join(place, "node_modules/bare/index.js"), "export {}");
    assert.throws(
      () => licenceOf("bare", pathToFileURL(`${place}/`)),
      /The npm package bare ships with us and has no licence file/,
    );
    assert.throws(() => noticesOf(["no-such-package"]));
    assert.deepEqual(
      packagesOf(["web/app/main.js", "node_modules/@a/b/c.js", "../node_modules/d/node_modules/e/f.js"]),
      ["@a/b", "e"],
    );
    for (const name of [
      "libc.a",
      "libc-optz.a",
      "libc_optz-noerrno.a",
      "libc++-noexcept.a",
      "libc++abi-debug-noexcept.a",
      "libcompiler_rt-wasm-sjlj.a",
      "libembind-rtti.a",
      "libemmalloc.a",
      "libnoexit.a",
      "crt1_reactor.o",
      "tmp1a2blibemscripten_js_symbols.so",
    ]) {
      assert.ok(partLinked(name), `${name}, of another version of Emscripten`);
    }
    for (const name of ["libfoo.a", "libdlmalloc.a", "libc.so", "libstdc++.a", "thing.o"])
      assert.equal(partLinked(name), undefined, name);
    for (const path of ["/usr/include/zlib.h", "/usr/include/boost/any.hpp", "../../vendor/thing.h"])
      assert.equal(partIncluded(path), undefined, path);
  });

  test("none of it is loaded by the page at first", LIMIT, async () => {
    for (const file of ["index.html", "page.js", "page.css"]) {
      assert.ok(!(await read(`build/site/${file}`)).includes("THIRD_PARTY_LICENSES"), file);
    }
  });
});
