// S3 as it is met in the field: what else a summary, an answer of 200, a version, a region or an encoding may be. The
// AWS SDK goes through the same where it can, and a table shows both.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createJobs, InvalidParameterException, InvalidResponseError, ServiceError } from "rekognition-jobs";
import { pictureOf } from "../../../emulator/account/pictures.js";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { versionOf } from "../../../emulator/s3/buckets.js";
import { LIMIT, serverTest } from "../emulator/calls.js";
import { createS3Fetch } from "./s3_fetch.js";
import { BUCKET, finishedJob, hasResults, jobsLike } from "./s3_objects.js";

const operation = "GetObject";
const rows = [];
after(() => printTable(rows));

/** Uses a Jobs that has the account's newest finished job in its store. */
async function withJob(server, options, use) {
  const [job] = jobsLike(server, hasResults);
  const { url } = server;
  const jobs = await createJobs({ endpoint: url, s3Endpoint: `${url}s3`, credentials: EXAMPLE, ...options });
  try {
    await jobs.import(JSON.stringify(job));
    return await use(jobs, job);
  } finally {
    jobs.close();
  }
}

/** The results of the job as `jobs.results` gives them, or its error. */
async function outcomeOf(jobs, { JobId }, options) {
  try {
    return await jobs.results(JobId, options);
  } catch (error) {
    return error;
  }
}

/** What a program with the AWS SDK comes to that reads the results and then the summary. */
async function theirs(server, { Results, ManifestSummary }, options = {}) {
  const client = new S3Client({
    region: "us-east-1",
    endpoint: `${server.url}s3`,
    forcePathStyle: true,
    credentials: { ...EXAMPLE },
    maxAttempts: 1,
    requestHandler: { requestTimeout: 500, throwOnRequestTimeout: true },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    ...options,
  });
  const lines = [];
  try {
    for (const { S3Object } of [Results, ManifestSummary]) {
      const { Bucket, Name: Key, Version: VersionId } = S3Object;
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
      lines.push((await Body.transformToString()).split("\n").length - 1);
    }
    return `${lines[0]} lines`;
  } catch ({ name }) {
    return lines.length === 0 ? name : `${name}, after ${lines[0]} lines`;
  } finally {
    client.destroy();
  }
}

const ofName = (name, status) => ({ kind: "refusal", name, status });
const SIGN_IN = "<!doctype html>\n<html><head><title>Sign in</title>";

