// The commands of docs/cpp.md, as they stand there: in a fresh copy of the sources, by the compilers that are here, and with
// LONG=1 in new systems that have nothing but what the page says is needed.

import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const isLong = Boolean(process.env.LONG);
const LIMIT = { timeout: 1_800_000 };
const FAILED_JOBS = "c\t\t\na\tACCESS_DENIED\tno\n";
const PROGRAMS = 3; // by CMake, by pkg-config, with sanitizers
const CHECK_OFF = " -fno-sanitize=vptr";
const SOURCES = "the sources";

const text = readFileSync(join(root, "docs/cpp.md"), "utf8");
const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block);
const installs = blocks.filter((block) => block.startsWith("apt-get "));
const commands = blocks.filter((block) => !block.startsWith("apt-get "));

/** Makes a folder for a home, for programs, and for a copy of the sources. @param {string} parent @returns its path */
function makePlace(parent) {
  mkdirSync(parent, { recursive: true });
  const place = mkdtempSync(join(parent, "cpp-docs-"));
  for (const name of execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" }).split("\0")) {
    if (!name || !existsSync(join(root, name))) continue;
    mkdirSync(dirname(join(place, SOURCES, name)), { recursive: true });
    cpSync(join(root, name), join(place, SOURCES, name));
  }
  cpSync(join(root, "tests/package/listing.json"), join(place, SOURCES, "listing.json"));
  mkdirSync(join(place, "home"));
  mkdirSync(join(place, "bin"));
  return place;
}

/**
 * @param {string[]} program @param {string} script for its standard input
 * @returns {Promise<{ status: number, stdout: string, stderr: string }>}
 */
function run(program, script, cwd = root) {
  const [file, ...args] = program;
  return new Promise((resolve) => {
    const child = execFile(file, args, { cwd, maxBuffer: 1 << 26, ...LIMIT }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
    );
    child.stdin?.end(script);
  });
}

/**
 * @param {string} place
 * @param {string} compiler what c++ is
 * @param {string[]} enter a command that runs another in the system that the place is in
 * @param {string} inside the path of the place in that system
 */
async function follow(place, compiler, enter = [], inside = place) {
  symlinkSync(compiler, join(place, "bin/c++"));
  const environment = [`HOME=${inside}/home`, `PATH=${inside}/bin:/usr/bin:/bin`, "LC_ALL=C"];
  const shell = [...enter, "env", "-i", ...environment, "sh", "-eu"];
  const start = `cd '${inside}/${SOURCES}'\n`;
  const { status, stdout, stderr } = await run(shell, start + commands.join(""));
  const said = `${stdout}\n${stderr}`;
  assert.equal(status, 0, said.slice(-4000));
  assert.equal(stdout.split(FAILED_JOBS).length - 1, PROGRAMS, said.slice(-4000));
  assert.doesNotMatch(said, /warning/i);

  const [exported] = /^export PKG_CONFIG_PATH=.*\n/m.exec(commands.join("")) ?? [];
  const [checked] = commands.filter((block) => block.includes(CHECK_OFF));
  const refused = await run(shell, start + exported + checked.replace(CHECK_OFF, ""));
  assert.notEqual(refused.status, 0, `it links without${CHECK_OFF}`);
  assert.match(refused.stderr.replaceAll("\n", " "), /undefined reference to [`']typeinfo for rekognition_jobs::\w+'/);
}

test("the page has commands that build, install and use it, in three ways", () => {
  assert.equal(installs.length, 2);
  assert.ok(commands.join("").match(/^build\/[\w/]+ listing\.json$/gm)?.length === PROGRAMS);
});

const compilers = isLong ? ["c++", "g++-12", "g++-14", "clang++-14", "clang++-19"] : ["c++"];
for (const compiler of compilers) {
  test(`by ${compiler}`, LIMIT, async (t) => {
    const path = ["/usr/local/bin", "/usr/bin"].map((folder) => join(folder, compiler)).find(existsSync);
    if (path === undefined) return t.skip(`${compiler} is not here`);
    const place = makePlace(join(root, "build"));
    t.after(() => rmSync(place, { recursive: true }));
    await follow(place, path);
  });
}

const systems = [
  { release: "bookworm", compiler: "g++", is: /GCC.* 12\./is },
  { release: "trixie", compiler: "g++", is: /GCC.* 14\./is },
  { release: "trixie", compiler: "clang++", packages: "clang libclang-rt-dev", is: /clang version 19\./ },
];
for (const { release, compiler, packages, is } of isLong ? systems : []) {
  test(`in a new Debian ${release}, by ${compiler}`, LIMIT, async (t) => {
    if (!existsSync("/usr/sbin/debootstrap") || process.getuid?.() !== 0)
      return t.skip("debootstrap is not here, or this is not root");
    const system = join(root, "build/systems", `${release}-${compiler}`);
    rmSync(system, { recursive: true, force: true });
    mkdirSync(dirname(system), { recursive: true });
    t.after(() => rmSync(system, { recursive: true }));
    const made = await run(["debootstrap", "--variant=minbase", release, system], "");
    assert.equal(made.status, 0, made.stdout.slice(-2000));
    const enter = [
      "unshare",
      "--mount",
      "sh",
      "-ec",
      `mount -t proc proc '${system}/proc'; exec chroot '${system}' "$@"`,
      "sh",
    ];
    const more = packages ? `apt-get install --no-install-recommends ${packages}\n` : "";
    const script = `export DEBIAN_FRONTEND=noninteractive\n${installs.join("")}${more}${compiler} -v\n`;
    const ready = await run([...enter, "sh", "-eu"], script.replaceAll("install ", "install -y "), root);
    assert.equal(ready.status, 0, ready.stderr.slice(-2000));
    assert.match(ready.stderr, is);
    const place = makePlace(system);
    await follow(place, `/usr/bin/${compiler}`, enter, `/${basename(place)}`);
  });
}
