// Credentials and regions in the forms in which people have them: brought to one, or refused by the member's name.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { inspect } from "node:util";
import { createJobs, CredentialsError, fromCognitoIdentityPool, hostsOf, regionOf } from "rekognition-jobs";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { startServer } from "../../../emulator/server.js";
import { wireJob } from "../jobs_of.js";
import { LIMIT, closing, reasonOf } from "../service/calls.js";

const BOM = "\ufeff";
const ZERO_WIDTH = "\u200b";

/** What may stand around a text that was copied. */
const AROUND = {
  nothing: (text) => text,
  "a line break after it": (text) => `${text}\n`,
  "CRLF after it": (text) => `${text}\r\n`,
  "blanks around it": (text) => `  ${text}\t`,
  "a no-break space": (text) => `\u00a0${text}\u00a0`,
  "a byte order mark": (text) => `${BOM}${text}`,
  "a zero-width space": (text) => `${text}${ZERO_WIDTH}`,
  "double quotes": (text) => `"${text}"`,
  "single quotes": (text) => `'${text}'`,
  backticks: (text) => `\`${text}\``,
  "typographic quotes": (text) => `“${text}”`,
  "quotes in blanks in quotes, with a line break": (text) => ` "' ${text} '" \r\n`,
};

/** The account is as it was then, however long the tests take. */
const STARTED = Date.now();
let server;
let session;
before(async () => {
  server = await startServer({ port: 0, jobs: 20, strict: true, now: () => STARTED, clock: Date.now });
  session = server.sessions.issue();
}, LIMIT);
after(() => server.close(), LIMIT);

/** Loads from an endpoint that checks every signature; the credentials are given as they are, and by a provider. */
async function signs(credentials) {
  for (const given of [credentials, async () => credentials]) {
    const jobs = await createJobs({ endpoint: server.url, credentials: given });
    try {
      assert.equal((await jobs.load()).added, 20);
    } finally {
      jobs.close();
    }
  }
}

/** The texts of the errors that credentials come to, which are the same for a provider, and hold none of their values. */
async function refusal(credentials, secrets) {
  const error = await reasonOf(createJobs({ region: "us-east-1", credentials }));
  assert.ok(error instanceof TypeError, `${error}`);
  const jobs = closing(await createJobs({ region: "us-east-1", credentials: async () => credentials }));
  const provided = await reasonOf(jobs.load());
  assert.ok(provided instanceof CredentialsError, `${provided}`);
  assert.deepEqual(provided.$metadata, { attempts: 0 });
  assert.equal(provided.message, error.message);
  for (const text of [inspect(error, { depth: 9 }), inspect(provided, { depth: 9 })])
    for (const secret of secrets) assert.ok(!text.includes(secret), text);
  return error.message;
}

describe("keys are taken with what stands around them", () => {
  for (const [name, dress] of Object.entries(AROUND)) {
    test(name, LIMIT, async () => {
      for (const member of ["accessKeyId", "secretAccessKey", "sessionToken"])
        await signs({ ...session, [member]: dress(session[member]) });
      await signs(Object.fromEntries(Object.entries(EXAMPLE).map(([member, text]) => [member, dress(text)])));
    });
  }
});

describe("a session token that is none", () => {
  for (const [name, sessionToken] of Object.entries({
    undefined: undefined,
    null: null,
    empty: "",
    blank: " \r\n",
    "a pair of quotes": '""',
    "a byte order mark": BOM,
  })) {
    test(name, LIMIT, () => signs({ ...EXAMPLE, sessionToken }));
  }
});