describe("the summary does not decide over the results", () => {
  /** @type {[string, object, string, RegExp][]} */
  const TROUBLES = [
    ["breaks", { kind: "cut" }, "NetworkError", /broke off after [\d,]+ bytes of s3:.*summary\.json/],
    ["is silent", { kind: "hang" }, "TimeoutError", /no answer within 1500 ms/],
    ["is archived", ofName("InvalidObjectState", 403), "InvalidObjectState", /is archived: restore it/],
    ["has a disabled key", ofName("KMS.DisabledException", 400), "KMS.DisabledException", /must be enabled/],
    ["is denied", ofName("AccessDenied", 403), "AccessDenied", /s3:GetObject on arn/],
    ["was deleted", ofName("NoSuchKey", 404), "NoSuchKey", /not there any more/],
    ["fails", { kind: "internal" }, "InternalError", /internal error/],
    ["is a sign-in page", { kind: "portal" }, "InvalidResponseError", /this is an HTML page.*begins with: <!doctype/s],
    ["is something else", { kind: "portal", text: '{"a":1}' }, "InvalidResponseError", /begins with: \{"a":1\}/],
    ["is empty", { kind: "empty" }, "InvalidResponseError", /summary\.json is empty \(status 200, 0 bytes\)$/],
    ["is no content", { kind: "no-content" }, "InvalidResponseError", /is empty \(status 204, 0 bytes\)$/],
  ];
  for (const [what, fault, name, words] of TROUBLES) {
    serverTest(`that ${what}`, { strict: true }, async (server) =>
      withJob(server, { requestTimeout: 1500, maxAttempts: 1 }, async (jobs, job) => {
        const faults = [{ operation, request: 2, times: "always", ...fault }];
        const whole = await outcomeOf(jobs, job);
        assert.ok(whole.size > 0 && whole.summary && whole.summaryError === undefined);
        server.setFaults(faults);
        const results = await outcomeOf(jobs, job);
        assert.equal(results.size, whole.size, results.stack);
        assert.equal(results.summary, undefined);
        assert.equal(results.rejectedCount, 0);
        assert.ok(results.summaryError instanceof ServiceError);
        assert.equal(results.summaryError.name, name);
        assert.match(results.summaryError.message, words);
        server.setFaults(faults);
        rows.push([`summary ${what}`, `${results.size} images, ${name}`, await theirs(server, job)]);
      }),
    );
  }

  serverTest("that breaks once, since it goes on", { strict: true }, (server) =>
    withJob(server, {}, async (jobs, job) => {
      server.setFaults([{ kind: "cut", operation, request: 2 }]);
      const results = await outcomeOf(jobs, job);
      assert.ok(results.summary.statistics);
      assert.equal(results.summaryError, undefined);
    }),
  );

  serverTest("unless it is all that there is", { strict: true }, async (server) => {
    const [{ JobId }] = jobsLike(server, (job) => job.ManifestSummary && !job.Results);
    server.setFaults([{ operation, kind: "portal", times: "always" }]);
    await withJob(server, {}, (jobs) => assert.rejects(jobs.results(JobId), InvalidResponseError));
  });

  serverTest("and an abort while it is read is one of the call", { strict: true }, async (server) =>
    withJob(server, {}, async (jobs, job) => {
      server.setFaults([{ kind: "hang", operation, request: 2, times: "always" }]);
      const controller = new AbortController();
      const reading = jobs.results(job.JobId, { signal: controller.signal });
      reading.catch(() => {});
      while (server.traffic.counters.requests.GetObject !== 2) await new Promise((resolve) => setTimeout(resolve, 5));
      controller.abort(new Error("enough"));
      await assert.rejects(reading, /enough/);
    }),
  );

  serverTest("and no secret is in its error", { strict: true }, async (server) =>
    withJob(server, {}, async (jobs, job) => {
      const text = `<html>${EXAMPLE.secretAccessKey}</html>`;
      server.setFaults([{ kind: "portal", operation, text, request: 2, times: "always" }]);
      const { summaryError } = await outcomeOf(jobs, job);
      assert.match(summaryError.message, /\[redacted\]/);
      assert.ok(!summaryError.message.includes(EXAMPLE.secretAccessKey));
    }),
  );

  serverTest("results that were deleted leave the summary, and are told of", { strict: true }, async (server) =>
    withJob(server, {}, async (jobs, job) => {
      server.setFaults([{ operation, ...ofName("NoSuchKey", 404) }]);
      const results = await outcomeOf(jobs, job);
      assert.ok(results.summary.statistics);
      assert.deepEqual([results.size, results.resultsError.name], [0, "NoSuchKey"]);
      for (const fault of [ofName("AccessDenied", 403), ofName("InvalidObjectState", 403), { kind: "portal" }]) {
        server.setFaults([{ operation, ...fault }]);
        assert.ok((await outcomeOf(jobs, job)) instanceof ServiceError, "all else is an error");
      }
    }),
  );
});

