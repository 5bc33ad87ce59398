// Reading what a job wrote to S3, from the emulator, which checks every signature with another implementation:
// credentials and clocks, a bucket's region, faults and retries, aborts, and each refusal with what to do about it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { NetworkError, ResourceNotFoundException, ServiceError, TimeoutError } from "rekognition-jobs";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { LIMIT, serverTest } from "../emulator/calls.js";
import { createS3Fetch } from "./s3_fetch.js";
import { BUCKET, finishedJob, hasResults, jobsLike, withObjects } from "./s3_objects.js";

const operation = "GetObject";
const unfinished = (job) => job.CompletionTimestamp === undefined;

/** A test that reads objects from a strict endpoint, of its newest finished job if it wants. */
const s3Test = (name, options, use) =>
  serverTest(name, { strict: true, ...options }, (server) =>
    use(
      server,
      {
        endpoint: server.url,
        s3Endpoint: `${server.url}s3`,
        credentials: EXAMPLE,
      },
      jobsLike(server, hasResults)[0].JobId,
    ),
  );

/** A server whose S3 goes wrong once, or as often as is said. */
const fault = (kind, more) => ({ faults: [{ kind, operation, ...more }] });
const always = (kind, more) => fault(kind, { times: "always", ...more });

/** Reads a job's results and fails; gives the error. */
async function failureOf(options, jobId, more) {
  let failure;
  await withObjects(options, (read) =>
    assert.rejects(read(jobId, more), (error) => {
      failure = error;
      return true;
    }),
  );
  return failure;
}

/** The error that a job in a file comes to, which names an object of its own. */
async function failureOfFile(options, job) {
  let failure;
  await withObjects(options, async (read, jobs) => {
    await jobs.import(JSON.stringify(job));
    await assert.rejects(read(job.JobId), (error) => {
      failure = error;
      return true;
    });
  });
  return failure;
}

async function readBoth(options, jobId) {
  return withObjects(options, async (read) => {
    const { results, summary } = await read(jobId);
    return { lines: await results.text(), summary: JSON.parse(await summary.text()) };
  });
}

describe("both objects of a finished job", () => {
  s3Test("come as they are, whoever signs", {}, async (server, options) => {
    const [job] = jobsLike(server, hasResults);
    for (const credentials of [EXAMPLE, server.sessions.issue(), async () => server.sessions.issue()]) {
      const { lines, summary } = await readBoth({ ...options, credentials }, job.JobId);
      assert.equal(lines.split("\n").length - 1, summary.statistics["valid-json-lines"]);
    }
    assert.equal(server.traffic.counters.refused, 0);
    const sent = server.traffic.log.filter(({ method }) => method === "GET").map(({ headers }) => Object.keys(headers));
    const ours = sent.at(-1).filter((name) => name.startsWith("x-amz"));
    assert.deepEqual(ours.sort(), ["x-amz-content-sha256", "x-amz-date", "x-amz-security-token"]);
  });

  s3Test(
    "are asked for once, the summary when it is read, and the job only where it is not stored as finished",
    {},
    async ({ traffic }, options, JobId) => {
      await withObjects(options, async (read, jobs) => {
        const { results, summary } = await read(JobId);
        assert.deepEqual(traffic.counters.requests, { GetMediaAnalysisJob: 1, GetObject: 1 });
        await results.text();
        await summary.text();
        assert.deepEqual(traffic.counters.requests, { GetMediaAnalysisJob: 1, GetObject: 2 });
        await jobs.load();
        traffic.reset();
        await read(JobId);
        assert.deepEqual(traffic.counters.requests, { GetObject: 1 });
      });
    },
  );

  serverTest("need no signature where none is asked for, nor a header of AWS's", {}, async (server) => {
    const [{ JobId }] = jobsLike(server, hasResults);
    await readBoth({ endpoint: server.url, s3Endpoint: `${server.url}s3` }, JobId);
    const { headers } = server.traffic.log.at(-1);
    assert.deepEqual(
      Object.keys(headers).filter((name) => /^x-amz|authorization/.test(name)),
      [],
    );
  });

  s3Test("are read as they are taken, not before", {}, async (server, options) => {
    await withObjects(options, async (read) => {
      const whole = [];
      for (const { JobId } of jobsLike(server, hasResults).slice(0, 12)) {
        const { results } = await read(JobId);
        const reader = results.body.getReader();
        const { value } = await reader.read();
        await reader.cancel();
        whole.push(value.byteLength === Number(results.headers.get("content-length")));
      }
      assert.ok(whole.includes(false), "a first chunk is a part");
    });
  });

  s3Test("of a broken manifest are the summary alone", {}, async (server, options) => {
    const [{ JobId }] = jobsLike(server, (job) => job.ManifestSummary && !job.Results);
    await withObjects(options, async (read) => {
      const { results, summary } = await read(JobId);
      assert.ok(JSON.parse(await summary.text()).errors.length > 0);
      assert.equal(results, undefined);
    });
  });
});

