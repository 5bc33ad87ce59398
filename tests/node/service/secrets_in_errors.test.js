// No error holds a part of a secret: over every way to fail, for tokens of 16 to 2,000 characters, however a host writes
// what it echoes. What is looked for is any run of eight characters, in everything that an error has.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { inspect } from "node:util";
import {
  createJobs,
  CredentialsError,
  fromCognitoIdentityPool,
  InvalidResponseError,
  ServiceError,
} from "rekognition-jobs";
import { LIMIT } from "../emulator/calls.js";
import { seeded, wireJob } from "../jobs_of.js";

const SIZES = [16, 17, 100, 200, 1000, 2000];
const RUN = 8;

const random = seeded(20_261_126);
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join("");
const tokenOf = (size, alphabet = letters) =>
  Array.from({ length: size }, () => alphabet[Math.floor(random() * alphabet.length)]).join("");

const hexOf = (char) => char.charCodeAt(0).toString(16).padStart(2, "0");
const base64Of = (text) => Buffer.from(text).toString("base64");
const wrap = (text, width, by) => text.match(new RegExp(`[^]{1,${width}}`, "g")).join(by);
const unspaced = (text) => text.replace(/\s/g, "");

/** Of an encoding that writes character by character: the whole, and each run as it must not be found. */
const byCharacter = (encode, { by = "", order = (text) => text } = {}) => ({
  encode: (text) => [...order(text)].map(encode).join(by),
  runs(text) {
    const parts = [...order(text)].map(encode);
    return parts.slice(RUN - 1).map((_, index) => unspaced(parts.slice(index, index + RUN).join(by)));
  },
});
/** Of one that writes three bytes by four digits: twelve digits have eight whole characters, wherever they begin. */
const byDigits = (encode) => ({
  encode,
  runs(text) {
    const digits = unspaced(encode(text));
    return Array.from({ length: Math.max(digits.length - 12, 0) }, (_, index) => digits.slice(index, index + 12));
  },
});
const as = (encode) => ({ encode, runs: (text) => byCharacter((char) => char).runs(text) });

const ENCODINGS = {
  "as it is": byCharacter((char) => char),
  "in a URL": byCharacter((char) => encodeURIComponent(char)),
  "in a URL, every character, in lower case": byCharacter((char) => `%${hexOf(char)}`),
  "in a URL in a URL": byCharacter((char) => encodeURIComponent(encodeURIComponent(char))),
  "in JSON": byCharacter((char) => (/\w/.test(char) ? char : char === "/" ? "\\/" : `\\u00${hexOf(char)}`)),
  "in a program": byCharacter((char) => `\\x${hexOf(char)}`),
  "in XML": byCharacter((char) => (/\w/.test(char) ? char : `&#x${hexOf(char).toUpperCase()};`)),
  "in HTML": byCharacter(
    (char) =>
      ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", "+": "&plus;", "/": "&sol;" })[char] ?? `&#${char.charCodeAt(0)};`,
  ),
  "in base64": byDigits((text) => base64Of(text)),
  "in base64, with what stands before it": byDigits((text) => base64Of(`t=${text}`)),
  "in base64, in lines": byDigits((text) => wrap(base64Of(text), 76, "\r\n")),
  "in base64, for URLs": byDigits((text) => Buffer.from(text).toString("base64url")),
  "in base64, in a URL": byCharacter((char) => encodeURIComponent(char), { order: base64Of }),
  "in hexadecimal": byCharacter(hexOf),
  "in hexadecimal, in capitals and pairs": byCharacter((char) => hexOf(char).toUpperCase(), { by: ":" }),
  "as numbers": byCharacter((char) => String(char.charCodeAt(0)), { by: "," }),
  "in lines of 76": as((text) => wrap(text, 76, "\r\n")),
  "in words": as((text) => wrap(text, 5, " \t ")),
  "in capitals": byCharacter((char) => char.toUpperCase()),
  backwards: byCharacter((char) => char, { order: (text) => [...text].reverse().join("") }),
};