describe("an answer of 200 that is no results file is an error with its beginning", () => {
  const long = `<html>${"x".repeat(1000)}</html>`;
  /** @type {[string, object, string, RegExp?][]} */
  const ANSWERS = [
    ["a sign-in page", { kind: "portal" }, SIGN_IN, /HTML page/],
    ["an error of S3", { kind: "portal", text: "<Error><Code>SlowDown</Code></Error>" }, "<Error><Code>SlowDown"],
    ["an error in JSON", { kind: "portal", text: '{"error":"not here"}' }, '{"error":"not here"}', /no image/],
    ["a listing", { kind: "portal", text: '{"MediaAnalysisJobs":[]}' }, '{"MediaAnalysisJobs":[]}', /listing of jobs/],
    ["a summary", { kind: "portal", text: '{"statistics":{},"errors":[]}' }, '{"statistics"', /manifest summary/],
    ["an empty array", { kind: "portal", text: "[]" }, "[]"],
    ["text", { kind: "portal", text: "Bad gateway" }, "Bad gateway"],
    ["the start of a line", { kind: "portal", text: '{"source-ref":"s3://a/b' }, '{"source-ref":"s3://a/b'],
    ["a long page", { kind: "portal", text: long }, long.slice(0, 200)],
  ];
  for (const [what, fault, start, words = /./] of ANSWERS) {
    serverTest(what, { strict: true, faults: [{ operation, times: "always", ...fault }] }, async (server) =>
      withJob(server, {}, async (jobs, job) => {
        const error = await outcomeOf(jobs, job);
        assert.ok(error instanceof InvalidResponseError, `${error.stack ?? `${error.size} images`}`);
        assert.match(error.message, /^Could not read s3:\/\/acme-.*-results\.jsonl: /);
        assert.match(error.message, words);
        assert.equal(error.message.split("It begins with: ")[1].slice(0, start.length), start);
        assert.ok(error.message.split("It begins with: ")[1].length <= 200);
        assert.deepEqual([error.$metadata.httpStatusCode, error.$metadata.attempts], [200, 1]);
        rows.push([`200 with ${what}`, error.name, await theirs(server, job)]);
      }),
    );
  }

  for (const [kind, status] of [
    ["empty", 200],
    ["no-content", 204],
  ]) {
    serverTest(`${kind} is told as empty`, { faults: [{ operation, kind, times: "always" }] }, async (server) =>
      withJob(server, {}, async (jobs, job) => {
        const error = await outcomeOf(jobs, job);
        assert.ok(error instanceof InvalidResponseError, error.stack);
        assert.match(error.message, /is empty \(status \d+, 0 bytes\), which says of no image that it is not flagged$/);
        assert.equal(error.$metadata.httpStatusCode, status);
        rows.push([kind, error.name, await theirs(server, job)]);
      }),
    );
  }

  serverTest("a login that `fetch` was redirected to", {}, async (server) => {
    const followed = async (url, init) => {
      if (!String(url).includes("/s3/")) return fetch(url, init);
      const page = new Response(SIGN_IN, { headers: { "content-type": "text/html" } });
      return Object.defineProperties(page, { redirected: { value: true }, url: { value: `${server.url}login` } });
    };
    await withJob(server, { fetch: followed }, async (jobs, job) => {
      assert.ok((await outcomeOf(jobs, job)) instanceof InvalidResponseError);
    });
  });

  serverTest(
    "no secret is in it",
    { faults: [{ operation, kind: "portal", text: EXAMPLE.secretAccessKey }] },
    (server) =>
      withJob(server, {}, async (jobs, job) => {
        const error = await outcomeOf(jobs, job);
        assert.ok(error instanceof InvalidResponseError);
        assert.match(error.message, /\[redacted\]$/);
      }),
  );
});

