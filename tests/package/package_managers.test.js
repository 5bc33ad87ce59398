// The port of vcpkg and the recipe of Conan, with LONG=1 built by stand-ins for both tools, which cannot be had here.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const port = join(root, "cmake/vcpkg/rekognition-jobs");
const LIMIT = { timeout: 900_000, skip: process.env.LONG ? false : "with LONG=1" };
const FAILED_JOBS = "c\t\t\na\tACCESS_DENIED\tno\n";

const run = (program, given) =>
  execFileSync(program, given, { encoding: "utf8", stdio: "pipe", timeout: LIMIT.timeout });

/** @param {import("node:test").TestContext} t */
function makePlace(t) {
  mkdirSync(join(root, "build"), { recursive: true });
  const place = mkdtempSync(join(root, "build/packaged-"));
  t.after(() => rmSync(place, { recursive: true }));
  return place;
}

test("the port has the version, licence and dependency of the project", () => {
  const manifest = JSON.parse(readFileSync(join(port, "vcpkg.json"), "utf8"));
  const [, version] = /project\(rekognition_jobs VERSION ([\d.]+)/.exec(
    readFileSync(join(root, "CMakeLists.txt"), "utf8"),
  );
  const { license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.deepEqual([manifest.version, manifest.license], [version, license]);
  assert.ok(manifest.dependencies.includes("nlohmann-json"));
});

test("the port of vcpkg gives a package on which the example is built", LIMIT, (t) => {
  const place = makePlace(t);
  run("cmake", [
    `-DPORT_FOLDER=${port}`,
    `-DPLACE=${place}`,
    "-DCOMPILER=c++",
    "-P",
    join(root, "tests/package/vcpkg.cmake"),
  ]);
  const packages = join(place, "packages");
  // What vcpkg checks of every package.
  assert.deepEqual(readdirSync(packages).sort(), ["debug", "include", "lib", "share"]);
  assert.deepEqual(readdirSync(join(packages, "debug")), ["lib"]);
  assert.match(readFileSync(join(packages, "share/rekognition-jobs/copyright"), "utf8"), /MIT License[\s\S]*Lohmann/);
  assert.ok(existsSync(join(packages, "share/rekognition_jobs/rekognition_jobsConfig.cmake")));
  for (const type of ["Release", "Debug"]) {
    const example = join(place, `example-${type}`);
    const options = [`-DCMAKE_PREFIX_PATH=${packages}`, `-DCMAKE_BUILD_TYPE=${type}`];
    run("cmake", ["-S", join(root, "docs/cpp_example"), "-B", example, "-G", "Ninja", ...options]);
    run("cmake", ["--build", example]);
    assert.equal(run(join(example, "failed_jobs"), [join(root, "tests/package/listing.json")]), FAILED_JOBS);
  }
});

test("the recipe of Conan gives a package on which its test package is built", LIMIT, (t) => {
  assert.equal(run("python3", [join(root, "tests/package/conan.py"), root, makePlace(t), "c++"]), FAILED_JOBS);
});
