// jobs.image: what results name, from the emulator, which checks every signature; whose content is what it says.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { describe, test } from "node:test";
import { createJobs, InvalidParameterException, NetworkError, ServiceError, TimeoutError } from "rekognition-jobs";
import { CAMPAIGNS } from "../../../emulator/account/campaigns.js";
import { pictureOf } from "../../../emulator/account/pictures.js";
import { mulberry32 } from "../../../emulator/account/random.js";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { createSampleFetch, SAMPLE_S3 } from "../../../emulator/sample_account.js";
import { LIMIT, serverTest } from "../emulator/calls.js";
import { createS3Fetch } from "./s3_fetch.js";
import { finishedJob, hasResults, jobsLike } from "./s3_objects.js";

const operation = "GetObject";
const MOST = 20 * 1024 * 1024;
const ID = { "x-amz-request-id": "r1" };
const ANSWERED = { httpStatusCode: 200, requestId: "r1", attempts: 1 };

/** An image of each campaign, keys with spaces, umlauts and signs among them. */
const IMAGES = CAMPAIGNS.map(({ inputBucket, imageKey }, index) => [
  inputBucket,
  imageKey(mulberry32(index), index + 1),
]);
const uriOf = ([bucket, key]) => `s3://${bucket}/${key}`;
const [FIRST] = IMAGES.map(uriOf);

/** Uses a Jobs for the time that the test does. */
async function withJobs(options, use) {
  const jobs = await createJobs(options);
  try {
    return await use(jobs);
  } finally {
    jobs.close();
  }
}

/** Jobs whose manifests are in the images' buckets. */
const OWN = JSON.stringify(
  IMAGES.map(([Bucket], index) =>
    finishedJob({ JobId: `own${index}`, Input: { S3Object: { Bucket, Name: "manifest.jsonl" } } }),
  ),
);

/** A test of images of a strict endpoint, in buckets that jobs name. */
const imageTest = (name, options, use) =>
  serverTest(name, { strict: true, ...options }, (server) =>
    withJobs({ endpoint: server.url, s3Endpoint: `${server.url}s3`, credentials: EXAMPLE }, async (jobs) => {
      await jobs.import(OWN);
      return use(jobs, server);
    }),
  );

