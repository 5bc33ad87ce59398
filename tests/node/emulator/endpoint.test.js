// The emulator over HTTP: judged by the AWS SDK, and by raw requests that no SDK would send.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
  GetMediaAnalysisJobCommand,
  ListMediaAnalysisJobsCommand,
  RekognitionClient,
  paginateListMediaAnalysisJobs,
} from "@aws-sdk/client-rekognition";
import { createAccount } from "../../../emulator/account/account.js";
import { createEndpoint } from "../../../emulator/rekognition/endpoint.js";
import { startServer } from "../../../emulator/server.js";
import { LIMIT, post as postTo, rawRequest, runProgram } from "./calls.js";

const NOW = Date.UTC(2026, 10, 24, 11, 30);
const MINUTE = 60_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let time = NOW;
let server;
let client;

before(async () => {
  server = await startServer({ port: 0, now: () => time, clock: Date.now });
  client = new RekognitionClient({
    region: "us-east-1",
    endpoint: server.url,
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
    maxAttempts: 1,
  });
}, LIMIT);

after(async () => {
  client?.destroy();
  await server?.close();
}, LIMIT);

const list = (input = {}) => client.send(new ListMediaAnalysisJobsCommand(input));
const get = (JobId) => client.send(new GetMediaAnalysisJobCommand({ JobId }));

async function listAll(afterPage = () => {}) {
  const pages = [];
  for await (const page of paginateListMediaAnalysisJobs({ client }, {})) {
    pages.push(page);
    afterPage();
  }
  return { pages, jobs: pages.flatMap(({ MediaAnalysisJobs }) => MediaAnalysisJobs) };
}

const post = (operation, body, options) => postTo(server.url, operation, body, options);

describe("listing", () => {
  test("the SDK lists every job once, newest first, as the account has it", LIMIT, async () => {
    time = NOW;
    const { pages, jobs } = await listAll();
    assert.deepEqual(
      pages.map(({ MediaAnalysisJobs }) => MediaAnalysisJobs.length),
      Array(25).fill(100),
    );
    const expected = Array.from({ length: 2500 }, (_, index) => server.account.place(2499 - index));
    assert.deepEqual(
      jobs.map(({ JobId, CreationTimestamp }) => ({ JobId, created: CreationTimestamp.getTime() })),
      expected,
    );
    assert.equal("NextToken" in pages.at(-1), false);
    assert.deepEqual([...new Set(jobs.map(({ Status }) => Status))].sort(), [
      "CREATED",
      "FAILED",
      "IN_PROGRESS",
      "QUEUED",
      "SUCCEEDED",
    ]);
    assert.equal(new Set(jobs.flatMap(({ FailureDetails }) => FailureDetails?.Code ?? [])).size, 9);
  });

  test("getting a job tells what listing it told", LIMIT, async () => {
    time = NOW;
    const { MediaAnalysisJobs } = await list();
    for (const job of [...MediaAnalysisJobs.slice(0, 20), MediaAnalysisJobs[99]]) {
      const { $metadata, ...got } = await get(job.JobId);
      assert.equal($metadata.httpStatusCode, 200);
      assert.match($metadata.requestId, UUID);
      assert.deepEqual(got, job);
    }
  });

  test("MaxResults is obeyed, with and without a token", LIMIT, async () => {
    time = NOW;
    const expected = (start, length) =>
      Array.from({ length }, (_, index) => server.account.place(2499 - start - index).JobId);
    const ids = ({ MediaAnalysisJobs }) => MediaAnalysisJobs.map(({ JobId }) => JobId);
    const first = await list({ MaxResults: 7 });
    assert.deepEqual(ids(first), expected(0, 7));
    assert.deepEqual(ids(await list({ MaxResults: 1, NextToken: first.NextToken })), expected(7, 1));
    assert.deepEqual(ids(await list({ NextToken: first.NextToken })), expected(7, 100));
    assert.deepEqual(ids(await list({ MaxResults: 100 })), expected(0, 100));
  });

  test("a list ends without NextToken, whether its last page is full or not", LIMIT, async () => {
    for (const [jobs, sizes] of [
      [0, [0]],
      [1, [1]],
      [6, [3, 3]],
      [7, [3, 3, 1]],
    ]) {
      const handle = createEndpoint({ account: createAccount({ now: NOW, jobs }), now: () => NOW });
      const headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "RekognitionService.ListMediaAnalysisJobs",
      };
      const seen = [];
      let NextToken;
      do {
        const { body } = await handle({ method: "POST", headers, body: JSON.stringify({ MaxResults: 3, NextToken }) });
        const page = JSON.parse(body);
        seen.push(page.MediaAnalysisJobs.length);
        NextToken = page.NextToken;
        assert.ok(seen.length < 9, "the list ends");
      } while (NextToken !== undefined);
      assert.deepEqual(seen, sizes);
    }
  });

  test("timestamps are seconds with milliseconds, the type and the clock are told", LIMIT, async () => {
    const begun = Date.now();
    const { status, headers, text } = await post("ListMediaAnalysisJobs", {});
    assert.equal(status, 200);
    assert.equal(headers.get("content-type"), "application/x-amz-json-1.1");
    const told = Date.parse(headers.get("date"));
    assert.ok(told >= begun - 1000 && told <= Date.now(), headers.get("date"));
    assert.match(headers.get("x-amzn-requestid"), UUID);
    const stamps = [...text.matchAll(/"(?:Creation|Completion)Timestamp":([^,}]+)/g)].map(([, number]) => number);
    assert.ok(stamps.length > 100);
    for (const stamp of stamps) assert.match(stamp, /^\d{10}(\.\d{1,3})?$/);
    assert.ok(stamps.some((stamp) => /\.\d{3}$/.test(stamp)));
    assert.notEqual(
      (await post("ListMediaAnalysisJobs", {})).headers.get("x-amzn-requestid"),
      headers.get("x-amzn-requestid"),
    );
  });
});

