// Where objects of S3 are asked for, with the AWS SDK as judge, and what is refused before anything is sent.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SignatureV4 } from "@smithy/signature-v4";
import { createJobs, InvalidParameterException, ServiceError } from "rekognition-jobs";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { Sha256 } from "../../../emulator/protocol/sha256.js";
import { BUCKET, finishedJob, withObjects } from "./s3_objects.js";
import { LIMIT, withServer } from "../emulator/calls.js";

const REGIONS = ["us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1", "ap-southeast-7", "eusc-de-east-1"];
const FLAGS = [
  {},
  { useFipsEndpoint: true },
  { useDualstackEndpoint: true },
  { useFipsEndpoint: true, useDualstackEndpoint: true },
];
const KEYS = [
  "plain.jsonl",
  "a b/c+d.jsonl",
  "ü/日本/🙂.jsonl",
  "a//b///c",
  "/leading",
  "100%/%20.jsonl",
  "a=b&c?d#e",
  "it's (1)!*~.jsonl",
  "tab\tand\nline",
  "...",
  "a/.../b",
  "semi;colon:at@comma,$",
  "moderation/out/f1-results.jsonl",
];

/** The URL that our GET of an object goes to. */
async function ours(options, job) {
  const asked = [];
  const fetch = async (url) => {
    asked.push(String(url));
    return new Response("");
  };
  await withObjects({ credentials: EXAMPLE, ...options, fetch }, async (read, jobs) => {
    await jobs.import(JSON.stringify(job));
    await read(job.JobId);
  });
  assert.equal(asked.length, 1);
  return asked[0];
}

/** The URL that the AWS SDK's GET goes to. */
async function theirs({ s3Endpoint, ...options }, Bucket, Key) {
  let asked;
  const client = new S3Client({
    region: "us-east-1",
    ...options,
    credentials: { ...EXAMPLE },
    ...(s3Endpoint ? { endpoint: String(s3Endpoint), forcePathStyle: true } : {}),
    requestHandler: {
      handle: async ({ protocol, hostname, port, path }) => {
        asked = `${protocol}//${hostname}${port ? `:${port}` : ""}${path}`;
        throw new Error("enough");
      },
    },
    maxAttempts: 1,
  });
  try {
    await assert.rejects(client.send(new GetObjectCommand({ Bucket, Key })), (error) => {
      if (error.message !== "enough") throw error;
      return true;
    });
  } finally {
    client.destroy();
  }
  return asked;
}

describe("an object's address is the SDK's", () => {
  for (const region of REGIONS) {
    test(`in ${region}, for each kind of endpoint and bucket`, LIMIT, async () => {
      for (const flags of FLAGS) {
        if (region === "cn-north-1" && flags.useFipsEndpoint) continue;
        for (const bucket of ["acme-archive", "acme-catalog.images", "a1b"]) {
          const job = finishedJob({ bucket });
          const options = { region, ...flags };
          assert.equal(await ours(options, job), await theirs(options, bucket, job.Results.S3Object.Name));
        }
      }
    });
  }

  test("whatever is in its key", LIMIT, async () => {
    for (const results of KEYS) {
      for (const options of [{ region: "us-east-1" }, { s3Endpoint: "https://minio.example.com:9000/" }]) {
        const asked = await ours(options, finishedJob({ results }));
        assert.equal(asked, await theirs(options, BUCKET, results), JSON.stringify(results));
      }
    }
  });

  test("beneath the path of an own endpoint", LIMIT, async () => {
    for (const s3Endpoint of [
      "http://127.0.0.1:9000/s3",
      "http://localhost:9000/s3/",
      new URL("https://example.com/a%20b"),
      "https://example.com/a+b/c%2Fd/e%2bf",
    ]) {
      const asked = await ours({ s3Endpoint }, finishedJob({ results: "a b.jsonl" }));
      assert.equal(asked, `${String(s3Endpoint).replace(/\/$/, "")}/${BUCKET}/a%20b.jsonl`);
    }
  });

  test("names of old, which no host can have, go into the path", LIMIT, async () => {
    for (const bucket of ["Acme_Archive", "UPPER", "-acme", "acme-", "xn--acme"]) {
      const asked = await ours({ region: "us-east-1" }, finishedJob({ bucket }));
      assert.equal(asked, `https://s3.us-east-1.amazonaws.com/${bucket}/a/1-results.jsonl`);
    }
  });
});

