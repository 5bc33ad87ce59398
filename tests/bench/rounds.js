// Rounds of the same work by plain JavaScript and by the engine, turn by turn; in Node and in pages alike.
import { ask, parsePages, plain, questions } from "./contenders.js";

/** Questions are short and asked with every letter: both sides are measured as they run then, compiled. */
const asOften = { warmUps: 40, rounds: 25 };

/** @param {number[]} values */
export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {number} ours   milliseconds, a median
 * @property {number} plain  milliseconds, a median
 * @property {number} [floor]  how many times faster ours must be
 */

/**
 * Every question of the engine and of plain JavaScript, on the same jobs.
 * @param {() => Promise<import("rekognition-jobs").Jobs>} createJobs
 * @param {Uint8Array[]} pages
 * @param {{ importFloor: number }} floors
 * @returns {Promise<Row[]>}
 */
export async function compare(createJobs, pages, { importFloor }) {
  const engine = await createJobs();
  const listing = await new Blob(pages).arrayBuffer();
  let jobs = [];
  const reading = await takeTurns(
    "responses to a store, memory warm",
    () => engine.import(listing),
    () => {
      jobs = parsePages(pages);
    },
    { before: () => engine.clear(), warmUps: 4 },
  );
  if (engine.size !== jobs.length) throw new Error(`${engine.size} jobs of ${jobs.length}`);

  const rows = [{ ...reading, floor: importFloor }];
  rows.push({ ...(await openInTurns(createJobs, engine)), floor: 3 });
  for (const question of questions) {
    const found = ask(engine, question.text);
    const expected = plain.ask(jobs, question);
    if (found !== expected) throw new Error(`${question.name}: ${found} jobs, expected ${expected}`);
    const row = await takeTurns(
      question.name,
      () => ask(engine, question.text),
      () => plain.ask(jobs, question),
      { before: () => forget(engine), ...asOften },
    );
    rows.push({ ...row, floor: question.floor });
  }

  const sorts = await takeTurns(
    "sort by JobName, first time",
    () => sortAll(engine, "", "JobName"),
    () => plain.sort(jobs),
    {
      before: async () => {
        engine.clear();
        await engine.import(listing);
        ask(engine, "");
      },
    },
  );
  rows.push({ ...sorts, floor: 3 });
  let turn = 0;
  const again = await takeTurns(
    "sort by JobName, other query or direction",
    () => sortAll(engine, turn % 2 ? "status:failed" : "", turn % 3 ? "-JobName" : "JobName"),
    () => (turn++ % 3 ? plain.sortDown(jobs) : plain.sort(jobs)),
    { warmUps: 4 },
  );
  rows.push({ ...again, floor: 20 });

  const view = engine.query("");
  const facets = await takeTurns(
    "facets of Status",
    () => view.facets("Status"),
    () => plain.facets(jobs),
    asOften,
  );
  rows.push({ ...facets, floor: 30 });
  engine.close();
  return rows;
}

/**
 * Listings in other forms, beside the same with other tools: gunzip and an import; JSON.parse alone.
 * @param {() => Promise<import("rekognition-jobs").Jobs>} createJobs
 * @param {Uint8Array[]} pages
 * @returns {Promise<Row[]>}
 */
export async function compareForms(createJobs, pages) {
  const engine = await createJobs();
  const before = () => engine.clear();
  const through = (bytes, transform) => new Response(new Blob(bytes).stream().pipeThrough(transform)).arrayBuffer();
  const packed = await through(pages, new CompressionStream("gzip"));
  const gzip = await takeTurns(
    "a gzip listing imported (beside gunzip, then an import)",
    () => engine.import(packed),
    async () => engine.import(await through([packed], new DecompressionStream("gzip"))),
    { before },
  );
  const count = engine.size;
  const camelCase = pages.map((page) =>
    new TextDecoder().decode(page).replace(/"([A-Z])(\w*)":/g, (_, first, rest) => `"${first.toLowerCase()}${rest}":`),
  );
  const listing = await new Blob(camelCase).arrayBuffer();
  const camel = await takeTurns(
    "a listing in camelCase imported (beside JSON.parse)",
    () => engine.import(listing),
    () => camelCase.map((page) => JSON.parse(page)),
    { before },
  );
  before();
  await engine.import(listing);
  if (count === 0 || engine.size !== count) throw new Error(`${engine.size} jobs of ${count}`);
  engine.close();
  return [
    { ...gzip, floor: 1 },
    { ...camel, floor: 2 },
  ];
}

/** Opening a snapshot, beside importing the same jobs: a Jobs each time. */
async function openInTurns(createJobs, engine) {
  const snapshot = await new Response(engine.snapshot()).blob();
  const listing = await engine.query("").export("json").arrayBuffer();
  const begin = async (options, work) => {
    const jobs = await createJobs(options);
    await work(jobs);
    if (jobs.size !== engine.size) throw new Error(`${jobs.size} jobs of ${engine.size}`);
    jobs.close();
  };
  return takeTurns(
    "a snapshot opened (beside an import of the same jobs)",
    () => begin({ snapshot }, () => {}),
    () => begin({}, (jobs) => jobs.import(listing)),
  );
}

/** The whole order must be known before the last row is. */
function sortAll(engine, text, sort) {
  const view = engine.query(text, { sort });
  view.rows(view.length - 1, 1);
  view.close();
}

/** Other searches push what the engine remembers of the last ones out. */
function forget(engine) {
  for (const word of ["zz1", "zz2", "zz3", "zz4"]) ask(engine, `${word} name:${word}`);
}

async function takeTurns(name, ours, plainly, { before = () => {}, warmUps = 3, rounds = 9 } = {}) {
  const times = { ours: [], plain: [] };
  for (let round = -warmUps; round < rounds; round++) {
    await before();
    const taken = { ours: await time(ours), plain: await time(plainly) };
    if (round < 0) continue;
    times.ours.push(taken.ours);
    times.plain.push(taken.plain);
  }
  return { name, ours: median(times.ours), plain: median(times.plain) };
}

/** @param {() => unknown} work */
export async function time(work) {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