/** Every text in what was thrown: in its message, name, stack, causes, metadata, and names and values of all it has. */
function textsOf(value, seen = new Set()) {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  const keys = new Set([...Reflect.ownKeys(value), "message", "name", "stack", "cause"]);
  return [...keys].flatMap((key) => [String(key), ...textsOf(value[key], seen)]);
}

/** Fails where a part of a secret is in the error. */
function assertClean(error, { runs }, secrets) {
  const all = unspaced(
    [...textsOf(error), inspect(error, { depth: 20, showHidden: true }), JSON.stringify(error)].join("\n\n"),
  );
  for (const secret of secrets) {
    for (const run of runs(secret)) assert.ok(!all.includes(run), `${run} in ${error.stack}`);
  }
}

const thrown = (promise) =>
  promise.then(
    () => assert.fail("it did not fail"),
    (reason) => reason,
  );
const JOB = wireJob("a1", { Status: "SUCCEEDED" });
const WORDS =
  "These are good words of the host, which come before the secrets so that a cut after so many characters goes right through them: ";
/** A header is one line of Latin-1. */
const inLine = (text) => text.replace(/\s+/g, " ");
/** A stream that gives a part of itself, then fails. */
const breaking = (error) => {
  let pulled = 0;
  return new ReadableStream({
    pull: (controller) => (pulled++ ? controller.error(error) : controller.enqueue(new Uint8Array(9))),
  });
};
const xml = (elements) =>
  Object.entries(elements)
    .map(([name, text]) => `<${name}>${text.replace(/[&<]/g, (c) => `&#${c.charCodeAt(0)};`)}</${name}>`)
    .join("");

/** What a host says in place of an answer, by what it is to be seen in; `echo` is the text with the secrets. */
const ANSWERS = {
  "a message": (echo) =>
    new Response(JSON.stringify({ __type: "AccessDeniedException", message: echo }), { status: 400 }),
  "a Message of a failing host": (echo) => new Response(JSON.stringify({ Message: echo }), { status: 500 }),
  "a type": (echo) => new Response(JSON.stringify({ __type: `a#${echo}`, message: "m" }), { status: 400 }),
  "a code": (echo) => new Response(JSON.stringify({ code: echo }), { status: 403 }),
  "a header with the type": (echo) =>
    new Response("{}", { status: 400, headers: { "x-amzn-errortype": inLine(echo) } }),
  "a request id": (echo) => new Response("{}", { status: 400, headers: { "x-amzn-requestid": inLine(echo) } }),
  "a page of a proxy": (echo) => new Response(`<html><p>${echo}</p></html>`, { status: 502 }),
  "an answer that is none": (echo) => new Response(echo),
  "a wrong member of an answer": (echo) =>
    new Response(JSON.stringify({ MediaAnalysisJobs: [{ JobId: "a", Status: 5, [echo]: [echo] }], NextToken: {} })),
  "a redirect's Location": (echo) =>
    new Response(null, {
      status: 307,
      headers: {
        location: `https://u:${encodeURI(inLine(echo))}@${tokenOf(4, "abc")}.example/${inLine(echo)}?${inLine(echo)}`,
      },
    }),
  "a redirect's host": (echo) =>
    new Response(null, { status: 301, headers: { location: `https://${inLine(echo)}.example/` } }),
  "a failure of fetch": (echo) => {
    throw Object.assign(new TypeError(echo, { cause: new Error(echo, { cause: { echo } }) }), { echo });
  },
  "a body that breaks off": (echo) => new Response(breaking(new Error(echo)), { status: 400 }),
};

/** What S3 says, likewise. */
const OBJECTS = {
  "S3's Message": (echo) =>
    new Response(`<Error>${xml({ Code: "AccessDenied", Message: echo })}</Error>`, { status: 403 }),
  "S3's Code": (echo) => new Response(`<Error>${xml({ Code: echo, Message: "m" })}</Error>`, { status: 400 }),
  "every other element of S3's": (echo) =>
    new Response(
      `<Error>${xml({
        Code: "SignatureDoesNotMatch",
        Message: "m",
        AWSAccessKeyId: echo,
        StringToSign: echo,
        CanonicalRequest: echo,
        RequestId: echo,
        HostId: echo,
        Region: echo,
        Endpoint: echo,
        ServerTime: echo,
      })}</Error>`,
      { status: 403 },
    ),
  "S3's request id": (echo) =>
    new Response("<Error><Code>a</Code></Error>", { status: 400, headers: { "x-amz-request-id": inLine(echo) } }),
  "what is not S3's": (echo) => new Response(`<html>${echo}</html>`, { status: 503 }),
  "an object that breaks off": (echo) =>
    new Response(breaking(new Error(echo, { cause: new Error(echo) })), {
      headers: { "x-amz-request-id": inLine(echo) },
    }),
  "a failure of fetch": ANSWERS["a failure of fetch"],
  "a redirect's Location": ANSWERS["a redirect's Location"],
};

const CALLS = {
  load: (jobs) => jobs.load(),
  get: (jobs) => jobs.getMediaAnalysisJob({ JobId: "a" }),
};

/** Whose turn it is among the sizes: each way to fail meets all of them, and each encoding does over the ways. */
let turn = 0;

/**
 * Fails in a way, for each encoding, and looks at the errors.
 * @param {(options: import("rekognition-jobs").JobsOptions, echo: string, secrets: object) => Promise<unknown>} fail
 */
function clean(name, fail, check = (error) => assert.ok(error instanceof ServiceError, String(error))) {
  test(name, LIMIT, async () => {
    for (const [how, encoding] of Object.entries(ENCODINGS)) {
      const size = SIZES[turn++ % SIZES.length];
      const alphabet = random() < 0.5 ? letters : visible.replace(/["\\<>&%=,;_-]/g, "");
      const credentials = {
        accessKeyId: `ASIA${tokenOf(16)}`,
        secretAccessKey: tokenOf(40),
        sessionToken: tokenOf(size, alphabet),
      };
      const secrets = Object.values(credentials);
      const echo =
        WORDS +
        secrets
          .reverse()
          .map((secret) => encoding.encode(secret))
          .join(" and ");
      const error = await fail({ region: "us-east-1", credentials, maxAttempts: 1 }, echo, { credentials, encoding });
      assertClean(error, encoding, secrets);
      check(error, `${how}, ${size}`);
    }
    turn++;
  });
}

async function withJobs(options, use) {
  const jobs = await createJobs(options);
  try {
    return await use(jobs);
  } finally {
    jobs.close();
  }
}

describe("no part of a secret is in the error of a call whose host echoes it in", () => {
  for (const [name, answer] of Object.entries(ANSWERS)) {
    for (const [call, use] of Object.entries(CALLS)) {
      if (call === "get" && name !== "an answer that is none") continue;
      clean(`${name} (${call})`, (options, echo) =>
        withJobs({ ...options, fetch: async () => answer(echo) }, (jobs) => thrown(use(jobs))),
      );
    }
  }
  for (const [name, answer] of Object.entries(OBJECTS)) {
    clean(`${name} (results)`, (options, echo) =>
      withJobs({ ...options, fetch: async () => answer(echo) }, async (jobs) => {
        await jobs.import(JSON.stringify(JOB));
        return thrown(jobs.results("a1"));
      }),
    );
    if (name === "an object that breaks off")
      clean(`${name} (image)`, (options, echo) =>
        withJobs({ ...options, fetch: async () => answer(echo) }, (jobs) =>
          thrown(jobs.image("s3://input-bucket/a.png", { signed: true })),
        ),
      );
  }
});

describe("no part of a secret is in the error of", () => {
  const used = async (jobs) => {
    await jobs.load();
    return jobs;
  };
  const empty = '{"MediaAnalysisJobs":[]}';

  for (const name of ["a message", "a page of a proxy", "a request id"]) {
    clean(`importing a Response: ${name}`, (options, echo) =>
      withJobs(options, (jobs) => thrown(jobs.import(ANSWERS[name](echo)))),
    );
    clean(`opening results of a Response: ${name}`, (options, echo) =>
      withJobs(options, (jobs) => thrown(jobs.openResults(ANSWERS[name](echo)))),
    );
  }
  clean(
    "importing a stream that fails",
    (options, echo) => withJobs(options, (jobs) => thrown(jobs.import(breaking(new Error(echo, { cause: echo }))))),
    () => {},
  );

  clean(
    "a provider of credentials, in its causes and whatever else it has",
    async ({ credentials, ...options }, echo) => {
      let asked = 0;
      const provider = async () => {
        if (asked++ === 0) return { ...credentials, expiration: new Date(Date.now() + 1) };
        const beneath = new AggregateError([new Error(echo), echo], echo, {
          cause: { headers: { [echo]: echo }, list: [[echo]] },
        });
        throw Object.assign(new RangeError(echo, { cause: beneath }), {
          name: echo,
          request: { url: echo },
          $metadata: { echo },
        });
      };
      return withJobs({ ...options, credentials: provider, fetch: async () => new Response(empty) }, async (jobs) => {
        await used(jobs);
        await new Promise((resolve) => setTimeout(resolve, 3));
        return thrown(jobs.load());
      });
    },
    (error) => {
      assert.ok(error instanceof CredentialsError);
      assert.deepEqual(error.$metadata, { attempts: 0 });
      assert.ok(error.message.startsWith("the provider of credentials failed: These are good words"), error.message);
      assert.ok(error.cause instanceof RangeError);
      assert.ok(error.cause.message.startsWith("These are good words"), error.cause.message);
      assert.equal(error.cause.cause.errors.length, 2);
    },
  );

  clean("credentials that were used before others", async ({ credentials, ...options }, echo) => {
    let asked = 0;
    const provider = async () =>
      asked++ === 0
        ? { ...credentials, expiration: new Date(Date.now() + 1) }
        : { accessKeyId: "ASIALATER", secretAccessKey: "of-those-that-came-later" };
    let answer = () => new Response(empty);
    return withJobs({ ...options, credentials: provider, fetch: async () => answer() }, async (jobs) => {
      await used(jobs);
      await new Promise((resolve) => setTimeout(resolve, 3));
      answer = () => ANSWERS["a message"](echo);
      return thrown(jobs.load());
    });
  });

  for (const name of [
    "a message",
    "a type",
    "a request id",
    "a page of a proxy",
    "a failure of fetch",
    "a redirect's Location",
  ]) {
    clean(`Cognito, which gets a login's token: ${name}`, ({ region, credentials, ...options }, echo) => {
      const { sessionToken, secretAccessKey, accessKeyId } = credentials;
      const pool = fromCognitoIdentityPool({
        identityPoolId: "us-east-1:a",
        logins: async () => ({ a: sessionToken, b: secretAccessKey, c: accessKeyId }),
        maxAttempts: 1,
        fetch: async () => ANSWERS[name](echo),
      });
      return withJobs({ region, ...options, credentials: pool }, (jobs) => thrown(jobs.load()));
    });
  }

  for (const option of ["region", "endpoint", "s3Endpoint"]) {
    clean(
      `a malformed ${option}`,
      (options, echo) => thrown(createJobs({ ...options, [option]: `http://${inLine(echo)}` })),
      (error) => assert.ok(error instanceof TypeError),
    );
  }
  const typed =
    (use) =>
    (options, echo, { credentials: { sessionToken } }) =>
      withJobs(options, async (jobs) => {
        const word = sessionToken.replace(/\W/g, "");
        try {
          use(jobs, word.length < RUN ? sessionToken : word);
        } catch (error) {
          return error;
        }
        return assert.fail("it did not fail");
      });
  clean(
    "a query that it was pasted into",
    typed((jobs, token) => jobs.query(`status:${token}`)),
    (error) => assert.equal(error.name, "QueryError"),
  );
  clean(
    "an order that it was pasted into",
    typed((jobs, token) => jobs.query("", { sort: token })),
    (error) => assert.ok(error instanceof RangeError),
  );
  for (const member of ["accessKeyId", "secretAccessKey", "sessionToken"]) {
    clean(
      `credentials whose ${member} is malformed`,
      (options, echo, { credentials }) =>
        thrown(createJobs({ ...options, credentials: { ...credentials, [member]: `${echo}\n` } })),
      (error) => assert.ok(error instanceof TypeError),
    );
  }
});

describe("what is not secret stays", () => {
  const credentials = { accessKeyId: "ASIAQ3EGTX7LK2PO9Z5W", secretAccessKey: tokenOf(40), sessionToken: tokenOf(400) };
  let jobs;
  let answer;
  before(async () => {
    jobs = await createJobs({ region: "us-east-1", credentials, maxAttempts: 1, fetch: async () => answer() });
  });
  after(() => jobs?.close());

  test("the words around it", LIMIT, async () => {
    answer = () =>
      ANSWERS["a message"](
        `the token "${credentials.sessionToken}" is not ${credentials.accessKeyId}'s, [%41 &amp; \\n]`,
      );
    const { message } = await thrown(jobs.load());
    assert.equal(message, `the token "[redacted]" is not [redacted]'s, [%41 &amp; \\n]`);
  });

  test("seven characters of it, which may be chance", LIMIT, async () => {
    const seven = credentials.secretAccessKey.slice(3, 10);
    answer = () => ANSWERS["a message"](`no ${seven}, no such thing`);
    assert.equal((await thrown(jobs.load())).message, `no ${seven}, no such thing`);
  });

  test("the start of a body, before the secrets in it", LIMIT, async () => {
    answer = () => new Response(`${"x".repeat(100)}${credentials.sessionToken}`);
    const error = await thrown(jobs.load());
    assert.ok(error instanceof InvalidResponseError);
    assert.ok(error.message.endsWith(`: ${"x".repeat(100)}[redacted]`), error.message);
  });

  test("good answers, whatever is in them", LIMIT, async () => {
    const JobName = credentials.sessionToken.slice(0, 256);
    answer = () => new Response(JSON.stringify({ MediaAnalysisJobs: [wireJob("n1", { JobName })] }));
    await jobs.load();
    assert.equal(jobs.get("n1").JobName, JobName);
  });

  test("a caller's own reason to abort, and an error without secrets, are the same objects", LIMIT, async () => {
    const reason = new Error(`mine: ${credentials.sessionToken}`);
    assert.equal(await thrown(jobs.load({ signal: AbortSignal.abort(reason) })), reason);
    const own = Object.assign(new Error("no keys today", { cause: { self: null } }), { code: 5 });
    own.cause.self = own;
    let asked = 0;
    const provider = async () => {
      if (asked++ > 0) throw own;
      return { ...credentials, expiration: new Date(Date.now() + 1) };
    };
    answer = () => new Response('{"MediaAnalysisJobs":[]}');
    await withJobs({ region: "us-east-1", credentials: provider, fetch: async () => answer() }, async (others) => {
      await others.load();
      await new Promise((resolve) => setTimeout(resolve, 3));
      assert.equal((await thrown(others.load())).cause, own);
    });
  });

  test("a text of megabytes is cut, and takes no time", LIMIT, async () => {
    answer = () => ANSWERS["a message"]("%41\\u0041&#65;65,".repeat(200_000));
    const since = performance.now();
    const { message } = await thrown(jobs.load());
    assert.ok(message.length < 40_000 && performance.now() - since < 8_000, `${message.length}`);
  });
});