describe("the version that a job names", () => {
  /** The account's job, as the service tells it of a bucket with versions. */
  const versioned = ({ Results, ManifestSummary, ...job }) => {
    const named = ({ S3Object, ...more }) => {
      const { Bucket: bucket, Name: key } = S3Object;
      return { ...more, S3Object: { ...S3Object, Version: versionOf({ bucket, key }) } };
    };
    return { ...job, Results: named(Results), ManifestSummary: named(ManifestSummary) };
  };
  const IMAGE = ["acme-archive", "scans/1.jpg"];

  for (const latest of ["overwritten", "deleted"]) {
    serverTest(`is read where the latest is ${latest}`, { strict: true }, async (first) => {
      const [{ OutputConfig }] = jobsLike(first, hasResults);
      const size = await withJob(first, {}, async (jobs, job) => (await outcomeOf(jobs, job)).size);
      await withVersions(OutputConfig.S3Bucket, { latest }, async (server) =>
        withJob(server, {}, async (jobs, job) => {
          const asked = versioned(job);
          await jobs.import(JSON.stringify(asked));
          const results = await outcomeOf(jobs, asked);
          assert.equal(results.size, size, results.stack);
          assert.ok(results.summary.statistics["total-json-lines"] > 1);
          await jobs.import(JSON.stringify({ ...asked, ...job, JobId: "none" }));
          const unversioned = await outcomeOf(jobs, { JobId: "none" });
          if (latest === "overwritten") assert.equal(unversioned.size, 1, "without a version it is the latest");
          else assert.equal(unversioned.name, "NoSuchKey");
          rows.push([`latest ${latest}`, `${results.size} images`, await theirs(server, asked)]);
        }),
      );
    });
  }

  async function withVersions(bucket, settings, use) {
    const { withServer } = await import("../emulator/calls.js");
    return withServer({ strict: true, buckets: { [bucket]: settings } }, use);
  }

  serverTest("is not there any more", { strict: true }, async (first) => {
    const [{ OutputConfig }] = jobsLike(first, hasResults);
    await withVersions(OutputConfig.S3Bucket, { latest: "same" }, (server) =>
      withJob(server, {}, async (jobs, job) => {
        const asked = versioned(job);
        asked.Results.S3Object.Version = "gone";
        await jobs.import(JSON.stringify(asked));
        const { resultsError, size, summary } = await outcomeOf(jobs, asked);
        assert.deepEqual([resultsError.name, size], ["NoSuchVersion", 0]);
        assert.match(resultsError.message, /The version gone of s3:.* is not there any more/);
        assert.ok(summary);
      }),
    );
  });

  serverTest("is not permitted: the error names s3:GetObjectVersion", { strict: true }, async (first) => {
    const [{ OutputConfig }] = jobsLike(first, hasResults);
    await withVersions(OutputConfig.S3Bucket, { latest: "same", refusesVersions: true }, (server) =>
      withJob(server, {}, async (jobs, job) => {
        const asked = versioned(job);
        await jobs.import(JSON.stringify(asked));
        const error = await outcomeOf(jobs, asked);
        assert.equal(error.name, "AccessDenied");
        assert.match(error.message, /Allow these credentials s3:GetObjectVersion on arn:aws:s3:::acme-/);
        assert.ok(error.message.includes(`Its version ${asked.Results.S3Object.Version} was asked for`));
      }),
    );
  });

  const [bucket, key] = IMAGE;
  const asked = [];
  const picture = async (url) => {
    asked.push(new URL(url).search);
    return new Response(Buffer.from(pictureOf("any")));
  };
  test("of an image is asked for by option, or by the URI's end, and encoded", LIMIT, async () => {
    const jobs = await createJobs({ region: "us-east-1", fetch: picture });
    const version = "3/L4kqt+Jlcp Xroz?&=";
    await jobs.image(`s3://${bucket}/${key}`, { versionId: version });
    await jobs.image(`s3://${bucket}/${key}?versionId=3.L4_k-q`);
    await jobs.image(`s3://${bucket}/${key}?version=1`);
    await jobs.image(`s3://${bucket}/${key}`, { versionId: null });
    await assert.rejects(jobs.image(`s3://${bucket}/${key}`, { versionId: 3 }), InvalidParameterException);
    jobs.close();
    assert.deepEqual(asked, ["?versionId=3%2FL4kqt%2BJlcp%20Xroz%3F%26%3D", "?versionId=3.L4_k-q", "", ""]);
  });
});