/** A test of an S3 whose every answer is this one. */
const contentTest = (name, answer, use) =>
  test(name, LIMIT, async () => {
    const closed = [];
    const server = createServer((request, response) => {
      response.once("close", () => closed.push(response.writableFinished));
      answer(response);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    try {
      const s3Endpoint = `http://127.0.0.1:${server.address().port}`;
      await withJobs({ s3Endpoint, credentials: EXAMPLE, maxAttempts: 1, requestTimeout: 500 }, (jobs) =>
        use(jobs, closed),
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

async function endsEarly(closed) {
  while (closed.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(closed, [false], "the connection ended before the content");
}

async function bytesOf(blob) {
  return new Uint8Array(await blob.arrayBuffer());
}

describe("an image that results name", () => {
  imageTest("comes as it is, by a signed request, whatever its key", {}, async (jobs, { traffic }) => {
    for (const image of IMAGES) {
      const blob = await jobs.image(uriOf(image));
      assert.equal(blob.type, "image/png");
      assert.deepEqual(await bytesOf(blob), new Uint8Array(pictureOf(image.join("/"))));
    }
    assert.deepEqual([traffic.counters.requests, traffic.counters.refused], [{ GetObject: IMAGES.length }, 0]);
  });

  const bucket = "acme-archive";
  const archived = uriOf(IMAGES.find(([each]) => each === bucket));
  const buckets = { [bucket]: { region: "eu-west-1" } };
  serverTest("comes from the region that its bucket is in", { strict: true, buckets }, async ({ url }) => {
    const fetch = createS3Fetch(url);
    await withJobs({ region: "us-east-1", credentials: EXAMPLE, fetch }, async (jobs) => {
      await jobs.import(OWN);
      for (let times = 0; times < 2; times++) assert.equal((await jobs.image(archived)).type, "image/png");
    });
    const hosts = ["us-east-1", "eu-west-1", "eu-west-1"].map((region) => `${bucket}.s3.${region}.amazonaws.com`);
    assert.deepEqual(
      fetch.asked.map(({ host }) => host),
      hosts,
    );
  });

  test("comes from the account that is made in the page, too", LIMIT, () =>
    withJobs({ endpoint: "http://127.0.0.1/", s3Endpoint: SAMPLE_S3, fetch: createSampleFetch() }, async (jobs) => {
      assert.deepEqual(await bytesOf(await jobs.image(FIRST)), new Uint8Array(pictureOf(IMAGES[0].join("/"))));
    }),
  );

  imageTest("that is refused is told as results are", {}, async (jobs, server) => {
    await assert.rejects(jobs.image(`${FIRST}x`), (error) => {
      assert.ok(error instanceof ServiceError);
      assert.deepEqual([error.name, error.$metadata.httpStatusCode], ["NoSuchKey", 404]);
      assert.ok(error.message.includes(`${FIRST}x is not there any more`), error.message);
      return true;
    });
    server.setFaults([{ kind: "refusal", operation, name: "AccessDenied", status: 403, times: "always" }]);
    await assert.rejects(jobs.image(FIRST), {
      name: "AccessDenied",
      message: new RegExp(`Allow these credentials s3:GetObject on arn:aws:s3:::${IMAGES[0].join("/")}`),
    });
    server.setFaults([{ kind: "internal", operation }]);
    assert.equal((await jobs.image(FIRST)).type, "image/png", "once is got over");
    server.setFaults([{ kind: "cut", operation }]);
    assert.equal((await jobs.image(FIRST)).type, "image/png", "a break once, too");
    server.setFaults([{ kind: "cut", operation, times: "always" }]);
    await assert.rejects(
      jobs.image(FIRST),
      (error) => error instanceof NetworkError && /broke off/.test(error.message),
    );
  });

  imageTest("is not asked for where the text names none", {}, async (jobs, { traffic }) => {
    for (const text of ["", "acme/key", "s3://bucket", "s3://bucket/", "https://example.com/a.png", undefined]) {
      await assert.rejects(jobs.image(text), InvalidParameterException, text);
    }
    await withJobs({}, (none) => assert.rejects(none.image(FIRST), InvalidParameterException));
    assert.deepEqual(traffic.log, []);
  });

  const slow = { faults: [{ kind: "drip", operation, times: "always", overMs: 20_000 }] };
  imageTest("is given up on an abort, and when the jobs are closed", slow, async (jobs) => {
    const reason = new Error("scrolled away");
    await assert.rejects(jobs.image(FIRST, { signal: AbortSignal.abort(reason) }), reason);
    const controller = new AbortController();
    const given = jobs.image(FIRST, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 100);
    await assert.rejects(given, reason);
    const left = jobs.image(FIRST);
    setTimeout(() => jobs.close(), 100);
    await assert.rejects(left, /this Jobs is closed/);
  });
});

describe("an image is signed only in a bucket that a job names", () => {
  const key = "a/b.png";
  const png = Buffer.from(pictureOf("any"));
  const object = (Bucket) => ({ S3Object: { Bucket, Name: "k" } });
  const NAMES = {
    Input: (bucket) => ({ Input: object(bucket) }),
    OutputConfig: (bucket) => ({ OutputConfig: { S3Bucket: bucket } }),
    Results: (bucket) => ({ Results: object(bucket) }),
    ManifestSummary: (bucket) => ({ ManifestSummary: object(bucket) }),
  };

  /** A test with a Jobs whose S3 keeps which requests were signed; `provide` counts what credentials are asked for. */
  const signingTest = (name, use, answer = () => new Response(png)) =>
    test(name, LIMIT, async () => {
      const signed = [];
      let provided = 0;
      const fetch = async (url, { headers }) => {
        signed.push(new Headers(headers).has("authorization"));
        assert.equal(new Headers(headers).has("x-amz-security-token"), signed.at(-1));
        return answer();
      };
      const credentials = async () => {
        provided++;
        return { ...EXAMPLE, sessionToken: "token" };
      };
      await withJobs({ region: "us-east-1", credentials, fetch }, (jobs) => use(jobs, signed, () => provided));
    });

  for (const [member, naming] of Object.entries(NAMES)) {
    signingTest(`named by ${member}`, async (jobs, signed) => {
      await jobs.import(JSON.stringify(finishedJob({ bucket: "other", ...naming("acme") })));
      await jobs.image(`s3://acme/${key}`);
      for (const bucket of ["Acme", "acme2", "acm", "foreign"]) await jobs.image(`s3://${bucket}/${key}`);
      assert.deepEqual(signed, [true, false, false, false, false]);
    });
  }

  signingTest("unless it is said, and the provider is not asked in vain", async (jobs, signed, provided) => {
    await jobs.image(`s3://foreign/${key}`);
    await jobs.image(`s3://foreign/${key}`, { signed: false });
    assert.equal(provided(), 0);
    await jobs.image(`s3://foreign/${key}`, { signed: true });
    await jobs.image(`s3://foreign/${key}`);
    await jobs.import(JSON.stringify(finishedJob({ bucket: "acme" })));
    await jobs.image(`s3://acme/${key}`, { signed: false });
    await jobs.image(`s3://acme/${key}`);
    jobs.clear();
    await jobs.image(`s3://acme/${key}`);
    assert.deepEqual(signed, [false, false, true, false, false, true, false]);
  });

  serverTest("named by a job whose results were read, though it is not stored", { strict: true }, async (server) => {
    const [job] = jobsLike(server, hasResults);
    const { Bucket } = job.Input.S3Object;
    const options = { endpoint: server.url, s3Endpoint: `${server.url}s3`, credentials: EXAMPLE };
    await withJobs(options, async (jobs) => {
      const results = await jobs.results(job.JobId);
      const uri = results.rows(0, 1)[0]["source-ref"];
      assert.ok(uri.startsWith(`s3://${Bucket}/`));
      assert.equal((await jobs.image(uri)).type, "image/png");
      assert.equal(jobs.size, 0);
    });
  });

  for (const status of [401, 403, 404]) {
    signingTest(
      `a denial names the bucket that a person may be asked about (${status})`,
      async (jobs, signed) => {
        const failure = (options) => jobs.image(`s3://foreign/${key}`, options).catch((error) => error);
        const error = await failure();
        assert.equal(error.bucket, status === 404 ? undefined : "foreign");
        if (status !== 404) assert.match(error.message, /was not signed, since no job here names the bucket foreign/);
        assert.equal((await failure({ signed: true })).bucket, undefined);
        assert.deepEqual(signed, [false, true]);
      },
      () => new Response(`<Error><Code>${status === 404 ? "NoSuchKey" : "AccessDenied"}</Code></Error>`, { status }),
    );
  }
});

describe("a body that falls silent", () => {
  const start = Buffer.from(pictureOf("any")).subarray(0, 8);
  const stalls = (response) => response.writeHead(200, ID).write(start);
  const isTold = (error) => {
    assert.ok(error instanceof TimeoutError, error.stack);
    assert.match(error.message, /^nothing came for 500 ms after 8 bytes of s3:/);
    assert.deepEqual(error.$metadata, ANSWERED);
    return true;
  };

  contentTest("ends an image as a TimeoutError, and the connection", stalls, async (jobs, closed) => {
    await assert.rejects(jobs.image(FIRST), isTold);
    await endsEarly(closed);
  });

  contentTest("ends results so, too", stalls, async (jobs, closed) => {
    await jobs.import(JSON.stringify(finishedJob()));
    await assert.rejects(jobs.results("f1"), isTold);
    await endsEarly(closed);
  });
});

describe("what is no image", () => {
  const png = Buffer.from(pictureOf("any"));
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]);
  const page = "<!doctype html><script>alert(1)</script>";
  const says = (type, body) => (response) => response.writeHead(200, { "content-type": type, ...ID }).end(body);

  contentTest("a picture has the type that its bytes have", says("text/html", png), async (jobs) => {
    assert.equal((await jobs.image(FIRST)).type, "image/png");
  });
  contentTest("a photograph too", says("image/svg+xml", jpeg), async (jobs) => {
    assert.equal((await jobs.image(FIRST)).type, "image/jpeg");
  });

  for (const [what, body] of [
    ["a document", page],
    ["a drawing", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ["nothing", ""],
    ["the start of a picture", png.subarray(0, 7)],
  ]) {
    contentTest(`${what} is refused, whatever it is called`, says("image/png", body), (jobs) =>
      assert.rejects(jobs.image(FIRST), (error) => {
        assert.ok(error instanceof ServiceError);
        assert.equal(error.name, "InvalidImageFormatException");
        assert.equal(error.message, `${FIRST} is neither a JPEG nor a PNG`);
        assert.deepEqual(error.$metadata, ANSWERED);
        return true;
      }),
    );
  }

  const told = (response) => response.writeHead(200, { "content-length": MOST + 1, ...ID }).write(png);
  const untold = (response) => {
    response.writeHead(200, ID).write(png);
    const chunk = Buffer.alloc(1 << 20);
    const go = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", go);
    go();
  };
  for (const [how, answer] of [
    ["as it says", told],
    ["as it turns out", untold],
  ]) {
    contentTest(`what is too large, ${how}, is not read on`, answer, async (jobs, closed) => {
      await assert.rejects(jobs.image(FIRST), (error) => {
        assert.equal(error.name, "ImageTooLargeException");
        assert.match(error.message, /has more than 20,971,520 bytes/);
        assert.deepEqual(error.$metadata, ANSWERED);
        return true;
      });
      await endsEarly(closed);
    });
  }
});
