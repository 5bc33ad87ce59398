// The emulator's S3: what its jobs have written, and S3's refusals, as the AWS SDK sees them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe as suite, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { GetObjectCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { decode } from "fast-png";
import { createAccount, describe } from "../../../emulator/account/account.js";
import { CAMPAIGNS } from "../../../emulator/account/campaigns.js";
import { resultsOf } from "../../../emulator/account/job_outputs.js";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { mulberry32 } from "../../../emulator/account/random.js";
import { versionOf } from "../../../emulator/s3/buckets.js";
import { createSampleFetch, SAMPLE_S3 } from "../../../emulator/sample_account.js";
import { LIMIT, rawRequest, serverTest, withServer } from "./calls.js";

const NOW = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;
const PAGE = "https://example.org";
const TAXONOMY = JSON.parse(readFileSync(new URL("../../data/moderation-taxonomy.json", import.meta.url), "utf8"));

/** A test with a server and the AWS SDK. */
const sdkTest = (name, options, use) =>
  test(name, LIMIT, () => withServer(options, (server) => withS3(server, {}, (client) => use(server, client))));

/** The AWS SDK for the time that the test uses it; it does not repeat its requests. */
async function withS3(server, options, use) {
  const client = new S3Client({
    region: "us-east-1",
    endpoint: `${server.url}s3`,
    forcePathStyle: true,
    credentials: { ...EXAMPLE },
    maxAttempts: 1,
    ...options,
  });
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

const get = (client, { Bucket, Name }) => client.send(new GetObjectCommand({ Bucket, Key: Name }));
const read = async (client, object) => (await get(client, object)).Body.transformToString();
const linesOf = (text) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const labelsOf = (line) => line["detect-moderation-labels"].ModerationLabels;
const pathOf = ({ Bucket, Name }) => `/s3/${Bucket}/${Name.split("/").map(encodeURIComponent).join("/")}`;

/** The account's ended jobs, as the service tells them. */
const endedJobs = ({ account }, at = Date.now()) =>
  Array.from({ length: account.count(at) }, (_, index) => describe(account.job(index), at)).filter(
    (job) => job.CompletionTimestamp,
  );
const succeeded = (server) => endedJobs(server).find((job) => job.Results);

/** The names of a version's labels, each with its parent's. */
function parentsOf(levels, parents = new Map(), parent = "") {
  for (const [name, below] of Array.isArray(levels) ? levels.map((each) => [each, []]) : Object.entries(levels)) {
    parents.set(name, parent);
    parentsOf(below, parents, name);
  }
  return parents;
}

suite("the objects of jobs", () => {
  sdkTest("the SDK reads both of every job that names them", { jobs: 60, strict: true }, async (server, client) => {
    const published = parentsOf(TAXONOMY.levels);
    const older = Object.keys(TAXONOMY.level1From61);
    let images = 0;
    let flagged = 0;
    const models = new Set();
    for (const job of endedJobs(server).filter(({ ManifestSummary }) => ManifestSummary)) {
      const { statistics, errors } = JSON.parse(await read(client, job.ManifestSummary.S3Object));
      assert.equal(
        statistics["valid-json-lines"] + statistics["invalid-json-lines"],
        statistics["total-json-lines"],
        job.JobId,
      );
      assert.ok(
        errors.every(({ code, message }) => code && message),
        job.JobId,
      );
      if (!job.Results) continue;
      const { Body, ContentLength } = await get(client, job.Results.S3Object);
      const text = await Body.transformToString();
      assert.equal(Buffer.byteLength(text), ContentLength);
      const lines = linesOf(text);
      assert.ok(lines.length > 100 && lines.length <= 10_000, `${lines.length} lines`);
      assert.equal(lines.length, statistics["valid-json-lines"]);
      assert.equal(errors.length, statistics["invalid-json-lines"]);
      const least = job.OperationsConfig.DetectModerationLabels.MinConfidence ?? 50;
      const model = job.Results.ModelVersions.Moderation;
      models.add(model);
      images += lines.length;
      for (const line of lines) {
        assert.match(line["source-ref"], /^s3:\/\/acme-[\w.-]+\/.+/);
        assert.equal(line["detect-moderation-labels"].ModerationModelVersion, model);
        const labels = labelsOf(line);
        if (labels.length > 0) flagged++;
        for (const { Name, ParentName, Confidence, TaxonomyLevel } of labels) {
          assert.ok(Confidence >= least && Confidence <= 100, `${Confidence} where ${least} is the least`);
          if (model === "7.0") assert.equal(published.get(Name), ParentName, Name);
          if (model === "6.1" && TaxonomyLevel === 1) assert.ok(older.includes(Name), Name);
          assert.equal(ParentName === "", TaxonomyLevel === 1);
          const parent = labels.find((each) => each.Name === ParentName && each.TaxonomyLevel === TaxonomyLevel - 1);
          if (ParentName) assert.ok(parent?.Confidence >= Confidence, `${ParentName} of ${Name}`);
        }
      }
    }
    assert.deepEqual([...models].sort(), ["6.1", "7.0"]);
    assert.ok(flagged > images / 100 && flagged < images / 4, `${flagged} of ${images} flagged`);
  });

  test("an account shows every published label and content type", LIMIT, () => {
    const account = createAccount({ now: NOW });
    const seen = new Set();
    const types = new Set();
    for (let index = 1500; index < 1900; index++) {
      const job = account.job(index);
      if (job.failure || job.model !== "7.0") continue;
      for (const chunk of resultsOf(job, account.seed)) {
        for (const line of linesOf(chunk)) {
          for (const { Name } of labelsOf(line)) seen.add(Name);
          for (const { Name } of line["detect-moderation-labels"].ContentTypes) types.add(Name);
        }
      }
    }
    assert.deepEqual([...seen].sort(), [...parentsOf(TAXONOMY.levels).keys()].sort());
    assert.deepEqual([...types].sort(), TAXONOMY.contentTypes);
  });

  const whole = { jobs: 2500, now: () => NOW, clock: Date.now };
  sdkTest("a broken manifest's summary names the lines that its failure speaks of", whole, async (server, client) => {
    const told = new Map();
    for (const job of endedJobs(server, NOW)) {
      if (job.FailureDetails?.Code !== "INVALID_MANIFEST" || !job.ManifestSummary) continue;
      const { Message } = job.FailureDetails;
      const kind = Message.replace(/\d+/g, "N");
      if (told.has(kind)) continue;
      const { statistics, errors } = JSON.parse(await read(client, job.ManifestSummary.S3Object));
      told.set(kind, [Number(Message.match(/\d\d+/)?.[0]), statistics, errors]);
      const { Bucket, Name } = job.ManifestSummary.S3Object;
      const results = Name.replace("manifest-summary.json", "results.jsonl");
      await assert.rejects(read(client, { Bucket, Name: results }), { name: "NoSuchKey" });
    }
    const of = (start) => [...told].find(([kind]) => kind.startsWith(start))[1];
    const [line, , [error]] = of("Line N");
    assert.deepEqual([error["line-numer"], error.code], [line, "ERROR_INVALID_JSON_LINE"]);
    assert.deepEqual(of("The manifest is empty")[1]["total-json-lines"], 0);
    const [lines, ofNoValid, everyLine] = of("The manifest has no valid line");
    assert.deepEqual([ofNoValid["total-json-lines"], ofNoValid["valid-json-lines"]], [lines, 0]);
    assert.equal(everyLine.length, lines);
    const [tooMany, ofTooMany, [limit]] = of("The manifest has N lines");
    assert.deepEqual([ofTooMany["total-json-lines"], limit.code], [tooMany, "ERROR_TOO_MANY_LINES"]);
    const [, , [lacking]] = of("Every line");
    assert.deepEqual([lacking["line-numer"], lacking.code], [1, "ERROR_MISSING_SOURCE_REF"]);
  });

  serverTest("are the same each time, and in the page", { now: () => NOW, clock: Date.now }, async (server) => {
    const { Results } = endedJobs(server, NOW).find((job) => job.Results);
    const path = pathOf(Results.S3Object);
    const { body, headers } = await rawRequest(server.url, path);
    assert.equal((await rawRequest(server.url, path)).body, body);
    const inPage = createSampleFetch({ now: NOW, jobs: 250 }, () => NOW);
    const response = await inPage(new URL(path, SAMPLE_S3).href, { method: "GET" });
    assert.equal(await response.text(), body);
    assert.equal(response.headers.get("etag"), headers.etag);
  });

  test("appear when the job ends", LIMIT, () => {
    let now = NOW;
    return withServer({ now: () => now, clock: Date.now }, async (server) => {
      const job = Array.from({ length: 20 }, (_, back) => server.account.job(249 - back)).find(
        ({ ended, failure }) => ended > NOW && !failure,
      );
      const ended = describe(job, job.ended).Results.S3Object;
      assert.equal((await rawRequest(server.url, pathOf(ended))).status, 404);
      now = job.ended;
      assert.equal((await rawRequest(server.url, pathOf(ended))).status, 200);
    });
  });

  sdkTest("are told of by HEAD, with their length", {}, async (server, client) => {
    const { Bucket, Name } = succeeded(server).Results.S3Object;
    const { ContentLength, ETag } = await client.send(new HeadObjectCommand({ Bucket, Key: Name }));
    const whole = await client.send(new GetObjectCommand({ Bucket, Key: Name }));
    assert.deepEqual([ContentLength, ETag], [(await whole.Body.transformToByteArray()).length, whole.ETag]);
  });
});

suite("the images that jobs' results name", () => {
  const imagesOf = (job, { seed }) =>
    [...resultsOf(job, seed)].flatMap(linesOf).map((line) => {
      const [, Bucket, Name] = /^s3:\/\/([^/]+)\/(.+)$/.exec(line["source-ref"]);
      return { Bucket, Name };
    });
  /** Of each campaign the last succeeded job. */
  const oneOfEach = (account) =>
    CAMPAIGNS.map((campaign) => {
      for (let index = account.count(NOW) - 1; ; index--) {
        const job = account.job(index);
        if (job.campaign === campaign && !job.failure) return job;
      }
    });
  const whole = { jobs: 2500, now: () => NOW, clock: Date.now, strict: true };

  sdkTest("are pictures, whoever started the job", whole, async ({ account }, client) => {
    for (const job of oneOfEach(account)) {
      const [first, second] = imagesOf(job, account);
      const { Body, ContentType, ContentLength } = await get(client, first);
      const bytes = await Body.transformToByteArray();
      assert.deepEqual([ContentType, ContentLength], ["image/png", bytes.length]);
      const { width, height } = decode(bytes);
      assert.deepEqual([width, height], [160, 120]);
      assert.notDeepEqual(await (await get(client, second)).Body.transformToByteArray(), bytes);
    }
  });

  test("are all there, and nothing else of those buckets", LIMIT, async () => {
    const account = createAccount({ now: NOW });
    const s3 = createSampleFetch({ now: NOW }, () => NOW);
    const statusOf = async (object, method) => (await s3(new URL(pathOf(object), SAMPLE_S3).href, { method })).status;
    for (const job of oneOfEach(account)) {
      const images = imagesOf(job, account);
      const { imageKeys } = job.campaign;
      assert.deepEqual(
        images.filter(({ Name }) => !imageKeys.test(Name)),
        [],
      );
      const [{ Bucket, Name }] = images;
      assert.equal(await statusOf({ Bucket, Name }, "GET"), 200);
      for (const other of [`${Name}x`, `x${Name}`]) assert.equal(await statusOf({ Bucket, Name: other }, "GET"), 404);
      assert.equal(await statusOf({ Bucket: "acme-live-moderation", Name }, "GET"), 404);
    }
  });

  serverTest("are the same each time, and in the page", { ...whole, strict: false }, async ({ account, url }) => {
    const path = pathOf(imagesOf(oneOfEach(account)[0], account)[0]);
    const [one, other] = await Promise.all([1, 2].map(async () => (await fetch(new URL(path, url))).arrayBuffer()));
    assert.deepEqual(other, one);
    const inPage = createSampleFetch({ now: NOW }, () => NOW);
    assert.deepEqual(await (await inPage(new URL(path, SAMPLE_S3).href, { method: "GET" })).arrayBuffer(), one);
  });
});

suite("refusals, as the SDK reads them", () => {
  const refuses = (server, options, object, name, status) =>
    withS3(server, options, (client) =>
      assert.rejects(get(client, object), (error) => {
        assert.deepEqual([error.name, error.$metadata.httpStatusCode], [name, status], error.message);
        assert.match(error.$metadata.requestId, /^[\dA-Z]{16}$/);
        return true;
      }),
    );

  serverTest("of what is not there", {}, async (server) => {
    const { Bucket, Name } = succeeded(server).Results.S3Object;
    for (const other of ["nothing", `${Name}x`, `x/${Name}`, "a//b", "ü +%.json"]) {
      await refuses(server, {}, { Bucket, Name: other }, "NoSuchKey", 404);
    }
    await refuses(server, {}, { Bucket: "acme-elsewhere", Name }, "NoSuchBucket", 404);
  });

  serverTest("of keys, signatures and sessions that are not right", { strict: true }, async (server) => {
    const object = succeeded(server).Results.S3Object;
    const unknown = { ...EXAMPLE, accessKeyId: "AKIDEXAMPLE2" };
    const wrong = { ...EXAMPLE, secretAccessKey: "wrong" };
    await refuses(server, { credentials: wrong }, object, "SignatureDoesNotMatch", 403);
    await refuses(server, { credentials: unknown }, object, "InvalidAccessKeyId", 403);
    await refuses(server, { region: "eu-west-1" }, object, "AuthorizationHeaderMalformed", 400);
    const { expiration, ...expired } = server.sessions.issue({ expiration: Date.now() - 1000 });
    await refuses(server, { credentials: expired }, object, "ExpiredToken", 400);
    await refuses(server, { systemClockOffset: 20 * MINUTE }, object, "RequestTimeTooSkewed", 403);
    await refuses(server, { signer: { sign: async (request) => request } }, object, "AccessDenied", 403);
    const { status, body } = await rawRequest(server.url, pathOf(object), { method: "PUT" });
    assert.deepEqual([status, /<Code>(.*)<\/Code>/.exec(body)[1]], [405, "MethodNotAllowed"]);
  });

  test("of a host in another region, which name the bucket's own", LIMIT, () => {
    const buckets = { "acme-archive": { region: "eu-west-1" } };
    return withServer({ buckets }, async ({ url }) => {
      const host = "acme-archive.s3.us-east-1.amazonaws.com";
      const { status, headers, body } = await rawRequest(url, "/any", { headers: { host } });
      assert.deepEqual([status, headers["x-amz-bucket-region"]], [301, "eu-west-1"]);
      const own = host.replace("us-east", "eu-west");
      assert.match(body, /<Code>PermanentRedirect</);
      assert.ok(body.includes(`<Endpoint>${own}</Endpoint>`), body);
      assert.equal((await rawRequest(url, "/any", { headers: { host: own } })).status, 404);
    });
  });
});

suite("CORS", () => {
  const preflight = (url, path, headers = {}) =>
    rawRequest(url, path, {
      method: "OPTIONS",
      headers: { origin: PAGE, "access-control-request-method": "GET", ...headers },
    });

  serverTest("a bucket that is set up lets pages of every origin read it", {}, async (server) => {
    const path = pathOf(succeeded(server).Results.S3Object);
    const allowed = await preflight(server.url, path, { "access-control-request-headers": "authorization,x-amz-date" });
    assert.deepEqual(
      [allowed.status, allowed.headers["access-control-allow-origin"], allowed.headers["access-control-allow-headers"]],
      [200, "*", "authorization, x-amz-date"],
    );
    const { headers } = await rawRequest(server.url, path, { headers: { origin: PAGE } });
    assert.equal(headers["access-control-allow-origin"], "*");
    assert.match(headers["access-control-expose-headers"], /x-amz-bucket-region/);
    const refusal = await rawRequest(server.url, "/s3/acme-archive/nothing", { headers: { origin: PAGE } });
    assert.deepEqual([refusal.status, refusal.headers["access-control-allow-origin"]], [404, "*"]);
  });

  const rule = { AllowedOrigins: ["https://*.example.org"], AllowedMethods: ["GET"], AllowedHeaders: ["x-amz-*"] };
  const ruled = { "acme-archive": { cors: [rule] } };
  serverTest("rules allow what they name and no more", { buckets: ruled }, async ({ url }) => {
    const path = "/s3/acme-archive/nothing";
    const from = (origin, asked) => preflight(url, path, { origin, "access-control-request-headers": asked });
    assert.equal((await from("https://a.example.org", "x-amz-date")).status, 200);
    for (const [origin, asked] of [
      ["https://a.example.com", "x-amz-date"],
      ["https://example.org", "x-amz-date"],
      ["https://a.example.org", "authorization"],
    ])
      assert.equal((await from(origin, asked)).status, 403, `${origin} ${asked}`);
  });

  const closed = { "acme-archive": { cors: [] } };
  serverTest("a bucket without rules allows nothing", { buckets: closed }, async ({ url }) => {
    const path = "/s3/acme-archive/nothing";
    const refused = await preflight(url, path);
    assert.equal(refused.status, 403);
    assert.match(refused.body, /<Code>AccessForbidden<.*CORS is not enabled/s);
    const plain = await rawRequest(url, path, { headers: { origin: PAGE } });
    assert.deepEqual(
      Object.keys(plain.headers).filter((name) => name.startsWith("access-control-")),
      [],
    );
  });
});

suite("a part of an object", () => {
  sdkTest("comes by its range, of the object that it was", { strict: true }, async (server, client) => {
    const { Bucket, Name: Key } = succeeded(server).Results.S3Object;
    const whole = await read(client, { Bucket, Name: Key });
    const ask = (more) => client.send(new GetObjectCommand({ Bucket, Key, ...more }));
    const { ETag } = await ask({});
    for (const [range, from, to] of [
      ["bytes=0-", 0, whole.length],
      ["bytes=10-19", 10, 20],
      [`bytes=${whole.length - 1}-`, whole.length - 1, whole.length],
      [`bytes=30000-${2 * whole.length}`, 30_000, whole.length],
    ]) {
      const part = await ask({ Range: range, IfMatch: ETag });
      assert.equal(await part.Body.transformToString(), whole.slice(from, to), range);
      assert.equal(part.ContentRange, `bytes ${from}-${to - 1}/${whole.length}`);
      assert.deepEqual([part.$metadata.httpStatusCode, part.ContentLength], [206, to - from]);
    }
    await assert.rejects(ask({ Range: `bytes=${whole.length}-` }), { name: "InvalidRange" });
    await assert.rejects(ask({ IfMatch: '"other"' }), { name: "PreconditionFailed" });
  });
});

suite("a bucket's settings", () => {
  const bucket = "acme-archive";
  const imageOf = () => {
    const campaign = CAMPAIGNS.find(({ inputBucket }) => inputBucket === bucket);
    return { Bucket: bucket, Key: campaign.imageKey(mulberry32(1), 1) };
  };
  const bytesOf = async (client, more) =>
    Buffer.from(await (await client.send(new GetObjectCommand({ ...imageOf(), ...more }))).Body.transformToByteArray());
  const first = () => versionOf({ bucket, key: imageOf().Key });

  for (const latest of ["same", "overwritten", "deleted"]) {
    sdkTest(`versions, the latest ${latest}`, { buckets: { [bucket]: { latest } } }, async (_, client) => {
      const original = await bytesOf(client, { VersionId: first() });
      if (latest === "deleted") await assert.rejects(bytesOf(client), { name: "NoSuchKey" });
      else assert.equal((await bytesOf(client)).equals(original), latest === "same");
      await assert.rejects(bytesOf(client, { VersionId: "other" }), { name: "NoSuchVersion" });
    });
  }

  const refused = { buckets: { [bucket]: { latest: "same", refusesVersions: true } } };
  sdkTest("versions that nobody may read", refused, async (_, client) => {
    assert.ok((await bytesOf(client)).length > 0);
    await assert.rejects(bytesOf(client, { VersionId: first() }), { name: "AccessDenied" });
  });

  sdkTest("requesters pay", { buckets: { [bucket]: { requesterPays: true } } }, async (server, client) => {
    await assert.rejects(bytesOf(client), { name: "AccessDenied" });
    const { RequestCharged } = await client.send(new GetObjectCommand({ ...imageOf(), RequestPayer: "requester" }));
    assert.equal(RequestCharged, "requester");
    const headers = { "x-amz-request-payer": "requester" };
    const path = pathOf({ Bucket: bucket, Name: imageOf().Key });
    assert.equal((await rawRequest(server.url, path, { headers })).status, 403, "nobody pays");
  });
});

suite("faults", () => {
  const operation = "GetObject";
  for (const [fault, name, status] of [
    [{ kind: "throttle" }, "SlowDown", 503],
    [{ kind: "internal" }, "InternalError", 500],
    [{ kind: "expired-credentials" }, "ExpiredToken", 400],
    [{ kind: "refusal", name: "AccessDenied", status: 403, message: "not you" }, "AccessDenied", 403],
  ]) {
    const plan = { faults: [{ operation, ...fault }] };
    sdkTest(`${fault.kind} is told as S3's ${name}`, plan, async (server, client) => {
      const object = succeeded(server).Results.S3Object;
      await assert.rejects(get(client, object), (error) => {
        assert.deepEqual([error.name, error.$metadata.httpStatusCode], [name, status]);
        if (fault.message) assert.equal(error.message, fault.message);
        return true;
      });
      assert.deepEqual(server.traffic.counters.faults, { [fault.kind]: 1 });
      const credentials = server.sessions.issue();
      await withS3(server, { credentials }, async (other) => assert.ok(await read(other, object)));
    });
  }

  for (const [fault, status, type, body] of [
    [{ kind: "portal" }, 200, "text/html", /Sign in/],
    [{ kind: "portal", text: '{"error":1}' }, 200, "text/html", /^\{"error":1\}$/],
    [{ kind: "empty" }, 200, undefined, /^$/],
    [{ kind: "no-content" }, 204, undefined, /^$/],
    [
      { kind: "refusal", name: "AuthorizationHeaderMalformed", details: { Region: "EU" } },
      400,
      "application/xml",
      /<Code>AuthorizationHeaderMalformed<.*<Region>EU<\/Region>/,
    ],
  ]) {
    serverTest(
      JSON.stringify(fault),
      { faults: [fault.kind === "refusal" ? { operation, ...fault } : fault] },
      async (server) => {
        const answer = await rawRequest(server.url, pathOf(succeeded(server).Results.S3Object));
        assert.deepEqual([answer.status, answer.headers["content-type"]], [status, type]);
        assert.match(answer.body, body);
      },
    );
  }

  serverTest(
    "gzip, told or not",
    { faults: ["gzip", undefined].map((encoding) => ({ kind: "gzip", encoding })) },
    async (server) => {
      const url = `${server.url}${pathOf(succeeded(server).Results.S3Object).slice(1)}`;
      const told = await fetch(url);
      const untold = await fetch(url);
      const plain = await (await fetch(url)).text();
      assert.equal(await told.text(), plain);
      assert.equal(gunzipSync(await untold.arrayBuffer()).toString(), plain);
    },
  );

  const ofService = { faults: [{ kind: "internal", times: "always" }] };
  sdkTest("a plan without the operation leaves S3 alone", ofService, async (server, client) => {
    assert.ok(await read(client, succeeded(server).Results.S3Object));
  });

  serverTest("cut and no-cors", { faults: [{ kind: "cut", operation }, { kind: "no-cors" }] }, async (server) => {
    const path = pathOf(succeeded(server).Results.S3Object);
    await assert.rejects(rawRequest(server.url, path, { headers: { origin: PAGE } }), (error) => error.length > 0);
    const { status, headers } = await rawRequest(server.url, path, { headers: { origin: PAGE } });
    assert.deepEqual([status, headers["access-control-allow-origin"]], [200, undefined]);
  });
});
