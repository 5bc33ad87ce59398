// What callers may give of odd and throwing values, and the public calls to give them to.

import { wireJob } from "../jobs_of.js";
import { results70, resultsFile } from "../results/results_of.js";
import { watchModule } from "./wasm_watch.js";

export const BOOM = new Error("thrown by the caller");
export const LISTING = JSON.stringify({ MediaAnalysisJobs: ["a", "b", "c"].map((id) => wireJob(id)) });
export const RESULTS = resultsFile(results70(40, 1));
export const SUMMARY =
  '{"version":"1.0","statistics":{"total-json-lines":"40","valid-json-lines":"40","invalid-json-lines":"0"}}';
export const jobsWasm = await watchModule("rekognition_jobs");
export const poolWasm = await watchModule("rekognition_jobs");
export const resultsWasm = await watchModule("rekognition_results");
export const watches = [jobsWasm, poolWasm, resultsWasm];

/** How often a caller's code was run, and where it ran that it must not. */
export const runs = { count: 0, within: [] };

/** Notes that a caller's code runs. */
export function enter() {
  runs.count++;
  const { stack } = new Error("here");
  if (stack.includes("wasm://") || watches.some((watch) => watch.stackPointer && watch.isWithinCall))
    runs.within.push(stack);
}

export function raise() {
  enter();
  throw BOOM;
}

/** The function, which notes that it runs. */
const noted =
  (run) =>
  (...given) => {
    enter();
    return run(...given);
  };

const TRAPS = [
  "apply",
  "construct",
  "defineProperty",
  "deleteProperty",
  "get",
  "getOwnPropertyDescriptor",
  "getPrototypeOf",
  "has",
  "isExtensible",
  "ownKeys",
  "preventExtensions",
  "set",
  "setPrototypeOf",
];
/** Throws whatever is done with it. */
export const hostile = new Proxy(function hostile() {}, Object.fromEntries(TRAPS.map((name) => [name, raise])));

/** The object with getters that throw in place of some members. */
export function withThrowing(object, ...names) {
  for (const name of names) Object.defineProperty(object, name, { get: raise, enumerable: true, configurable: true });
  return object;
}

export function detached(bytes = 8) {
  const buffer = new ArrayBuffer(bytes);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
}

/** Text once, other text after. */
export function changing(...texts) {
  let asked = 0;
  return {
    toString() {
      enter();
      return texts[Math.min(asked++, texts.length - 1)];
    },
  };
}

export const ODD_VALUES = {
  "a Proxy that throws": hostile,
  "toString that throws": { toString: raise },
  "toString that gives an object": { toString: () => ({}), valueOf: () => ({}) },
  "a Symbol": Symbol("odd"),
  "no prototype": Object.create(null),
  "text that changes": changing("status", "nonsense", "created"),
  "text that changes back": changing("nonsense", "status", "created"),
  null: null,
  NaN: Number.NaN,
  "a BigInt": 5n,
  "a negative number": -1,
  "a huge number": 2 ** 40,
  "a function that throws": raise,
  "half a surrogate pair": "\ud800",
};

export const oddSignals = () => ({
  null: null,
  "an empty object": {},
  "a number": 5,
  "a Proxy that throws": hostile,
  "aborted, for no reason": AbortSignal.abort(null),
  "aborted, for a Proxy that throws": AbortSignal.abort(hostile),
  "aborted, for a frozen object": AbortSignal.abort(Object.freeze({})),
  "no listener taken": { aborted: false, addEventListener: raise, removeEventListener: raise },
  "no listener given back": { aborted: false, addEventListener() {}, removeEventListener: raise },
  "no reason": withThrowing({ aborted: true, addEventListener() {}, removeEventListener() {} }, "reason"),
  "nothing to ask": withThrowing({ addEventListener() {}, removeEventListener() {} }, "aborted"),
});

const headersGiving = (value) => ({ get: noted(() => value), has: noted(() => value) });
const answering = (members) => ({
  status: 200,
  ok: true,
  headers: new Headers(),
  arrayBuffer: async () => new ArrayBuffer(2),
  text: async () => "{}",
  body: null,
  ...members,
});
export const bodyOf = (give) => async () => answering({ arrayBuffer: noted(give), text: noted(give) });
const breakingStream = () => new ReadableStream({ pull: noted((controller) => controller.error(BOOM)) });

