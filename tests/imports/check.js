// Says which files import what their room may not: node tests/imports/check.js. rules.js tells what each may.

import { fileURLToPath } from "node:url";
import { importsOf, includesOf } from "./graph.js";
import { BUILT, CORE, EMULATOR, MODULE, PAGE, UNREACHABLE } from "./rules.js";

/**
 * @typedef {import("./graph.js").Arrow} Arrow
 * @typedef {import("./rules.js").Rooms} Rooms
 */

const SCRIPTS = { ...MODULE, ...EMULATOR, ...PAGE };

/** The nearest folder above that is a room, or the file that is one, or else the first folder. @param {Rooms} rooms */
function roomOf(path, rooms) {
  if (Object.hasOwn(rooms, path)) return path;
  let folder = path;
  while (folder.includes("/")) {
    folder = folder.slice(0, folder.lastIndexOf("/"));
    if (Object.hasOwn(rooms, folder)) return folder;
  }
  return folder;
}

/** Whether it is that, or a part of it. */
const isWithin = (path, name) => path === name || path.startsWith(`${name}/`);

/** @param {Arrow} arrow @param {Rooms} rooms @returns {string | undefined} what of its room's list allows it */
function permission({ from, to }, rooms) {
  const target = roomOf(to, rooms);
  return rooms[roomOf(from, rooms)]?.find((allowed) =>
    Object.hasOwn(rooms, allowed) ? target === allowed : isWithin(to, allowed),
  );
}

/** @param {readonly Arrow[]} arrows @param {Rooms} rooms @returns {string[]} */
function wrongArrows(arrows, rooms) {
  return arrows.flatMap((arrow) => {
    const room = roomOf(arrow.from, rooms);
    if (!Object.hasOwn(rooms, room)) return `${arrow.from} is in no room that rules.js names`;
    if ((roomOf(arrow.to, rooms) === room && arrow.to.includes("/")) || permission(arrow, rooms)) return [];
    return `${arrow.from} imports ${arrow.to}, which ${room} may not`;
  });
}

/** A folder within a room that has rooms would be a room without a rule. @param {readonly Arrow[]} arrows @param {Rooms} rooms */
function unnamedRooms(arrows, rooms) {
  const folders = new Set(arrows.map(({ from }) => from.slice(0, from.lastIndexOf("/"))));
  return [...folders]
    .filter((folder) => !Object.hasOwn(rooms, folder))
    .map((folder) => `${folder}/ is a room that rules.js does not name`);
}

/** @param {readonly Arrow[]} arrows @param {Rooms} rooms */
function idleRules(arrows, rooms) {
  const used = new Set(arrows.map((arrow) => `${roomOf(arrow.from, rooms)} -> ${permission(arrow, rooms)}`));
  return Object.entries(rooms)
    .flatMap(([room, allowed]) => allowed.map((name) => `${room} -> ${name}`))
    .filter((rule) => !used.has(rule))
    .map((rule) => `${rule} is allowed in rules.js, and nothing needs it`);
}

/** @param {Rooms} rooms @returns {string[]} a circle of rooms, if there is one */
function circles(rooms) {
  /** @type {Set<string>} */
  const done = new Set();
  /** @param {string[]} path @returns {string[]} */
  function visit(path) {
    const [room] = path.slice(-1);
    if (path.indexOf(room) < path.length - 1) return [`${path.join(" -> ")} is a circle`];
    if (done.has(room)) return [];
    done.add(room);
    return rooms[room].filter((name) => Object.hasOwn(rooms, name)).flatMap((name) => visit([...path, name]));
  }
  return Object.keys(rooms).flatMap((room) => visit([room]));
}

/** @param {readonly Arrow[]} arrows */
function reached(arrows) {
  return UNREACHABLE.flatMap(({ room, never, except }) => {
    const open = arrows.filter(({ from, to }) => !except.includes(`${from} -> ${to}`));
    const idle = except.filter((name) => !arrows.some(({ from, to }) => `${from} -> ${to}` === name));
    /** @type {Map<string, string>} how each is reached */
    const paths = new Map(open.filter(({ from }) => isWithin(from, room)).map(({ from }) => [from, from]));
    for (const [path, way] of paths) {
      for (const { from, to } of open) if (from === path && !paths.has(to)) paths.set(to, `${way} -> ${to}`);
    }
    return [
      ...[...paths].filter(([path]) => never.test(path)).map(([, way]) => `${room} may not reach it: ${way}`),
      ...idle.map((name) => `${name} is an exception in rules.js, and is no include any more`),
    ];
  });
}

/**
 * @param {string} root  with a "/" at its end
 * @returns {Promise<string[]>} what is wrong, a line each
 */
export async function check(root) {
  const scripts = (await importsOf(root, ["wasm/js", "emulator", "web"])).filter(({ to }) => !BUILT.test(to));
  const core = includesOf(root, ["src", "wasm"], "src");
  return [
    ...[
      [scripts, SCRIPTS],
      [core, CORE],
    ].flatMap(([arrows, rooms]) => [
      ...wrongArrows(/** @type {Arrow[]} */ (arrows), /** @type {Rooms} */ (rooms)),
      ...unnamedRooms(/** @type {Arrow[]} */ (arrows), /** @type {Rooms} */ (rooms)),
      ...idleRules(/** @type {Arrow[]} */ (arrows), /** @type {Rooms} */ (rooms)),
      ...circles(/** @type {Rooms} */ (rooms)),
    ]),
    ...reached(core),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wrong = await check(fileURLToPath(new URL("../../", import.meta.url)));
  for (const line of wrong) console.log(line);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