describe("as time passes", () => {
  test("the clock that callers are shown is the account's, or one of its own", LIMIT, async () => {
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "RekognitionService.ListMediaAnalysisJobs",
    };
    const account = createAccount({ now: NOW, jobs: 3 });
    for (const [clock, shown] of [
      [undefined, NOW],
      [() => NOW + 5 * MINUTE, NOW + 5 * MINUTE],
    ]) {
      const answered = await createEndpoint({ account, now: () => NOW, clock })({
        method: "POST",
        headers,
        body: "{}",
      });
      assert.equal(answered.headers.date, new Date(shown).toUTCString());
      assert.equal(JSON.parse(answered.body).MediaAnalysisJobs.length, 3);
    }
  });

  test("tokens hold their place while new jobs arrive in front", LIMIT, async () => {
    time = NOW;
    const known = Array.from({ length: 2500 }, (_, index) => server.account.place(2499 - index).JobId);
    const { pages, jobs } = await listAll(() => {
      time += 40_000;
    });
    assert.deepEqual(
      jobs.map(({ JobId }) => JobId),
      known,
    );

    const again = await list({ NextToken: pages[0].NextToken });
    assert.equal(again.MediaAnalysisJobs[0].JobId, known[100]);
    const front = (await list({ MaxResults: 30 })).MediaAnalysisJobs.map(({ JobId }) => JobId);
    assert.ok(
      front.every((id) => !known.includes(id)),
      "the jobs that arrived are on the first page",
    );
  });

  test("running jobs move on between two lists and stay as they ended", LIMIT, async () => {
    time = NOW;
    const statuses = async () => new Map((await listAll()).jobs.map(({ JobId, Status }) => [JobId, Status]));
    const first = await statuses();
    const running = [...first].filter(([, status]) => !["SUCCEEDED", "FAILED"].includes(status)).map(([id]) => id);
    assert.ok(running.length >= 10, `${running.length} run`);
    time = NOW + 2 * MINUTE;
    const second = await statuses();
    assert.ok(running.some((id) => first.get(id) !== second.get(id)));
    time = NOW + 8 * 60 * MINUTE;
    const last = await statuses();
    for (const [id, status] of first) {
      assert.match(last.get(id), running.includes(id) ? /^(SUCCEEDED|FAILED)$/ : new RegExp(`^${status}$`));
    }
    const done = await get(running[0]);
    assert.equal(done.Status, last.get(running[0]));
    assert.ok(done.CompletionTimestamp > done.CreationTimestamp);
    time = NOW;
    assert.deepEqual(await statuses(), first, "a clock that was put back tells what it told");
  });

  test("a job that is still to come is not found before its time", LIMIT, async () => {
    const { JobId, created } = server.account.place(2501);
    time = created - 1;
    await assert.rejects(get(JobId), { name: "ResourceNotFoundException" });
    time = created;
    assert.equal((await get(JobId)).Status, "CREATED");
  });
});