describe("where S3 says that a bucket is", () => {
  const constraintOf = (region) =>
    `<Code>IllegalLocationConstraintException</Code><Message>The ${region} location constraint is incompatible for the ` +
    "region specific endpoint this request was sent to.</Message>";
  /** @type {[string, number, string, string, string][]} what is told to a request for eu-central-1, or us-east-1 */
  const TOLD = [
    ["a location constraint", 400, constraintOf("me-south-1"), "eu-central-1", "me-south-1"],
    ["no location constraint", 400, constraintOf("unspecified"), "eu-central-1", "us-east-1"],
    ["the constraint of old", 400, constraintOf("EU"), "us-east-1", "eu-west-1"],
    [
      "the region of old",
      400,
      "<Code>AuthorizationHeaderMalformed</Code><Region>EU</Region>",
      "us-east-1",
      "eu-west-1",
    ],
    [
      "the global endpoint",
      301,
      `<Code>PermanentRedirect</Code><Endpoint>${BUCKET}.s3.amazonaws.com</Endpoint>`,
      "eu-central-1",
      "us-east-1",
    ],
    [
      "the global endpoint alone",
      301,
      "<Code>PermanentRedirect</Code><Endpoint>s3.amazonaws.com</Endpoint>",
      "eu-central-1",
      "us-east-1",
    ],
    [
      "a host of old",
      301,
      "<Code>PermanentRedirect</Code><Endpoint>s3-eu-west-1.amazonaws.com</Endpoint>",
      "us-east-1",
      "eu-west-1",
    ],
  ];
  for (const [how, status, elements, from, to] of TOLD) {
    serverTest(`by ${how} is followed`, { strict: true, buckets: { [BUCKET]: { region: to } } }, async ({ url }) => {
      const inner = createS3Fetch(url);
      const hosts = [];
      const fetch = async (target, init) => {
        hosts.push(new URL(target).host);
        return hosts.length === 1 ? new Response(`<Error>${elements}</Error>`, { status }) : inner(target, init);
      };
      const jobs = await createJobs({ region: from, credentials: EXAMPLE, fetch });
      await jobs.import(JSON.stringify(finishedJob()));
      await assert.rejects(jobs.results("f1"), { name: "NoSuchKey" }, "the signature is right there");
      jobs.close();
      assert.deepEqual(
        hosts,
        [from, to].map((region) => `${BUCKET}.s3.${region}.amazonaws.com`),
      );
    });
  }

  test("is not followed to another partition, nor from a host that only looks like S3's", LIMIT, async () => {
    for (const [region, told] of [
      ["cn-north-1", "s3.amazonaws.com"],
      ["eu-west-1", "s3.amazonaws.com.evil.example"],
      ["eu-west-1", "evils3.amazonaws.com"],
    ]) {
      let asked = 0;
      const fetch = async () => {
        asked++;
        return new Response(`<Error><Code>PermanentRedirect</Code><Endpoint>${told}</Endpoint></Error>`, {
          status: 301,
        });
      };
      const jobs = await createJobs({ region, credentials: EXAMPLE, fetch });
      await jobs.import(JSON.stringify(finishedJob()));
      await assert.rejects(jobs.results("f1"), { name: "PermanentRedirect" });
      jobs.close();
      assert.equal(asked, 1, told);
    }
  });
});