/** What `fetch` may be, by what is wrong with it. */
export const FETCHES = {
  "throws at once": raise,
  rejects: async () => raise(),
  "is a Proxy that throws": hostile,
  "rejects with null": () => Promise.reject(null),
  "rejects with a Proxy that throws": () => Promise.reject(hostile),
  "rejects with a Symbol": () => Promise.reject(Symbol("odd")),
  "rejects with an Error whose message throws": () => Promise.reject(withThrowing(new Error("odd"), "message")),
  "rejects with an Error whose cause throws": () => Promise.reject(withThrowing(new Error("odd"), "cause")),
  "rejects with what no text can be made of": () => Promise.reject(Object.create(null)),
  "gives null": async () => null,
  "gives nothing": () => undefined,
  "gives text": () => "{}",
  "gives a number": async () => 5,
  "gives an empty object": async () => ({}),
  "gives a Proxy that throws": () => hostile,
  "gives a thenable that throws": () => ({ then: raise }),
  "gives a thenable whose then throws": () => withThrowing({}, "then"),
  "gives a Response whose status throws": async () => withThrowing(new Response(LISTING), "status"),
  ...Object.fromEntries(
    ["200", Number.NaN, -1, 1e10, 200.5, 10n, Symbol("odd"), null, true, hostile].map((status, index) => [
      `gives a Response of an odd status, the ${index + 1}th`,
      async () => answering({ status }),
    ]),
  ),
  "gives a Response whose headers throw": async () => withThrowing(new Response(LISTING), "headers"),
  "gives a Response without headers": async () => answering({ headers: null }),
  "gives a Response whose headers have no get": async () => answering({ headers: {} }),
  "gives a Response whose headers.get throws": async () => answering({ headers: { get: raise, has: raise } }),
  ...Object.fromEntries(
    [{}, 5, Symbol("odd"), hostile, undefined, "\ud800", true].map((value, index) => [
      `gives a Response whose headers.get gives what is odd, the ${index + 1}th`,
      async () => answering({ headers: headersGiving(value) }),
    ]),
  ),
  "gives a Response without a body": async () => answering({ arrayBuffer: undefined, text: undefined }),
  "gives a Response whose arrayBuffer is a getter that throws": async () =>
    withThrowing(new Response(LISTING), "arrayBuffer", "text", "body"),
  "gives a Response whose arrayBuffer throws": bodyOf(raise),
  "gives a Response whose body breaks off": async () => new Response(breakingStream()),
  "refuses with a body that breaks off": async () => new Response(breakingStream(), { status: 400 }),
  ...Object.fromEntries(
    [
      () => detached(),
      () => new Uint8Array(detached(0)),
      () => LISTING,
      () => null,
      () => undefined,
      () => 5,
      () => 2 ** 33,
      () => ({}),
      () => ({ byteLength: 3 }),
      () => ({ byteLength: 2 ** 31, length: 2 ** 31 }),
      () => hostile,
      () => Promise.reject(hostile),
      () => withThrowing({}, "byteLength"),
      () => ({ byteLength: Symbol("odd") }),
      () => new ArrayBuffer(2 ** 28),
    ].map((give, index) => [`gives a Response whose arrayBuffer is none, the ${index + 1}th`, bodyOf(give)]),
  ),
};