describe("page tokens", () => {
  const refusal = { name: "InvalidPaginationTokenException" };

  test("are short, opaque and the same for the same place", LIMIT, async () => {
    time = NOW;
    const { NextToken, MediaAnalysisJobs } = await list({ MaxResults: 50 });
    assert.match(NextToken, /^[A-Za-z0-9_-]{20,1024}$/);
    assert.equal((await list({ MaxResults: 50 })).NextToken, NextToken);
    const bytes = Buffer.from(NextToken, "base64url");
    const { JobId, CreationTimestamp } = MediaAnalysisJobs.at(-1);
    const plain = Buffer.alloc(8);
    plain.writeDoubleBE(CreationTimestamp.getTime());
    assert.ok(!bytes.includes(plain) && !bytes.includes(Buffer.from(JobId.slice(0, 8), "hex")));
    const next = await list({ MaxResults: 50, NextToken });
    const common = [...NextToken].filter((letter, place) => letter === next.NextToken[place]).length;
    assert.ok(common < NextToken.length / 2, "two tokens have little in common");
  });

  test("that were changed, cut, invented or made by another account are refused", LIMIT, async () => {
    time = NOW;
    const { NextToken } = await list({ MaxResults: 50 });
    for (let place = 0; place < NextToken.length; place++) {
      const other = NextToken[place] === "A" ? "B" : "A";
      const changed = NextToken.slice(0, place) + other + NextToken.slice(place + 1);
      await assert.rejects(list({ NextToken: changed }), refusal, `letter ${place}`);
    }
    for (const token of [
      NextToken.slice(0, -1),
      `${NextToken}=`,
      `${NextToken} `,
      "x",
      "eyJvZmZzZXQiOjEwMH0=",
      "A".repeat(1024),
    ]) {
      await assert.rejects(list({ NextToken: token }), refusal, token);
    }
    const stranger = await startServer({ port: 0, seed: 2, now: () => NOW });
    try {
      const response = await fetch(stranger.url, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": "RekognitionService.ListMediaAnalysisJobs",
        },
        body: JSON.stringify({ NextToken }),
      });
      assert.equal(response.status, 400);
      assert.equal((await response.json()).__type, refusal.name);
    } finally {
      await stranger.close();
    }
  });
});