describe("keys that are none are refused by their member and what is wrong with it, never by their value", () => {
  const { accessKeyId, secretAccessKey, sessionToken } = {
    accessKeyId: "AKIDEXAMPLE-OF-MINE",
    secretAccessKey: "a-secret-key-of-mine",
    sessionToken: "a-session-token-of-mine",
  };
  const good = { accessKeyId, secretAccessKey, sessionToken };
  const secrets = Object.values(good).flatMap((text) => [text, text.slice(0, 8), text.slice(-8)]);
  for (const member of Object.keys(good)) {
    const words = {
      "a line break within": [`${good[member].slice(0, 8)}\n${good[member].slice(8)}`, /has a line break within it/],
      "a blank within": [`${good[member].slice(0, 8)} ${good[member].slice(8)}`, /has a blank within it/],
      "another alphabet": [`${good[member]}é${good[member]}`, /has a character that none can have within it/],
      "a control character": [`${good[member]}\0${good[member]}`, /has a character that none can have within it/],
      "a number": [5, /is not a text/],
      "an object": [{ text: good[member] }, /is not a text/],
      bytes: [new TextEncoder().encode(good[member]), /is not a text/],
    };
    for (const [name, [value, expected]] of Object.entries(words)) {
      test(`${member}: ${name}`, LIMIT, async () => {
        const message = await refusal({ ...good, [member]: value }, secrets);
        assert.match(message, expected);
        assert.ok(message.startsWith(`the credentials' ${member} `), message);
      });
    }
    if (member === "sessionToken") continue;
    for (const [name, value] of Object.entries({
      undefined: undefined,
      null: null,
      empty: "",
      quotes: '""',
      blank: " \n",
    })) {
      test(`${member}: ${name}`, LIMIT, async () =>
        assert.equal(await refusal({ ...good, [member]: value }, secrets), `the credentials have no ${member}`),
      );
    }
  }
  for (const value of ["keys", 5, true, Symbol.iterator]) {
    test(`${String(value)} for all of them`, LIMIT, async () => {
      assert.match(await refusal(value, secrets), /no object with an accessKeyId and a secretAccessKey/);
    });
  }
});

describe("an expiration", () => {
  const at = Date.UTC(2026, 10, 28, 12);
  const FORMS = {
    "a Date": new Date(at),
    "a date of another library": new (class Moment {
      valueOf = () => at;
    })(),
    "ISO 8601": "2026-11-28T12:00:00Z",
    "ISO 8601 with milliseconds": "2026-11-28T12:00:00.000Z",
    "ISO 8601 with an offset": "2026-11-28T13:00:00+01:00",
    "ISO 8601 with a blank": "2026-11-28 12:00:00+00:00",
    "ISO 8601 in quotes": '"2026-11-28T12:00:00Z"\n',
    seconds: at / 1000,
    "seconds with a fraction": at / 1000 + 0.0004,
    "seconds as text": String(at / 1000),
    milliseconds: at,
    "milliseconds as text": String(at),
  };
  const lasting = { "no member": undefined, null: null, empty: "", "without end": Number.POSITIVE_INFINITY };

  /** How often a provider is asked by calls at these minutes, counted from the expiration. */
  async function askedAt(t, expiration, minutes) {
    let now = at;
    t.mock.method(Date, "now", () => now);
    let asked = 0;
    const credentials = async () => {
      asked++;
      return { ...EXAMPLE, expiration };
    };
    const fetch = async () => new Response('{"MediaAnalysisJobs":[]}');
    const jobs = closing(await createJobs({ region: "us-east-1", credentials, fetch }));
    const counts = [];
    for (const minute of minutes) {
      now = at + minute * 60_000;
      await jobs.listMediaAnalysisJobs();
      counts.push(asked);
    }
    return counts;
  }

  for (const [name, expiration] of Object.entries(FORMS)) {
    test(`${name}: is renewed shortly before, and not before that`, LIMIT, async (t) => {
      assert.deepEqual(await askedAt(t, expiration, [-60, -40, -10, -6, -4.9, -4.8]), [1, 1, 1, 1, 2, 2]);
    });
    test(`${name}: of a fixed pair, signs nothing after it`, LIMIT, async (t) => {
      let now = at - 1_000;
      t.mock.method(Date, "now", () => now);
      const fetch = async () => new Response('{"MediaAnalysisJobs":[]}');
      const credentials = { ...EXAMPLE, expiration };
      const jobs = closing(await createJobs({ region: "us-east-1", credentials, fetch }));
      await jobs.listMediaAnalysisJobs();
      now = at + 1_000;
      const error = await reasonOf(jobs.listMediaAnalysisJobs());
      assert.equal(error.name, "ExpiredTokenException");
      assert.match(error.message, /expired at 2026-11-28T12:00:00\.000Z: get new ones/);
    });
  }
  for (const [name, expiration] of Object.entries(lasting)) {
    test(`${name}: is none`, LIMIT, async (t) =>
      assert.deepEqual(await askedAt(t, expiration, [-60, 0, 5e6]), [1, 1, 1]),
    );
  }
  for (const expiration of [
    "soon",
    Number.NaN,
    {},
    Object.create(null),
    Symbol("soon"),
    [],
    true,
    new Date(Number.NaN),
    1e30,
  ]) {
    test(`${inspect(expiration)} is refused`, LIMIT, async () =>
      assert.equal(
        await refusal({ ...EXAMPLE, expiration }, [EXAMPLE.secretAccessKey]),
        "the credentials' expiration is not a time",
      ),
    );
  }
});