/** Bytes and text that an import can be given, by what is wrong with it. */
export const SOURCES = {
  "throws at once": () => ({ [Symbol.asyncIterator]: raise }),
  "whose iterator is a getter that throws": () => withThrowing({}, Symbol.asyncIterator),
  "whose iterator is none": () => ({ [Symbol.asyncIterator]: () => 5 }),
  "whose next throws": () => ({ [Symbol.asyncIterator]: () => ({ next: raise, return: raise }) }),
  "whose next gives null": () => ({ [Symbol.asyncIterator]: () => ({ next: () => null }) }),
  "whose done throws": () => ({ [Symbol.asyncIterator]: () => ({ next: () => withThrowing({}, "done") }) }),
  "whose value throws": () => ({
    [Symbol.asyncIterator]: () => ({ next: () => withThrowing({ done: false }, "value"), return: raise }),
  }),
  "a Proxy that throws": () => hostile,
  null: () => null,
  "a Symbol": () => Symbol("odd"),
  "a detached ArrayBuffer": () => detached(),
  "a view of one that is detached": () => {
    const bytes = new Uint8Array(64);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return bytes;
  },
  "bytes that are detached while they are read": () => {
    const bytes = new TextEncoder().encode(LISTING.repeat(2000));
    return (async function* () {
      yield bytes;
      structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
      yield bytes;
    })();
  },
  "bytes that shrink while they are read": () => {
    const buffer = new ArrayBuffer(2 ** 21, { maxByteLength: 2 ** 21 });
    new Uint8Array(buffer).fill(32);
    setImmediate(() => buffer.resize(3));
    return new Uint8Array(buffer);
  },
  "bytes whose length lies": () => Object.defineProperty(new Uint8Array(4), "byteLength", { value: 2 ** 20 }),
  "bytes whose length throws": () => withThrowing(new Uint8Array(4), "byteLength", "buffer", "byteOffset", "length"),
  "a stream that breaks off": breakingStream,
  "a stream that is locked": () => {
    const stream = new Blob(["{}"]).stream();
    stream.getReader();
    return stream;
  },
  "a Response whose getters throw": () => withThrowing(new Response(LISTING), "headers", "body"),
  "a Response whose ok throws": () => withThrowing(new Response(LISTING), "ok"),
  "a Response that breaks off": () => new Response(breakingStream()),
  "a refusal whose text throws": () => Object.assign(new Response("", { status: 403 }), { text: raise }),
  "a refusal whose text is none": () => Object.assign(new Response("", { status: 403 }), { text: async () => hostile }),
  "a refusal whose status is odd": () =>
    Object.defineProperty(new Response("", { status: 403 }), "status", { value: Symbol("odd") }),
  "a refusal whose headers are odd": () =>
    Object.defineProperty(new Response("", { status: 403 }), "headers", { value: headersGiving({}) }),
  "a Blob whose stream throws": () => Object.assign(new Blob([LISTING]), { stream: raise }),
  "a Blob whose size throws": () => withThrowing(new Blob([LISTING]), "size"),
  ...Object.fromEntries(
    [5, null, Symbol("odd"), {}, hostile, undefined, detached()].map((chunk, index) => [
      `a chunk that is none, the ${index + 1}th`,
      async function* () {
        enter();
        yield '[{"JobId":"x"},';
        yield chunk;
      },
    ]),
  ),
};

export const CREDENTIALS = {
  "a provider that throws": raise,
  "a provider that rejects": async () => raise(),
  "a provider that is a Proxy that throws": hostile,
  "a provider that gives a Proxy that throws": () => hostile,
  "a provider that gives null": () => null,
  "an end that throws": async () => withThrowing({ accessKeyId: "A", secretAccessKey: "s" }, "expiration"),
  "an end that is odd": async () => ({ accessKeyId: "A", secretAccessKey: "s", expiration: Symbol("odd") }),
  "a key that throws": async () => withThrowing({ secretAccessKey: "s" }, "accessKeyId"),
  "a token that throws": async () => withThrowing({ accessKeyId: "A", secretAccessKey: "s" }, "sessionToken"),
};

/** Every call of the service, with whatever `fetch` and credentials its Jobs has. */
export const SERVICE_CALLS = {
  listMediaAnalysisJobs: (jobs, options) => jobs.listMediaAnalysisJobs({}, options),
  getMediaAnalysisJob: (jobs, options) => jobs.getMediaAnalysisJob({ JobId: "a" }, options),
  paginateListMediaAnalysisJobs: (jobs, options) => jobs.paginateListMediaAnalysisJobs({}, options).next(),
  load: (jobs, options) => jobs.load(options),
  refresh: (jobs, options) => jobs.refresh(options),
  results: (jobs, options) => jobs.results("a", options),
  image: (jobs, options) => jobs.image("s3://bucket/image.png", options),
};