describe("bad input", () => {
  const jobId = (value) => ["GetMediaAnalysisJob", { JobId: value }];
  const listing = (input) => ["ListMediaAnalysisJobs", input];
  const INVALID = "InvalidParameterException";
  const MALFORMED = "SerializationException";

  for (const [[operation, body], name] of [
    [listing({ MaxResults: 0 }), INVALID],
    [listing({ MaxResults: -1 }), INVALID],
    [listing({ MaxResults: 101 }), INVALID],
    [listing({ MaxResults: 1e300 }), INVALID],
    [listing({ MaxResults: 1.5 }), INVALID],
    [listing({ MaxResults: "10" }), MALFORMED],
    [listing({ MaxResults: [10] }), MALFORMED],
    [listing({ MaxResults: true }), MALFORMED],
    [listing({ NextToken: "A".repeat(1025) }), INVALID],
    [listing({ NextToken: 5 }), MALFORMED],
    [listing({ NextToken: {} }), MALFORMED],
    [listing({ NextToken: "" }), "InvalidPaginationTokenException"],
    [listing({ NextToken: "nonsense" }), "InvalidPaginationTokenException"],
    [jobId(undefined), INVALID],
    [jobId(null), INVALID],
    [jobId(""), INVALID],
    [jobId("has space"), INVALID],
    [jobId("a".repeat(65)), INVALID],
    [jobId("line\n"), INVALID],
    [jobId(7), MALFORMED],
    [jobId("a".repeat(64)), "ResourceNotFoundException"],
    [jobId("__proto__"), "ResourceNotFoundException"],
    [["ListMediaAnalysisJobs", ""], MALFORMED],
    [["ListMediaAnalysisJobs", "{"], MALFORMED],
    [["ListMediaAnalysisJobs", "[]"], MALFORMED],
    [["ListMediaAnalysisJobs", "null"], MALFORMED],
    [["ListMediaAnalysisJobs", '"text"'], MALFORMED],
    [["ListMediaAnalysisJobs", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])], MALFORMED],
    [["StartMediaAnalysisJob", {}], "UnknownOperationException"],
    [["", {}], "UnknownOperationException"],
    [["constructor", {}], "UnknownOperationException"],
  ]) {
    const told = typeof body === "string" || body instanceof Uint8Array ? `${body}` : JSON.stringify(body).slice(0, 40);
    test(`${operation} ${told} is ${name}`, LIMIT, async () => {
      const { status, headers, json } = await post(operation, body);
      assert.equal(status, 400);
      assert.equal(json.__type, name);
      assert.ok(json.Message.length > 10);
      assert.deepEqual(Object.keys(json), ["__type", "Message"]);
      assert.equal(headers.get("x-amzn-errortype"), name);
      assert.equal(headers.get("content-type"), "application/x-amz-json-1.1");
      assert.match(headers.get("x-amzn-requestid"), UUID);
    });
  }

  test("null members are as good as absent ones", LIMIT, async () => {
    time = NOW;
    const { json } = await post("ListMediaAnalysisJobs", { MaxResults: null, NextToken: null });
    assert.equal(json.MediaAnalysisJobs.length, 100);
  });

  test("the target and the content type must be the service's", LIMIT, async () => {
    for (const headers of [
      { "x-amz-target": "ListMediaAnalysisJobs" },
      { "x-amz-target": "OtherService.ListMediaAnalysisJobs" },
      { "content-type": "application/json" },
      { "content-type": "text/plain" },
    ]) {
      const { status, json } = await post("ListMediaAnalysisJobs", {}, { headers });
      assert.deepEqual([status, json.__type], [400, "UnknownOperationException"], JSON.stringify(headers));
    }
    const { status } = await post(
      "ListMediaAnalysisJobs",
      {},
      {
        headers: { "content-type": "Application/X-Amz-Json-1.1; charset=utf-8" },
      },
    );
    assert.equal(status, 200);
  });

  test("the SDK makes its own exceptions of the refusals", LIMIT, async () => {
    for (const [promise, name] of [
      [list({ MaxResults: 0 }), INVALID],
      [list({ MaxResults: 101 }), INVALID],
      [list({ MaxResults: 1.5 }), INVALID],
      [list({ NextToken: "A".repeat(1025) }), INVALID],
      [list({ NextToken: "nonsense" }), "InvalidPaginationTokenException"],
      [get("a b"), INVALID],
      [get("a".repeat(64)), "ResourceNotFoundException"],
    ]) {
      const error = await promise.then(
        () => assert.fail(`no ${name}`),
        (reason) => reason,
      );
      assert.equal(error.name, name);
      assert.equal(error.$fault, "client");
      assert.equal(error.$metadata.httpStatusCode, 400);
      assert.match(error.$metadata.requestId, UUID);
      assert.ok(error.message.length > 10);
    }
  });

  test("a defect of the endpoint itself is an InternalServerError that gives nothing away", LIMIT, async () => {
    const broken = {
      ...createAccount({ now: NOW, jobs: 3 }),
      job: () => {
        throw new TypeError("secret");
      },
    };
    const handle = createEndpoint({ account: broken, now: () => NOW });
    const { status, body } = await handle({
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "RekognitionService.ListMediaAnalysisJobs",
      },
      body: "{}",
    });
    assert.equal(status, 500);
    assert.equal(JSON.parse(body).__type, "InternalServerError");
    assert.ok(!body.includes("secret"));
  });
});

