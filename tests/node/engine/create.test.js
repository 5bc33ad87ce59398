// createJobs: its options, the endpoints it refuses, where it takes the engine from; and the package as it is shipped.

import assert from "node:assert/strict";
import { once } from "node:events";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import * as entry from "rekognition-jobs";
import { failOnUnhandledRejections } from "../unhandled_rejections.js";

const { createJobs } = entry;
const LIMIT = { timeout: 30_000 };
const WASM = new URL("../../../dist/rekognition_jobs.wasm", import.meta.url);

failOnUnhandledRejections();

/** Rejects when the promise has not settled in time. */
async function inTime(promise, milliseconds = 5_000) {
  let timer;
  const late = new Promise(
    (_, reject) => (timer = setTimeout(() => reject(new Error("it never settled")), milliseconds)),
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function works(options) {
  const jobs = await inTime(createJobs(options));
  await jobs.import('{"JobId":"a"}');
  assert.equal(jobs.query("id:a").length, 1);
  jobs.close();
}

describe("the entry", () => {
  test("exports what the contract names", LIMIT, () => {
    const errors = [
      "ServiceError",
      "NetworkError",
      "TimeoutError",
      "InvalidResponseError",
      "RepeatedTokenError",
      "AccessDeniedException",
      "InternalServerError",
      "InvalidParameterException",
      "InvalidPaginationTokenException",
      "ProvisionedThroughputExceededException",
      "ResourceNotFoundException",
      "ThrottlingException",
    ];
    for (const name of errors) {
      assert.equal(typeof entry[name], "function", name);
      assert.ok(entry[name] === entry.ServiceError || entry[name].prototype instanceof entry.ServiceError, name);
    }
    assert.ok(entry.ServiceError.prototype instanceof Error);
    for (const name of ["QueryError", "SnapshotError"]) assert.ok(entry[name].prototype instanceof Error, name);
    assert.ok(!(entry.QueryError.prototype instanceof entry.ServiceError));
    assert.equal(typeof createJobs, "function");
  });

  test("is a package: types first, everything in dist/", LIMIT, async () => {
    const root = new URL("../../../", import.meta.url);
    const {
      exports,
      files,
      type,
      dependencies = {},
    } = JSON.parse(await readFile(new URL("package.json", root), "utf8"));
    assert.equal(type, "module");
    assert.deepEqual(Object.keys(exports["."]).at(0), "types");
    const paths = (entry) => (typeof entry === "string" ? [entry] : Object.values(entry).flatMap(paths));
    const { "./package.json": manifest, ...entries } = exports;
    assert.equal(manifest, "./package.json");
    for (const path of paths(entries)) {
      assert.ok(path.startsWith("./dist/"), path);
      await readFile(new URL(path, root));
    }
    assert.deepEqual(files, ["dist"]);
    assert.deepEqual(dependencies, {});
    await readFile(WASM);
  });

  test("works in a worker", LIMIT, async () => {
    const entryUrl = JSON.stringify(new URL("../../../dist/index.js", import.meta.url).href);
    const program = `
      import { parentPort } from "node:worker_threads";
      import { createJobs } from ${entryUrl};
      const jobs = await createJobs();
      await jobs.import('{"JobId":"a"}');
      parentPort.postMessage(jobs.query("a").length);
      jobs.close();`;
    const url = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
    const worker = new Worker(url);
    const [answer] = await once(worker, "message");
    assert.equal(answer, 1);
    await worker.terminate();
  });
});

describe("a bundler", () => {
  for (const platform of ["browser", "node", "neutral"]) {
    test(`takes it in for ${platform}, without a warning`, LIMIT, async (t) => {
      const folder = await mkdtemp(join(tmpdir(), "rekognition-jobs-"));
      t.after(() => rm(folder, { recursive: true, force: true }));
      const outfile = join(folder, "bundle.mjs");
      const { warnings } = await build({
        stdin: {
          contents: 'export * from "rekognition-jobs";',
          resolveDir: fileURLToPath(new URL(".", import.meta.url)),
        },
        bundle: true,
        format: "esm",
        minify: true,
        platform,
        outfile,
        logLevel: "silent",
      });
      assert.deepEqual(warnings, []);
      await copyFile(WASM, join(folder, "rekognition_jobs.wasm"));
      const bundled = await import(pathToFileURL(outfile));
      const jobs = await inTime(bundled.createJobs());
      await jobs.import('{"JobId":"a"}');
      assert.equal(jobs.query("id:a").length, 1);
      assert.throws(() => jobs.query("status:nope"), { name: "QueryError" });
      await assert.rejects(jobs.load(), { name: "InvalidParameterException" });
      jobs.close();
    });
  }
});

describe("options", () => {
  test("none are needed", LIMIT, async () => {
    await works();
    await works({});
    await works({
      region: undefined,
      endpoint: undefined,
      fetch: undefined,
      maxAttempts: undefined,
      requestTimeout: undefined,
      credentialsTimeout: undefined,
      maxRetryAfter: undefined,
      wasm: undefined,
    });
  });

  test("of a wrong kind reject createJobs", LIMIT, async () => {
    for (const options of [
      { maxAttempts: 0 },
      { maxAttempts: -1 },
      { maxAttempts: 1.5 },
      { maxAttempts: NaN },
      { requestTimeout: -1 },
      { requestTimeout: NaN },
      { fetch: "fetch" },
      { region: 5 },
      { region: "us east 1" },
      { region: "evil.com/" },
      { region: "a@b" },
      { region: "evil.com#" },
    ]) {
      await assert.rejects(
        createJobs(options),
        (error) => error instanceof TypeError || error instanceof RangeError,
        JSON.stringify(options),
      );
    }
  });

  test("a time limit without end", LIMIT, async () => {
    for (const requestTimeout of [Infinity, 2 ** 31, 1e15]) {
      const jobs = await createJobs({
        region: "us-east-1",
        requestTimeout,
        fetch: async () => new Response('{"MediaAnalysisJobs":[]}'),
      });
      assert.deepEqual(await jobs.listMediaAnalysisJobs(), { MediaAnalysisJobs: [] });
      jobs.close();
    }
  });
});

describe("endpoints", () => {
  async function urlFor(options) {
    let asked;
    const jobs = await createJobs({
      ...options,
      fetch: async (url) => {
        asked = String(url);
        return new Response('{"MediaAnalysisJobs":[]}');
      },
    });
    await jobs.listMediaAnalysisJobs();
    jobs.close();
    return asked;
  }

  for (const [endpoint, expected] of Object.entries({
    "https://example.com": "https://example.com/",
    "https://example.com/": "https://example.com/",
    "https://example.com:8443/a/b": "https://example.com:8443/a/b",
    "https://example.com/a/b/": "https://example.com/a/b/",
    "HTTPS://EXAMPLE.com/Path": "https://example.com/Path",
    "http://localhost:8080": "http://localhost:8080/",
    "http://localhost/x": "http://localhost/x",
    "http://127.0.0.1:4566/x/": "http://127.0.0.1:4566/x/",
    "http://127.8.9.10/": "http://127.8.9.10/",
    "http://[::1]:9000/": "http://[::1]:9000/",
    "https://127.0.0.1/": "https://127.0.0.1/",
  })) {
    test(endpoint, LIMIT, async () => {
      assert.equal(await urlFor({ endpoint }), expected);
      assert.equal(await urlFor({ endpoint: new URL(endpoint) }), expected);
      assert.equal(await urlFor({ endpoint, region: "eu-west-1" }), expected, "it stands for the region's");
    });
  }

  for (const endpoint of [
    "http://example.com",
    "http://example.com:8080/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://0.0.0.0/",
    "http://localhost.example.com/",
    "http://127.0.0.1.example.com/",
    "http://localhostx/",
    "http://[::2]/",
    "http://169.254.169.254/",
    "ftp://example.com/",
    "ws://localhost/",
    "file:///etc/passwd",
    "data:text/plain,x",
    "javascript:alert(1)",
    "example.com",
    "//example.com",
    "/path",
    "",
    "https://",
    "http://user:secret@localhost/",
    "https://user@example.com/",
  ]) {
    test(`${endpoint || "an empty one"} is refused`, LIMIT, async () => {
      await assert.rejects(createJobs({ endpoint }), (error) => {
        assert.ok(error instanceof TypeError, `${error}`);
        assert.ok(!error.message.includes("secret"), "no secret is told");
        return true;
      });
    });
  }
  for (const endpoint of [5, {}, [], true, null]) {
    test(`${JSON.stringify(endpoint)} is refused`, LIMIT, () => assert.rejects(createJobs({ endpoint }), TypeError));
  }

  test("with FIPS or dual-stack is refused, as the endpoint rules have it", LIMIT, async () => {
    await assert.rejects(createJobs({ endpoint: "https://example.com", useFipsEndpoint: true }), TypeError);
    await assert.rejects(createJobs({ endpoint: "https://example.com", useDualstackEndpoint: true }), TypeError);
  });

  test("a URL object that is changed later changes nothing", LIMIT, async () => {
    const endpoint = new URL("http://localhost:1/a");
    let asked;
    const jobs = await createJobs({
      endpoint,
      fetch: async (url) => {
        asked = String(url);
        return new Response('{"MediaAnalysisJobs":[]}');
      },
    });
    endpoint.href = "http://example.com/";
    await jobs.listMediaAnalysisJobs();
    assert.equal(asked, "http://localhost:1/a");
    jobs.close();
  });
});

describe("the engine's file", () => {
  test("may be given as a URL, bytes, or a module", LIMIT, async () => {
    const bytes = await readFile(WASM);
    await works({ wasm: WASM });
    await works({ wasm: bytes });
    await works({ wasm: new Uint8Array(bytes).buffer });
    await works({ wasm: await WebAssembly.compile(bytes) });
  });

  test("may come over HTTP", LIMIT, async () => {
    const bytes = await readFile(WASM);
    const server = createServer((request, response) => {
      if (request.url === "/missing.wasm") return response.writeHead(404).end();
      return response.writeHead(200, { "content-type": "application/octet-stream" }).end(bytes);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const base = `http://127.0.0.1:${server.address().port}`;
    await works({ wasm: new URL(`${base}/engine.wasm`) });
    await assert.rejects(
      inTime(createJobs({ wasm: new URL(`${base}/missing.wasm`) })),
      (error) => error.message !== "it never settled",
    );
    server.close();
    server.closeAllConnections();
  });

  test("that is none rejects createJobs, and the next one works", LIMIT, async () => {
    const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    const asking = new Uint8Array([
      0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 0x78, 1, 0x79, 0, 0,
    ]);
    for (const [name, wasm] of Object.entries({
      "no bytes": new Uint8Array(0),
      "other bytes": new TextEncoder().encode("<html>"),
      "bytes cut off": (await readFile(WASM)).subarray(0, 5_000),
      "a file that is not there": new URL("nowhere.wasm", WASM),
      "a module without exports": await WebAssembly.compile(empty),
      "bytes of a module without exports": empty,
      "a module that wants something else": await WebAssembly.compile(asking),
      null: null,
      "a number": 5,
    })) {
      const reason = await inTime(createJobs({ wasm }), 3_000).then(
        () => assert.fail(name),
        (error) => error,
      );
      assert.notEqual(reason.message, "it never settled", name);
      await works();
    }
  });

  test("engines have a memory each", LIMIT, async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => createJobs()));
    await Promise.all(all.map((jobs, i) => jobs.import(JSON.stringify({ JobId: `only-${i}` }))));
    all.forEach((jobs, i) => assert.deepEqual([...jobs.query("")], [{ JobId: `only-${i}` }]));
    all.forEach((jobs) => jobs.close());
  });
});