test("an expiration that Cognito, or what stands for it, gives as text or not at all", LIMIT, async () => {
  for (const Expiration of [4e9, "2096-10-02T07:06:40Z", null, undefined]) {
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken } = session;
    const answer = { IdentityId: "i", Credentials: { AccessKeyId, SecretKey, SessionToken, Expiration } };
    const credentials = fromCognitoIdentityPool({
      identityPoolId: "us-east-1:0",
      fetch: async () => new Response(JSON.stringify(answer)),
    });
    const jobs = closing(await createJobs({ endpoint: server.url, credentials }));
    assert.equal((await jobs.load()).added, 20);
    if (typeof Expiration === "number") assert.deepEqual((await credentials()).expiration, new Date(Expiration * 1000));
  }
});

describe("an object of keys that renews itself", () => {
  /** An object whose members are read by getters that count. */
  function renewing(pairs) {
    const reads = {};
    const object = { generation: 0 };
    for (const name of ["accessKeyId", "secretAccessKey", "sessionToken", "expiration"]) {
      Object.defineProperty(object, name, {
        get() {
          reads[name] = (reads[name] ?? 0) + 1;
          return pairs[object.generation][name];
        },
      });
    }
    return { object, reads };
  }

  for (const [how, given] of Object.entries({
    "given as it is": (it) => it,
    "that a provider gives": (it) => async () => it,
  })) {
    test(`${how}: is read once a signature, and each time its keys sign`, LIMIT, async () => {
      const pairs = [session, EXAMPLE, server.sessions.issue()];
      const { object, reads } = renewing(pairs);
      const jobs = closing(await createJobs({ endpoint: server.url, credentials: given(object) }));
      await jobs.listMediaAnalysisJobs();
      // One that is given as it is is read when it is checked, too.
      for (const count of Object.values(reads)) assert.equal(count, how === "given as it is" ? 2 : 1);
      for (const generation of [0, 0, 1, 2, 1, 0]) {
        object.generation = generation;
        const before = { ...reads };
        server.traffic.log.length = 0;
        await jobs.listMediaAnalysisJobs();
        assert.ok(server.traffic.log.at(-1).headers.authorization.includes(pairs[generation].accessKeyId));
        for (const [name, count] of Object.entries(reads)) assert.equal(count - before[name], 1, name);
      }
    });

    test(`${how}: is checked each time, and its keys are in no error`, LIMIT, async () => {
      const later = {
        accessKeyId: "ASIALATERONE",
        secretAccessKey: "of-those-that-came-later",
        sessionToken: "and-their-token-too",
      };
      const odd = { ...later, secretAccessKey: "of-those-that\ncame-later" };
      const { object } = renewing([EXAMPLE, later, odd]);
      let answer = () => new Response('{"MediaAnalysisJobs":[]}');
      const jobs = closing(
        await createJobs({
          region: "us-east-1",
          credentials: given(object),
          fetch: async () => answer(),
          maxAttempts: 1,
        }),
      );
      await jobs.load();
      object.generation = 1;
      answer = () =>
        new Response(JSON.stringify({ __type: "AccessDeniedException", message: Object.values(later).join() }), {
          status: 400,
        });
      const error = await reasonOf(jobs.load());
      for (const secret of Object.values(later)) assert.ok(!inspect(error, { depth: 9 }).includes(secret));
      object.generation = 2;
      const refused = await reasonOf(jobs.load());
      assert.ok(refused instanceof CredentialsError, `${refused}`);
      assert.match(refused.message, /secretAccessKey has a line break within it/);
      object.generation = 0;
      answer = () => new Response('{"MediaAnalysisJobs":[]}');
      await jobs.load();
    });
  }

  test("whose getter throws is a CredentialsError with that cause", LIMIT, async () => {
    const own = new Error("the store of keys is locked");
    let isLocked = false;
    const credentials = {
      get accessKeyId() {
        if (isLocked) throw own;
        return EXAMPLE.accessKeyId;
      },
      secretAccessKey: EXAMPLE.secretAccessKey,
    };
    const jobs = closing(await createJobs({ endpoint: server.url, credentials }));
    await jobs.load();
    isLocked = true;
    const error = await reasonOf(jobs.load());
    assert.ok(error instanceof CredentialsError);
    assert.equal(error.cause, own);
    isLocked = false;
    await jobs.load();
  });
});