describe("HTTP", () => {
  test("other methods are refused and name the one that is taken", LIMIT, async () => {
    for (const method of ["PUT", "DELETE", "PATCH"]) {
      const { status, headers } = await rawRequest(server.url, "/", { method });
      assert.deepEqual([status, headers.allow], [405, "POST, OPTIONS"], method);
    }
    assert.equal((await rawRequest(server.url, "/elsewhere", { method: "POST" })).status, 404);
  });

  test("bodies of 64 KiB are taken, larger ones refused", LIMIT, async () => {
    const chunked = (length) => ({ body: new Blob([" ".repeat(length)]).stream(), duplex: "half" });
    assert.equal((await post("ListMediaAnalysisJobs", "{}".padEnd(65_536))).status, 200);
    for (const options of [{}, chunked(65_537), chunked(200_000)]) {
      const { status, json } = await post("ListMediaAnalysisJobs", "{}".padEnd(65_537), options);
      assert.deepEqual([status, json.__type], [413, "RequestEntityTooLargeException"]);
    }
    assert.equal((await post("ListMediaAnalysisJobs", {})).status, 200);
  });

  test("it listens on 127.0.0.1 alone", LIMIT, async () => {
    const { hostname, port } = new URL(server.url);
    assert.equal(hostname, "127.0.0.1");
    for (const other of ["127.0.0.2", "::1"]) {
      const refused = new Promise((resolve, reject) => {
        const socket = connect(port, other, () => {
          socket.destroy();
          reject(new Error(`${other} answers`));
        });
        socket.on("error", resolve);
      });
      await refused;
    }
  });
});

describe("the page's files", () => {
  const FILES = {
    "index.html": ["<!doctype html>", "text/html; charset=utf-8"],
    "app.js": ["export {}", "text/javascript; charset=utf-8"],
    "app.css": ["a{}", "text/css; charset=utf-8"],
    "engine.wasm": ["\0asm", "application/wasm"],
    "data.json": ["{}", "application/json"],
    "icon.svg": ["<svg/>", "image/svg+xml"],
    "sub/index.html": ["sub", "text/html; charset=utf-8"],
    "a b.js": ["spaced", "text/javascript; charset=utf-8"],
  };
  let folder;
  let site;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "demo-site-"));
    await mkdir(join(folder, "site/sub"), { recursive: true });
    await mkdir(join(folder, "site-secret"));
    for (const [name, [content]] of Object.entries(FILES)) await writeFile(join(folder, "site", name), content);
    await writeFile(join(folder, "secret.txt"), "secret");
    await writeFile(join(folder, "site-secret/secret.txt"), "secret");
    await symlink(join(folder, "secret.txt"), join(folder, "site/link.txt"));
    site = await startServer({ port: 0, jobs: 5, site: join(folder, "site") });
  }, LIMIT);

  after(async () => {
    await site?.close();
    await rm(folder, { recursive: true });
  }, LIMIT);

  test("are served with their types, by GET and by HEAD", LIMIT, async () => {
    for (const [name, [content, type]] of [
      ...Object.entries(FILES),
      ["", FILES["index.html"]],
      ["sub/?q=1", FILES["sub/index.html"]],
    ]) {
      const path = `/${name.replace(" ", "%20")}`;
      const answered = await rawRequest(site.url, path);
      assert.deepEqual([answered.status, answered.headers["content-type"], answered.body], [200, type, content], path);
      const head = await rawRequest(site.url, path, { method: "HEAD" });
      assert.deepEqual([head.status, head.headers["content-length"], head.body], [200, `${content.length}`, ""], path);
    }
  });

  test("carry the policy", LIMIT, async () => {
    for (const path of ["/", "/app.js", "/nothing"]) {
      const { headers } = await rawRequest(site.url, path);
      assert.match(headers["content-security-policy"], /^default-src 'none'; .*; frame-ancestors 'none'$/);
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["referrer-policy"], "no-referrer");
    }
  });

  test("are not sent again while unchanged", LIMIT, async () => {
    const { headers } = await rawRequest(site.url, "/app.js");
    assert.equal(headers["cache-control"], "no-cache");
    const again = await rawRequest(site.url, "/app.js", { headers: { "if-none-match": headers.etag } });
    assert.deepEqual([again.status, again.body], [304, ""]);
    await writeFile(join(folder, "site/app.js"), "export default 1");
    const changed = await rawRequest(site.url, "/app.js", { headers: { "if-none-match": headers.etag } });
    assert.deepEqual([changed.status, changed.body], [200, "export default 1"]);
    await writeFile(join(folder, "site/app.js"), FILES["app.js"][0]);
  });

  test("end at the folder: no way leads out of it", LIMIT, async () => {
    for (const path of [
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/..%2fsecret.txt",
      "/sub/../../secret.txt",
      "/../site-secret/secret.txt",
      "/..%5csecret.txt",
      "//../secret.txt",
      "/link.txt",
      "/%2e%2e%2f%2e%2e%2fetc/passwd",
      "/app.js/../../secret.txt",
      "/sub",
      "/sub/..",
      "/nothing.js",
      "/%00",
      "/app.js%00.html",
      "/%",
      `/${"a".repeat(5000)}`,
      "/index.html/",
    ]) {
      const { status, headers, body } = await rawRequest(site.url, path);
      assert.equal(status, 404, path);
      assert.equal(headers["content-type"], "text/plain; charset=utf-8");
      assert.ok(!body.includes("secret") && !body.includes("root:"), path);
    }
  });

  test("when they are not built yet, the answer says so", LIMIT, async () => {
    const empty = await startServer({ port: 0, jobs: 5, site: join(folder, "none") });
    try {
      const { status, body } = await rawRequest(empty.url, "/");
      assert.equal(status, 404);
      assert.match(body, /\.\/dev build/);
    } finally {
      await empty.close();
    }
  });
});