test("the path of an own endpoint is signed as it is sent, which is as the SDK does", LIMIT, async () => {
  for (const path of [
    "",
    "a+b/",
    "c%2Fd",
    "e%2bf/",
    "a%20b",
    "(x)!*'",
    "~-_.",
    "a//b",
    "%E2%82%AC/ü",
    "a=b&c;d,e@f:g$h",
  ]) {
    for (const key of ["a b.jsonl", "a+b%2F c"]) {
      const sent = [];
      const fetch = async (url, { headers }) => {
        sent.push([new URL(url), new Headers(headers)]);
        return new Response("", { status: 404 });
      };
      const s3Endpoint = `https://example.com/${path}`;
      await withObjects({ credentials: EXAMPLE, s3Endpoint, fetch }, async (read, jobs) => {
        await jobs.import(JSON.stringify(finishedJob({ results: key })));
        await assert.rejects(read("f1"));
      });
      const [[url, headers]] = sent;
      const signingDate = new Date(headers.get("x-amz-date").replace(/(....)(..)(..T..)(..)/, "$1-$2-$3:$4:"));
      const signer = new SignatureV4({
        credentials: EXAMPLE,
        region: "us-east-1",
        service: "s3",
        sha256: Sha256,
        uriEscapePath: false,
        applyChecksum: false,
      });
      const { headers: expected } = await signer.sign(
        {
          method: "GET",
          protocol: "https:",
          hostname: url.hostname,
          path: url.pathname,
          query: {},
          headers: { host: url.host, "x-amz-content-sha256": headers.get("x-amz-content-sha256") },
        },
        { signingDate },
      );
      assert.equal(headers.get("authorization"), expected.authorization, url.href);
    }
  }
});

test("every key is signed as S3 checks it", LIMIT, () =>
  withServer({ strict: true }, async ({ url, traffic }) => {
    await withObjects({ s3Endpoint: `${url}s3`, credentials: EXAMPLE }, async (read, jobs) => {
      for (const results of KEYS) {
        await jobs.import(JSON.stringify(finishedJob({ results })));
        await assert.rejects(read("f1"), { name: "NoSuchKey" }, JSON.stringify(results));
      }
      assert.equal(traffic.counters.refused, 0);
    });
  }),
);

describe("nothing is sent", () => {
  const refuses = async (job, options, check) => {
    let asked = 0;
    const fetch = async () => {
      asked++;
      return new Response("");
    };
    await withObjects({ credentials: EXAMPLE, region: "us-east-1", ...options, fetch }, async (read, jobs) => {
      await jobs.import(JSON.stringify(job));
      await assert.rejects(read("f1"), (error) => {
        assert.ok(error instanceof ServiceError, error.stack);
        assert.equal(error.$metadata.attempts, 0);
        check(error);
        return true;
      });
    });
    assert.equal(asked, 0);
  };

  test("for a bucket that would name another host or path", LIMIT, async () => {
    for (const bucket of [
      "evil.example/",
      "evil.example?",
      "evil#",
      "a:b",
      "user@evil",
      "..",
      "...",
      "a\\b",
      "a b",
      "ab",
      "ü-bucket",
      "x".repeat(256),
      "arn:aws:s3:us-east-1:111122223333:accesspoint/a",
      "a%2fb",
      "evil\n.example",
    ]) {
      await refuses(finishedJob({ bucket }), {}, ({ name }) => assert.equal(name, "InvalidBucketName", bucket));
    }
  });

  test("for a key that no URL can name", LIMIT, async () => {
    for (const results of ["..", "a/../b", "./a", "a/."]) {
      await refuses(finishedJob({ results }), {}, ({ name, message }) => {
        assert.equal(name, "InvalidURI");
        assert.match(message, /AWS CLI/);
      });
    }
  });

  test("for a FIPS endpoint in China, where S3 has none", LIMIT, async () => {
    const options = { region: "cn-north-1", useFipsEndpoint: true };
    await refuses(finishedJob(), options, ({ message }) => assert.match(message, /no FIPS endpoint in cn-north-1/));
    await assert.rejects(theirs(options, BUCKET, "a"), /does not support FIPS/);
  });

  test("without a region and an s3Endpoint", LIMIT, async () => {
    const nowhere = { region: undefined, endpoint: "http://127.0.0.1:1/" };
    await refuses(finishedJob(), nowhere, (error) => {
      assert.ok(error instanceof InvalidParameterException);
      assert.match(error.message, /region or an s3Endpoint/);
    });
  });
});

test("an s3Endpoint that must not be used is refused at once", LIMIT, async () => {
  for (const [options, message] of [
    [{ s3Endpoint: "http://example.com/" }, /https, or http on a loopback host/],
    [{ s3Endpoint: "https://key:secret@example.com/" }, /must not hold credentials/],
    [{ s3Endpoint: "minio" }, /not a URL/],
    [{ s3Endpoint: "https://example.com/", useFipsEndpoint: true }, /cannot be combined/],
    [{ s3Endpoint: "https://example.com/", useDualstackEndpoint: true }, /cannot be combined/],
  ]) {
    await assert.rejects(createJobs({ region: "us-east-1", ...options }), { name: "TypeError", message });
  }
});