describe("a region", () => {
  const FORMS = {
    "us-east-1": [
      "us-east-1",
      "US-EAST-1",
      "Us-East-1",
      " us-east-1\n",
      '"us-east-1"',
      `${BOM}us-east-1`,
      "us-east-1a",
      "US-EAST-1F",
      "us-east-1-bos-1",
      "us-east-1-bos-1a",
      "us-east-1-wl1",
      "us-east-1-wl1-bos-wlz-1",
    ],
    "cn-north-1": ["cn-north-1", "CN-NORTH-1", "cn-north-1b"],
    "us-gov-west-1": ["US-GOV-WEST-1", "us-gov-west-1a"],
    "us-iso-east-1": ["US-ISO-EAST-1", "us-iso-east-1a"],
    "ap-southeast-2": ["AP-SOUTHEAST-2", "ap-southeast-2c", "ap-southeast-2-akl-1a"],
    "eusc-de-east-1": ["EUSC-DE-EAST-1", "eusc-de-east-1a"],
    "us-nowhere-9": ["us-nowhere-9"],
    custom: ["custom", "CUSTOM"],
  };
  for (const [region, forms] of Object.entries(FORMS)) {
    for (const form of forms) {
      test(`${JSON.stringify(form)} is ${region}, in every host and scope`, LIMIT, async () => {
        assert.equal(regionOf(form), region);
        assert.deepEqual(hostsOf({ region: form }), hostsOf({ region }));
        assert.equal(
          hostsOf({ identityPoolId: `${form}:0` }).identityPool,
          hostsOf({ identityPoolId: `${region}:0` }).identityPool,
        );
        const asked = [];
        const fetch = async (url, { headers }) => {
          const scope = /Credential=[^/]+\/\d+\/([^,]*)/.exec(new Headers(headers).get("authorization"))?.[1];
          asked.push([new URL(url).host, scope]);
          return new Response("", { status: 403 });
        };
        const jobs = closing(await createJobs({ region: form, credentials: EXAMPLE, fetch, maxAttempts: 1 }));
        await jobs.import(JSON.stringify(wireJob("a", { Status: "SUCCEEDED" })));
        await reasonOf(jobs.listMediaAnalysisJobs());
        await reasonOf(jobs.image("s3://bucket/a.png", { signed: true }));
        await reasonOf(
          fromCognitoIdentityPool({ identityPoolId: "us-east-1:0", region: form, fetch, maxAttempts: 1 })(),
        );
        const { service, s3, identityPool } = hostsOf({ region, identityPoolId: `${region}:0` });
        assert.deepEqual(asked, [
          [service, `${region}/rekognition/aws4_request`],
          [s3.replace("*", "bucket"), `${region}/s3/aws4_request`],
          [identityPool, undefined],
        ]);
      });
    }
  }

  test("that is absent or empty is none", LIMIT, async () => {
    for (const region of [undefined, null, "", " ", '""', BOM]) {
      assert.equal(regionOf(region), undefined);
      const jobs = closing(await createJobs({ region }));
      assert.equal((await reasonOf(jobs.load())).name, "InvalidParameterException");
    }
  });

  for (const [region, message] of Object.entries({
    "use1-az1": /"use1-az1" is not a region, but the id of an availability zone/,
    "usw2-lax1-az1": /the id of an availability zone/,
    "us-east-1-fips": /use us-east-1 with useFipsEndpoint/,
    "FIPS-us-gov-west-1": /use us-gov-west-1 with useFipsEndpoint/,
    "us east 1": /"us east 1" is not a region/,
    "US East (N. Virginia)": /is not a region/,
    "us-east-1.evil.com": /is not a region/,
    "us-east-1/": /is not a region/,
  })) {
    test(`${region} is refused`, LIMIT, async () => {
      for (const refused of [
        () => createJobs({ region }),
        async () => hostsOf({ region }),
        async () => regionOf(region),
        async () => fromCognitoIdentityPool({ identityPoolId: "us-east-1:0", region }),
      ])
        await assert.rejects(refused, (error) => error instanceof TypeError && message.test(error.message));
    });
  }
});