describe("the program", () => {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    test(`prints its address, serves JOBS jobs, and ends cleanly on ${signal}`, LIMIT, async () => {
      const { code, stdout, stderr } = await runProgram({ PORT: "0", JOBS: "37", SEED: "3" }, async (output, child) => {
        const response = await fetch(output.stdout.trim(), {
          method: "POST",
          headers: {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": "RekognitionService.ListMediaAnalysisJobs",
          },
          body: "{}",
        });
        const { MediaAnalysisJobs } = await response.json();
        assert.equal(MediaAnalysisJobs.length, 37);
        child.kill(signal);
      });
      assert.deepEqual([code, stderr], [0, ""]);
      assert.match(stdout, /^http:\/\/127\.0\.0\.1:\d+\/\n$/);
    });
  }

  test("says that its port is taken", LIMIT, async () => {
    const { port } = new URL(server.url);
    const { code, stdout, stderr } = await runProgram({ PORT: port });
    assert.deepEqual([code, stdout], [1, ""]);
    assert.equal(stderr, `Port ${port} of 127.0.0.1 is taken. Set PORT to another one; 0 is any free one.\n`);
  });

  for (const [name, value] of [
    ["PORT", "http"],
    ["PORT", "65536"],
    ["JOBS", "-1"],
    ["JOBS", "1e3"],
    ["SEED", "x"],
  ]) {
    test(`refuses ${name}=${value}`, LIMIT, async () => {
      const { code, stdout, stderr } = await runProgram({ PORT: "0", [name]: value });
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, new RegExp(`^${name} must be a whole number from 0 to \\d+, not "${value}"\\.\n$`));
    });
  }
});

test("startServer rejects when the port is taken, and close ends open connections", LIMIT, async () => {
  const second = await startServer({ port: 0, jobs: 5 });
  const { port } = new URL(second.url);
  await assert.rejects(startServer({ port: Number(port) }), { code: "EADDRINUSE" });
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{");
  await new Promise((resolve) => setTimeout(resolve, 50));
  const ended = once(socket, "close");
  socket.on("error", () => {}).resume();
  const begun = performance.now();
  await second.close();
  await ended;
  assert.ok(performance.now() - begun < 2000);
});