describe("a bucket whose requesters pay", () => {
  const names = ["acme-moderation-results", "acme-archive", "acme-ugc-uploads", "acme-marketing-assets"];
  const buckets = Object.fromEntries(names.map((name) => [name, { requesterPays: true }]));

  serverTest("is advised by name, and read by who says so", { strict: true }, async (first) => {
    const [{ OutputConfig }] = jobsLike(first, hasResults);
    const { withServer } = await import("../emulator/calls.js");
    const paying = { strict: true, buckets: { [OutputConfig.S3Bucket]: { requesterPays: true } } };
    await withServer(paying, (server) =>
      withJob(server, {}, async (jobs, job) => {
        const error = await outcomeOf(jobs, job);
        assert.deepEqual([error.name, error.requesterPaysBucket], ["AccessDenied", OutputConfig.S3Bucket]);
        assert.match(error.message, /If the bucket's requesters pay, ask with the option `requestPayer: "requester"`/);
        const results = await outcomeOf(jobs, job, { requestPayer: "requester" });
        assert.ok(results.size > 0, results.stack);
        assert.ok(results.summary, "also for the summary");
        rows.push(["requester pays", "advice; read with the option", await theirs(server, job)]);
      }),
    );
  });

  serverTest("pays for images as well, signed ones alone", { strict: true, buckets }, async ({ url, traffic }) => {
    const uri = "s3://acme-archive/a.jpg";
    const jobs = await createJobs({ endpoint: url, s3Endpoint: `${url}s3`, credentials: EXAMPLE });
    await assert.rejects(jobs.image(uri, { requestPayer: "requester" }), { bucket: "acme-archive" });
    assert.equal(traffic.log.at(-1).headers["x-amz-request-payer"], undefined, "nobody pays who does not sign");
    await assert.rejects(jobs.image(uri, { signed: true }), { requesterPaysBucket: "acme-archive" });
    await assert.rejects(jobs.image(uri, { signed: true, requestPayer: "requester" }), (error) => {
      assert.equal(error.name, "NoSuchKey");
      assert.equal(error.requesterPaysBucket, undefined);
      return true;
    });
    assert.equal(traffic.log.at(-1).headers["x-amz-request-payer"], "requester");
    jobs.close();
  });

  const explained = { ...ofName("AccessDenied", 403), message: "User: x is not authorized to perform: s3:GetObject" };
  serverTest("is not guessed where S3 says why", { faults: [{ operation, ...explained }] }, (server) =>
    withJob(server, {}, async (jobs, job) => {
      const error = await outcomeOf(jobs, job);
      assert.equal(error.requesterPaysBucket, undefined);
      assert.ok(!error.message.includes("requestPayer"));
    }),
  );

  serverTest("has no other payer", {}, (server) =>
    withJob(server, {}, async (jobs, { JobId }) => {
      for (const requestPayer of ["owner", "", true]) {
        await assert.rejects(jobs.results(JobId, { requestPayer }), InvalidParameterException);
      }
      (await jobs.results(JobId, { requestPayer: null })).close();
    }),
  );
});

describe("an object that is compressed is read, whatever is said of it", () => {
  for (const encoding of [undefined, "gzip", "aws-chunked", "aws-chunked,gzip", "aws-chunked, gzip", "identity"]) {
    serverTest(`results with the encoding ${encoding}`, { strict: true }, async (server) =>
      withJob(server, {}, async (jobs, job) => {
        const { size } = await outcomeOf(jobs, job);
        server.setFaults([{ kind: "gzip", operation, encoding, times: "always" }]);
        const results = await outcomeOf(jobs, job);
        assert.equal(results.size, size, results.stack);
        assert.ok(results.summary);
        rows.push([`gzip as ${encoding}`, `${size} images`, await theirs(server, job)]);
      }),
    );

    test(`an image with the encoding ${encoding}`, LIMIT, async () => {
      const { gzipSync } = await import("node:zlib");
      const packed = gzipSync(pictureOf("any"));
      const { withBytes } = await import("./byte_server.js");
      await withBytes(packed, { headers: encoding ? { "content-encoding": encoding } : {} }, async ({ url }) => {
        const jobs = await createJobs({ s3Endpoint: url });
        const image = await jobs.image("s3://acme/a.png");
        assert.equal(image.type, "image/png");
        assert.deepEqual(new Uint8Array(await image.arrayBuffer()), new Uint8Array(pictureOf("any")));
        jobs.close();
      });
    });
  }

  test("an image that unpacks to too much is not unpacked on, a damaged one is told", LIMIT, async () => {
    const { gzipSync } = await import("node:zlib");
    const { withBytes } = await import("./byte_server.js");
    for (const [bytes, name] of [
      [gzipSync(Buffer.alloc(30 << 20)), "ImageTooLargeException"],
      [gzipSync(pictureOf("any")).subarray(0, 100), "InvalidImageFormatException"],
    ]) {
      await withBytes(bytes, {}, async ({ url }) => {
        const jobs = await createJobs({ s3Endpoint: url });
        await assert.rejects(jobs.image("s3://acme/a.png"), { name });
        jobs.close();
      });
    }
  });
});

function printTable(all) {
  const width = (column) => Math.max(...all.map((row) => row[column].length));
  const line = (row) => row.map((cell, column) => cell.padEnd(width(column))).join(" | ");
  console.log([["trouble", "ours", "AWS SDK"], ...all].map(line).join("\n"));
}