describe("a bucket's region", () => {
  const buckets = { [BUCKET]: { region: "eu-west-1" } };
  const job = finishedJob();

  s3Test("is learnt from the answer of another region, and remembered", { buckets }, async ({ url }) => {
    const fetch = createS3Fetch(url);
    await withObjects({ region: "us-east-1", credentials: EXAMPLE, fetch }, async (read, jobs) => {
      await jobs.import(JSON.stringify(job));
      for (const repeated of [false, true]) {
        await assert.rejects(read("f1"), (error) => {
          assert.equal(error.name, "NoSuchKey", "the signature is right for that region");
          assert.equal(error.$metadata.attempts, repeated ? 1 : 2);
          return true;
        });
      }
    });
    const hosts = ["us-east-1", "eu-west-1", "eu-west-1"].map((region) => `${BUCKET}.s3.${region}.amazonaws.com`);
    assert.deepEqual(
      fetch.asked.map(({ host }) => host),
      hosts,
    );
  });

  s3Test("is learnt where the header may not be read, from the answer's Endpoint", { buckets }, async ({ url }) => {
    const inner = createS3Fetch(url);
    const fetch = async (...request) => {
      const response = await inner(...request);
      return new Response(response.body, { status: response.status });
    };
    const error = await failureOfFile({ region: "us-east-1", credentials: EXAMPLE, fetch }, job);
    assert.equal(error.name, "NoSuchKey");
    assert.equal(inner.asked.length, 2);
  });

  s3Test("is signed for at an own endpoint, too", { buckets }, async (_, options) => {
    const error = await failureOfFile(options, job);
    assert.deepEqual([error.name, error.$metadata.attempts], ["NoSuchKey", 2]);
  });

  test("is asked for once: who is sent on twice is told", LIMIT, async () => {
    const regions = ["eu-west-1", "eu-west-2", "eu-west-3"];
    let asked = 0;
    const fetch = async () =>
      new Response("<Error><Code>PermanentRedirect</Code><Message>Go there</Message></Error>", {
        status: 301,
        headers: { "x-amz-bucket-region": regions[asked++] },
      });
    const error = await failureOfFile({ region: "us-east-1", credentials: EXAMPLE, fetch }, job);
    assert.equal(asked, 2);
    assert.equal(error.name, "PermanentRedirect");
    assert.match(error.message, /The bucket acme-archive is not in eu-west-1: use the bucket's region/);
    assert.equal(error.$metadata.httpStatusCode, 301);
  });

  test("is learnt from the host that a redirect names, which itself is not asked", LIMIT, async () => {
    const hosts = [];
    const fetch = async (url) => {
      const { host } = new URL(url);
      hosts.push(host);
      if (hosts.length > 1) return new Response("<Error><Code>NoSuchKey</Code></Error>", { status: 404 });
      return new Response(null, { status: 307, headers: { location: "https://s3.ap-southeast-2.evil.example/" } });
    };
    const error = await failureOfFile({ region: "us-east-1", credentials: EXAMPLE, fetch }, job);
    assert.equal(error.name, "NoSuchKey");
    assert.deepEqual(
      hosts,
      ["us-east-1", "ap-southeast-2"].map((each) => `${BUCKET}.s3.${each}.amazonaws.com`),
    );
  });

  describe("where a browser hides the redirect, is asked for without a signature", () => {
    const like = (members, body = null, init = {}) =>
      Object.defineProperties(
        new Response(body, init),
        Object.fromEntries(Object.entries(members).map(([name, value]) => [name, { value }])),
      );
    const THERE = `https://${BUCKET}.s3.eu-west-1.amazonaws.com/a`;
    const refusal = "<Error><Code>AccessDenied</Code></Error>";
    for (const [how, answer] of Object.entries({
      "and followed to a refusal": () => like({ url: THERE, redirected: true }, refusal, { status: 403 }),
      "and followed to a public object": () => like({ url: THERE, redirected: true }, "its content"),
      "and told by a header": (url) =>
        like({ url }, refusal, { status: 403, headers: { "x-amz-bucket-region": "eu-west-1" } }),
    })) {
      test(how, LIMIT, async () => {
        const asked = [];
        const fetch = async (url, { headers = {}, redirect }) => {
          const scope = new Headers(headers).get("authorization")?.split("/")[2];
          asked.push([new URL(url).host, scope]);
          assert.equal(redirect, scope && "manual");
          assert.equal(new Headers(headers).has("x-amz-security-token"), Boolean(scope));
          if (scope === undefined) return answer(url);
          if (scope === "us-east-1") return like({ type: "opaqueredirect", status: 0, ok: false });
          return new Response("<Error><Code>NoSuchKey</Code></Error>", { status: 404 });
        };
        const credentials = { ...EXAMPLE, sessionToken: "token-of-the-session" };
        const error = await failureOfFile({ region: "us-east-1", credentials, fetch }, job);
        assert.equal(error.name, "NoSuchKey");
        const [here, there] = ["us-east-1", "eu-west-1"].map((region) => `${BUCKET}.s3.${region}.amazonaws.com`);
        assert.deepEqual(asked, [
          [here, "us-east-1"],
          [here, undefined],
          [there, "eu-west-1"],
        ]);
      });
    }

    test("but not at an own endpoint, which may send it anywhere", LIMIT, async () => {
      let asked = 0;
      const fetch = async () => {
        asked++;
        return like({ type: "opaqueredirect", status: 0, ok: false });
      };
      const error = await failureOfFile({ s3Endpoint: "https://minio.example.com", credentials: EXAMPLE, fetch }, job);
      assert.equal(error.name, "InvalidResponseError");
      assert.equal(asked, 1);
    });
  });

  test("that a redirect does not tell leaves an error of S3's name that names both hosts", LIMIT, async () => {
    const body = "<Error><Code>TemporaryRedirect</Code><Message>Re-send it.</Message></Error>";
    const fetch = async () => new Response(body, { status: 307, headers: { location: "https://evil.example/?x" } });
    const error = await failureOfFile({ region: "us-east-1", credentials: EXAMPLE, fetch }, job);
    assert.deepEqual(
      [error.name, error.$metadata.httpStatusCode, error.$metadata.attempts],
      ["TemporaryRedirect", 307, 1],
    );
    const hosts = `https://${BUCKET}.s3.us-east-1.amazonaws.com redirects to https://evil.example, which is not followed`;
    assert.ok(error.message.includes(`Re-send it. ${hosts}`), error.message);
    assert.match(error.message, /is not in us-east-1: use the bucket's region or s3Endpoint/);
  });

  describe("is followed within the partition of the caller's region alone", () => {
    const PARTITIONS = {
      aws: ["us-east-1", "ap-southeast-2"],
      "aws-cn": ["cn-north-1", "cn-northwest-1"],
      "aws-us-gov": ["us-gov-west-1", "us-gov-east-1"],
      "aws-iso": ["us-iso-east-1", "us-iso-west-1"],
      "aws-eusc": ["eusc-de-east-1", "eusc-de-north-1"],
    };
    /** How S3 says where a bucket is. */
    const TOLD = {
      "a header": (region) => ["", { "x-amz-bucket-region": region }],
      "its Region": (region) => [`<Region>${region}</Region>`],
      "its Endpoint": (region) => [`<Endpoint>${BUCKET}.s3.${region}.amazonaws.com</Endpoint>`],
      "a Location": (region) => ["", { location: `https://s3.${region}.amazonaws.com/` }],
    };

    for (const [how, tell] of Object.entries(TOLD)) {
      test(`told by ${how}`, LIMIT, async () => {
        for (const [from, [region]] of Object.entries(PARTITIONS)) {
          for (const [to, [, told]] of Object.entries(PARTITIONS)) {
            const hosts = [];
            const fetch = async (url, { headers }) => {
              hosts.push(new URL(url).host);
              assert.match(headers.authorization, new RegExp(`/${hosts.length === 1 ? region : told}/s3/`));
              const [element, more] = tell(told);
              return new Response(`<Error><Code>PermanentRedirect</Code>${element}</Error>`, {
                status: 301,
                headers: more,
              });
            };
            const { name, message } = await failureOfFile({ region, credentials: EXAMPLE, fetch }, job);
            assert.equal(name, "PermanentRedirect");
            assert.equal(hosts.length, from === to ? 2 : 1, `${region} to ${told}`);
            if (from === to) continue;
            for (const part of [region, told, `(partition ${from})`, `(partition ${to})`]) {
              assert.ok(message.includes(part), message);
            }
          }
        }
      });
    }

    test("and with an own endpoint at that host alone", LIMIT, async () => {
      const asked = [];
      const fetch = async (url, { headers }) => {
        asked.push([new URL(url).host, headers.authorization.split("/")[2]]);
        const headersOf = { "x-amz-bucket-region": "cn-north-1", location: "https://s3.cn-north-1.amazonaws.com.cn/" };
        return new Response("<Error><Code>PermanentRedirect</Code></Error>", { status: 301, headers: headersOf });
      };
      await failureOfFile({ s3Endpoint: "https://minio.example.com", credentials: EXAMPLE, fetch }, job);
      assert.deepEqual(asked, [
        ["minio.example.com", "us-east-1"],
        ["minio.example.com", "cn-north-1"],
      ]);
    });
  });

  test("that is none is not followed to another host", LIMIT, async () => {
    const hosts = [];
    for (const region of ["evil.example/x", "eu-west-1.evil.example/", "", "us-east-1"]) {
      const fetch = async (url) => {
        hosts.push(new URL(url).host);
        const body = "<Error><Code>PermanentRedirect</Code><Endpoint>evil.example</Endpoint></Error>";
        return new Response(body, { status: 301, headers: { "x-amz-bucket-region": region } });
      };
      const error = await failureOfFile({ region: "us-east-1", credentials: EXAMPLE, fetch }, job);
      assert.equal(error.name, "PermanentRedirect");
    }
    assert.deepEqual(hosts, Array(4).fill(`${BUCKET}.s3.us-east-1.amazonaws.com`));
  });
});

describe("credentials and clocks", () => {
  s3Test(
    "a session that S3 calls expired is renewed once",
    fault("expired-credentials"),
    async (server, options, JobId) => {
      let asked = 0;
      const credentials = async () => {
        asked++;
        return server.sessions.issue();
      };
      await readBoth({ ...options, credentials }, JobId);
      assert.equal(asked, 2);
    },
  );

  s3Test(
    "fixed ones that have expired are told, with what to do",
    fault("expired-credentials"),
    async (server, options, JobId) => {
      const error = await failureOf(options, JobId);
      assert.deepEqual([error.name, error.$metadata.httpStatusCode], ["ExpiredToken", 400]);
      assert.match(error.message, /credentials have expired: get new ones/);
    },
  );

  for (const minutes of [-40, 40]) {
    s3Test(
      `a clock that is ${minutes} minutes off is put right by the first refusal`,
      fault("skew", { minutes }),
      async (server, options, JobId) => {
        const { summary } = await readBoth(options, JobId);
        assert.ok(summary.statistics);
      },
    );

    s3Test(
      `the same where only the refusal's text tells the time (${minutes})`,
      fault("skew", { minutes }),
      async (server, options, JobId) => {
        const withoutDate = async (...request) => {
          const response = await fetch(...request);
          const headers = new Headers(response.headers);
          headers.delete("date");
          return new Response(response.body, { status: response.status, headers });
        };
        await readBoth({ ...options, fetch: withoutDate }, JobId);
      },
    );
  }
});

describe("faults", () => {
  for (const kind of ["internal", "unavailable", "throttle", "reset", "html"]) {
    s3Test(`${kind} once is got over`, fault(kind), async (server, options, JobId) => {
      await readBoth(options, JobId);
      assert.deepEqual(server.traffic.counters.faults, { [kind]: 1 });
    });
  }

  for (const [kind, name, status] of [
    ["internal", "InternalError", 500],
    ["throttle", "SlowDown", 503],
    ["html", "UnknownError", 502],
    ["reset", "NetworkError", undefined],
  ]) {
    s3Test(`${kind} always ends as ${name}`, always(kind), async (server, options, JobId) => {
      const error = await failureOf({ ...options, maxAttempts: 2 }, JobId);
      assert.ok(error instanceof ServiceError);
      assert.deepEqual([error.name, error.$metadata.httpStatusCode, error.$metadata.attempts], [name, status, 2]);
      assert.match(error.message, /^Could not read s3:\/\/[\w.-]+\/.*-results\.jsonl: /);
      assert.equal(error.$retryable?.throttling, kind === "throttle");
    });
  }

  s3Test("no answer in time is a TimeoutError", always("hang"), async (server, options, JobId) => {
    const error = await failureOf({ ...options, maxAttempts: 1, requestTimeout: 200 }, JobId);
    assert.ok(error instanceof TimeoutError);
    assert.match(error.message, /no answer within 200 ms/);
  });

  s3Test(
    "a body may take longer than requestTimeout",
    always("drip", { overMs: 1500 }),
    async (server, options, JobId) => {
      const { summary } = await readBoth({ ...options, requestTimeout: 700 }, JobId);
      assert.ok(summary.statistics);
    },
  );

  s3Test("a connection that breaks off in the body has a name", always("cut"), async (server, options, JobId) => {
    await withObjects(options, async (read) => {
      const { results } = await read(JobId);
      await assert.rejects(results.text(), (error) => {
        assert.ok(error instanceof NetworkError, error.stack);
        assert.match(error.message, /broke off after [\d,]+ bytes of s3:\/\//);
        return true;
      });
    });
  });
});

describe("an abort", () => {
  const quickly = async (promise) => {
    const from = performance.now();
    await promise;
    assert.ok(performance.now() - from < 50, "within a tick");
  };

  s3Test("ends it at any time, with the signal's reason", always("hang"), async (server, options, JobId) => {
    const reason = new Error("enough");
    await withObjects(options, async (read, jobs) => {
      await assert.rejects(read(JobId, { signal: AbortSignal.abort(reason) }), reason);
      const controller = new AbortController();
      const reading = read(JobId, { signal: controller.signal });
      reading.catch(() => {});
      while (server.traffic.counters.requests.GetObject !== 1) await new Promise((resolve) => setTimeout(resolve, 5));
      controller.abort(reason);
      await quickly(assert.rejects(reading, reason));

      const closing = read(JobId);
      closing.catch(() => {});
      while (server.traffic.counters.requests.GetObject !== 2) await new Promise((resolve) => setTimeout(resolve, 5));
      jobs.close();
      await quickly(assert.rejects(closing, /closed/));
    });
  });
});

describe("each refusal has S3's name, and says what to do", () => {
  const KMS = "User: arn:aws:sts::111122223333:role/a is not authorized to perform: kms:Decrypt on resource k";
  for (const [name, status, message, said] of [
    ["AccessDenied", 403, undefined, /: Access Denied\. Allow these credentials s3:GetObject on arn:aws:s3:::acme-/],
    [
      "AccessDenied",
      403,
      undefined,
      /-results\.jsonl,.* Without s3:ListBucket on arn:aws:s3:::acme-[\w.-]+ S3 also answers this/,
    ],
    ["AccessDenied", 403, KMS, /allow these credentials kms:Decrypt on the key/],
    ["KMS.DisabledException", 400, "The key is disabled.", /The key.* that it is encrypted with must be enabled/],
    ["InvalidAccessKeyId", 403, undefined, /Check the access key and the session token/],
    ["InvalidToken", 400, "The provided token is malformed.", /Check the session token/],
    ["SignatureDoesNotMatch", 403, undefined, /The secret key does not belong to the access key/],
    ["InvalidObjectState", 403, "The operation is not valid for the object's storage class", /is archived: restore it/],
    ["NoSuchBucket", 404, undefined, /The bucket acme-[\w.-]+ was deleted/],
    ["PermanentRedirect", 301, undefined, /The bucket acme-[\w.-]+ is not in us-east-1: use the bucket's region or/],
    ["SomethingNew", 409, "It is new.", /: It is new\.(\n|$)/],
  ]) {
    s3Test(
      `${name}${message === KMS ? " of the key" : ""}`,
      always("refusal", { name, message, ...(status < 400 ? {} : { status }) }),
      async (server, options, JobId) => {
        const error = await failureOf(options, JobId);
        assert.ok(error instanceof ServiceError);
        assert.deepEqual([error.name, error.$metadata.httpStatusCode, error.$metadata.attempts], [name, status, 1]);
        assert.match(error.$metadata.requestId, /^[\dA-Z]{16}$/);
        assert.match(error.message, said);
        assert.match(error.stack, said, "the stack says the same");
      },
    );
  }

  s3Test("NoSuchKey, of both", {}, async (_, options) => {
    const error = await failureOfFile(options, finishedJob({ summary: "a/1-manifest-summary.json" }));
    assert.equal(error.name, "NoSuchKey");
    assert.match(error.message, /\. s3:\/\/acme-archive\/a\/1-results\.jsonl is not there any more: it was deleted/);
  });

  s3Test("a request that was not signed", {}, async (_, { credentials, ...options }) => {
    const error = await failureOfFile(options, finishedJob());
    assert.equal(error.name, "AccessDenied");
    assert.match(error.message, /not signed: use credentials with s3:GetObject on arn:aws:s3:::acme-archive/);
  });

  s3Test("a key of the job's is named", always("refusal", { name: "AccessDenied" }), async (_, options) => {
    const error = await failureOfFile(options, finishedJob({ KmsKeyId: "alias/marketing" }));
    assert.match(error.message, /, and kms:Decrypt on the key alias\/marketing,/);
  });

  test("ARNs are of the region's partition", LIMIT, async () => {
    const fetch = async () => new Response("<Error><Code>AccessDenied</Code></Error>", { status: 403 });
    const error = await failureOfFile({ region: "us-gov-west-1", credentials: EXAMPLE, fetch }, finishedJob());
    assert.match(error.message, /on arn:aws-us-gov:s3:::acme-archive\/a\/1-results\.jsonl/);
  });

  test("S3's words are read as text, whatever is in them", LIMIT, async () => {
    const message = "a &lt;b&gt; &amp;amp; &quot;c&quot;";
    const body = `<?xml version="1.0"?>\n<Error><Code>Odd</Code><Message>${message}</Message></Error>`;
    const error = await failureOfFile(
      {
        region: "us-east-1",
        credentials: EXAMPLE,
        fetch: async () => new Response(body, { status: 400 }),
      },
      finishedJob(),
    );
    assert.equal(error.name, "Odd");
    assert.ok(error.message.endsWith(': a <b> &amp; "c".'), error.message);
  });

  test("a host that is not there is told with its address", LIMIT, async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const s3Endpoint = `http://127.0.0.1:${server.address().port}/`;
    await new Promise((resolve) => server.close(resolve));
    const error = await failureOfFile({ s3Endpoint, credentials: EXAMPLE, maxAttempts: 1 }, finishedJob());
    assert.ok(error instanceof NetworkError);
    assert.match(error.message, /^Could not read s3:\/\/acme-archive\/a\/1-results\.jsonl: http:\/\/127.*REFUSED/);
  });
});

describe("one object without the other", () => {
  const refuse = (...requests) =>
    requests.map(([name, request]) => ({
      kind: "refusal",
      name,
      status: name === "NoSuchKey" ? 404 : 403,
      operation,
      request,
    }));
  const lost = refuse(["NoSuchKey", 1]);
  s3Test("missing results do not lose the summary, and are told", { faults: lost }, async (server, options, JobId) => {
    await withObjects(options, async (read) => {
      const { results, summary, resultsError } = await read(JobId);
      assert.ok(JSON.parse(await summary.text()).statistics);
      assert.equal(results, undefined);
      assert.equal(resultsError.name, "NoSuchKey");
    });
  });

  const bothLost = refuse(["NoSuchKey", 1], ["AccessDenied", 2]);
  s3Test("where neither can be read, the results are told of", { faults: bothLost }, async (_, options, JobId) => {
    assert.equal((await failureOf(options, JobId)).name, "NoSuchKey");
  });

  const locked = refuse(["AccessDenied", 1]);
  s3Test(
    "results that may not be read are told, though the summary is there",
    { faults: locked },
    async (server, options, JobId) => {
      assert.equal((await failureOf(options, JobId)).name, "AccessDenied");
    },
  );
});

describe("a job without results", () => {
  s3Test("that is not finished", {}, async (server, options) => {
    const [{ JobId, Status }] = jobsLike(server, unfinished);
    const error = await failureOf(options, JobId);
    assert.ok(error instanceof ServiceError);
    assert.equal(error.name, "ResourceNotReadyException");
    assert.ok(error.message.includes(`is not finished: it is ${Status}`), error.message);
    assert.equal(server.traffic.counters.requests.GetObject, undefined);
  });

  s3Test("that failed before it wrote any, with its failure", {}, async (server, options) => {
    const [{ JobId, FailureDetails }] = jobsLike(server, (job) => job.FailureDetails?.Message && !job.ManifestSummary);
    const error = await failureOf(options, JobId);
    assert.ok(error instanceof ResourceNotFoundException);
    assert.ok(error.message.includes(`${FailureDetails.Code} (${FailureDetails.Message})`), error.message);
  });

  s3Test("that is unknown", {}, async (_, options) => {
    assert.ok((await failureOf(options, "unknown")) instanceof ResourceNotFoundException);
  });
});

s3Test("no secret is in any error", {}, async (server, options, JobId) => {
  const credentials = server.sessions.issue();
  const secrets = [credentials.accessKeyId, credentials.secretAccessKey, credentials.sessionToken];
  const errors = [];
  for (const [name, message] of [
    ["InvalidAccessKeyId"],
    ["SignatureDoesNotMatch", `${secrets.join(" ")} is wrong`],
    ["AccessDenied", secrets[1]],
  ]) {
    server.setFaults([{ kind: "refusal", name, message, operation, times: "always" }]);
    errors.push(await failureOf({ ...options, credentials }, JobId));
  }
  server.setFaults([]);
  const reflecting = async (url, { headers }) => {
    if (url === server.url) return fetch(url, { method: "POST", headers, body: JSON.stringify({ JobId }) });
    throw new TypeError(`could not send ${[...new Headers(headers)]} with ${secrets}`);
  };
  errors.push(await failureOf({ ...options, credentials, fetch: reflecting, maxAttempts: 1 }, JobId));
  const page = async () => new Response(`<html>${secrets}</html>`, { status: 502 });
  errors.push(await failureOfFile({ ...options, credentials, fetch: page, maxAttempts: 1 }, finishedJob()));
  errors.push(await failureOf({ ...options, credentials: { ...credentials, sessionToken: "other" } }, JobId));
  assert.equal(errors.length, 6);
  for (const error of errors) {
    const shown = `${inspect(error, { depth: 9, showHidden: true })}${error.stack}${JSON.stringify(error)}`;
    for (const secret of secrets) assert.ok(!shown.includes(secret), `${error.name}: ${error.message}`);
  }
});