/** Calls with a value in the place of each argument and of each option. */
export const VALUE_CALLS = {
  jobs: {
    listMediaAnalysisJobs: [
      (jobs, odd) => jobs.listMediaAnalysisJobs({ MaxResults: odd }),
      (jobs, odd) => jobs.listMediaAnalysisJobs({ NextToken: odd }),
      (jobs, odd) => jobs.listMediaAnalysisJobs(odd),
    ],
    getMediaAnalysisJob: [
      (jobs, odd) => jobs.getMediaAnalysisJob({ JobId: odd }),
      (jobs, odd) => jobs.getMediaAnalysisJob(odd),
    ],
    paginateListMediaAnalysisJobs: [
      (jobs, odd) => jobs.paginateListMediaAnalysisJobs({ NextToken: odd }).next(),
      (jobs, odd) => jobs.paginateListMediaAnalysisJobs({}, odd).next(),
    ],
    load: [
      (jobs, odd) => jobs.load({ NextToken: odd }),
      (jobs, odd) => jobs.load({ onProgress: odd }),
      (jobs, odd) => jobs.load(odd),
    ],
    refresh: [(jobs, odd) => jobs.refresh({ onProgress: odd }), (jobs, odd) => jobs.refresh(odd)],
    import: [
      (jobs, odd) => jobs.import(odd),
      (jobs, odd) => jobs.import("[]", odd),
      (jobs, odd) => jobs.import("[]", { onProgress: odd }),
    ],
    open: [
      (jobs, odd) => jobs.open(odd),
      (jobs, odd) => jobs.open("[]", odd),
      (jobs, odd) => jobs.open(RESULTS, { onProgress: odd }),
    ],
    openResults: [
      (jobs, odd) => jobs.openResults(odd),
      (jobs, odd) => jobs.openResults(RESULTS, odd),
      (jobs, odd) => jobs.openResults(RESULTS, { summary: odd }),
    ],
    results: [
      (jobs, odd) => jobs.results(odd),
      (jobs, odd) => jobs.results("a", odd),
      (jobs, odd) => jobs.results("a", { requestPayer: odd }),
    ],
    image: [
      (jobs, odd) => jobs.image(odd),
      (jobs, odd) => jobs.image("s3://bucket/a.png", odd),
      (jobs, odd) => jobs.image("s3://bucket/a.png", { versionId: odd }),
      (jobs, odd) => jobs.image("s3://bucket/a.png", { requestPayer: odd }),
    ],
    get: [(jobs, odd) => jobs.get(odd)],
    query: [
      (jobs, odd) => jobs.query(odd),
      (jobs, odd) => jobs.query("", { sort: odd }),
      (jobs, odd) => jobs.query("", odd),
    ],
    tokens: [(jobs, odd) => jobs.tokens(odd)],
  },
  view: {
    indexOf: [(view, odd) => view.indexOf(odd)],
    facets: [(view, odd) => view.facets(odd)],
    histogram: [(view, odd) => view.histogram(odd, 3), (view, odd) => view.histogram("created", odd)],
    rows: [(view, odd) => view.rows(odd, 1), (view, odd) => view.rows(0, odd)],
    page: [(view, odd) => view.page(odd, 1), (view, odd) => view.page(1, odd)],
    export: [
      (view, odd) => view.export(odd),
      (view, odd) => view.export("csv", odd),
      (view, odd) => view.export("csv", { guardFormulas: odd }),
    ],
    exportStream: [(view, odd) => view.exportStream(odd), (view, odd) => view.exportStream("csv", odd)],
  },
  results: {
    indexOf: [(results, odd) => results.indexOf(odd)],
    facets: [(results, odd) => results.facets(odd)],
    histogram: [
      (results, odd) => results.histogram(odd, 3),
      (results, odd) => results.histogram("confidence", odd),
      (results, odd) => results.histogram("confidence", 3, { label: odd }),
      (results, odd) => results.histogram("confidence", 3, odd),
    ],
    labels: [(results, odd) => results.labels({ threshold: odd }), (results, odd) => results.labels(odd)],
    flagged: [(results, odd) => results.flagged(odd)],
    query: [(results, odd) => results.query(odd), (results, odd) => results.query("", { sort: odd })],
    compare: [
      (results, odd) => results.compare(odd),
      (results, odd) => results.compare(results, { threshold: odd }),
      (results, odd) => results.compare(results, odd),
    ],
    tokens: [(results, odd) => results.tokens(odd)],
    rows: [(results, odd) => results.rows(odd, 1), (results, odd) => results.rows(0, odd)],
    page: [(results, odd) => results.page(odd, 1), (results, odd) => results.page(1, odd)],
    export: [(results, odd) => results.export(odd)],
    exportStream: [(results, odd) => results.exportStream(odd)],
  },
  comparison: {
    rows: [(comparison, odd) => comparison.rows(odd, 1), (comparison, odd) => comparison.rows(0, odd)],
  },
};

/** Which take nothing from a caller. */
export const WITHOUT_ARGUMENTS = [
  "constructor",
  "clear",
  "close",
  "size",
  "fields",
  "loaded",
  "loadedAt",
  "snapshot",
  "length",
];
