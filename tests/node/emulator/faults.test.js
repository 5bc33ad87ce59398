// The emulator's faults: each does what it says, when it says, to raw requests and to the AWS SDK.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  GetMediaAnalysisJobCommand,
  ListMediaAnalysisJobsCommand,
  paginateListMediaAnalysisJobs,
} from "@aws-sdk/client-rekognition";
import { createFaultPlan } from "../../../emulator/faults/fault_plan.js";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import {
  LIMIT,
  naming,
  post,
  rawRequest,
  runProgram,
  serverTest,
  signedListing,
  withSdk,
  withServer,
} from "./calls.js";

const LIST = "ListMediaAnalysisJobs";
const PAGES = 3;
const MINUTE = 60_000;

/** Asks for a page of the list. */
const listing = (url, input) => post(url, LIST, input);

/** The tokens of a server's pages: page 1 has none. */
async function tokens(url) {
  const all = [undefined];
  for (let page = 1; page < PAGES; page++) all.push((await listing(url, { NextToken: all.at(-1) })).json.NextToken);
  return all;
}

/** Lists to the end by fetch, without care for anything, and gives the pages. */
async function walk(url, most = 20) {
  const pages = [];
  let NextToken;
  do {
    const { json } = await listing(url, { NextToken });
    pages.push(json);
    NextToken = json.NextToken;
  } while (NextToken && pages.length < most);
  return pages;
}

async function collect(pages) {
  const all = [];
  for await (const page of pages) all.push(page);
  return all;
}

const ids = (pages) => pages.flatMap(({ MediaAnalysisJobs }) => MediaAnalysisJobs.map(({ JobId }) => JobId));

describe("which requests a fault strikes", () => {
  const asked = (page, operation = LIST) => ({ operation, page, signed: true });
  const get = asked(undefined, "GetMediaAnalysisJob");
  const struck = (faults, requests) => {
    const next = createFaultPlan(faults);
    return requests.map((request) => next(request, () => true)?.kind ?? "-");
  };

  test("the next one, once; or as often as it says", LIMIT, () => {
    const four = [asked(1), get, asked(1), asked(2)];
    assert.deepEqual(struck([{ kind: "html" }], four), ["html", "-", "-", "-"]);
    assert.deepEqual(struck([{ kind: "html", times: 3 }], four), ["html", "html", "html", "-"]);
    assert.deepEqual(struck([{ kind: "html", times: "always" }], four), ["html", "html", "html", "html"]);
    assert.deepEqual(struck([], four), ["-", "-", "-", "-"]);
  });

  test("those for its page", LIMIT, () => {
    const walks = [asked(1), asked(2), asked(3), get, asked(1), asked(2), asked(2)];
    assert.deepEqual(struck([{ kind: "html", page: 2 }], walks), ["-", "html", "-", "-", "-", "-", "-"]);
    assert.deepEqual(struck([{ kind: "html", page: 2, times: 2 }], walks), ["-", "html", "-", "-", "-", "html", "-"]);
    assert.deepEqual(struck([{ kind: "html", page: 2, request: 3 }], walks), ["-", "-", "-", "-", "-", "-", "html"]);
  });

  test("from its request on, of its operation", LIMIT, () => {
    const requests = [asked(1), get, asked(2), get, get];
    assert.deepEqual(struck([{ kind: "html", request: 3 }], requests), ["-", "-", "html", "-", "-"]);
    assert.deepEqual(struck([{ kind: "html", request: 3, times: 2 }], requests), ["-", "-", "html", "html", "-"]);
    assert.deepEqual(struck([{ kind: "html", request: 2, operation: "GetMediaAnalysisJob" }], requests), [
      "-",
      "-",
      "-",
      "html",
      "-",
    ]);
    assert.deepEqual(struck([{ kind: "empty-token" }], [get, asked(1)]), ["-", "empty-token"]);
    assert.deepEqual(struck([{ kind: "html" }], [{ operation: "GetId", signed: false }]), ["-"]);
    assert.deepEqual(struck([{ kind: "html", operation: "GetId" }], [{ operation: "GetId", signed: false }]), ["html"]);
  });

  test("one fault at a time, in the plan's order, each keeping its own count", LIMIT, () => {
    const four = [asked(1), asked(2), asked(3), asked(3)];
    assert.deepEqual(struck([{ kind: "html" }, { kind: "reset" }], four), ["html", "reset", "-", "-"]);
    assert.deepEqual(struck([{ kind: "html" }, { kind: "reset", request: 2 }], four), ["html", "reset", "-", "-"]);
    assert.deepEqual(
      struck(
        [
          { kind: "html", request: 2 },
          { kind: "reset", request: 2 },
        ],
        four,
      ),
      ["-", "html", "reset", "-"],
    );
    assert.deepEqual(
      struck(
        [
          { kind: "html", times: 2 },
          { kind: "reset", page: 3 },
        ],
        four,
      ),
      ["html", "html", "reset", "-"],
    );
  });

  serverTest(
    "by the token's place: on a walk of any page size, and on one that goes on from a token",
    {},
    async ({ url, traffic }) => {
      for (const MaxResults of [100, 50, 7]) {
        traffic.reset();
        let NextToken;
        do NextToken = (await listing(url, { MaxResults, NextToken })).json.NextToken;
        while (NextToken);
        const pages = Math.ceil(250 / MaxResults);
        assert.deepEqual(
          traffic.log.map(({ page }) => page),
          Array.from({ length: pages }, (_, index) => index + 1),
        );
      }
      const [, second] = await tokens(url);
      traffic.reset();
      await listing(url, { NextToken: second });
      await listing(url, { NextToken: "nonsense" });
      await listing(url, { MaxResults: 0 });
      assert.deepEqual(
        traffic.log.map(({ page }) => page),
        [2, undefined, undefined],
      );
    },
  );

  test("also while new jobs arrive", LIMIT, () => {
    let now = Date.UTC(2026, 10, 24, 12);
    return withServer({ jobs: 1000, now: () => now }, async ({ url, traffic }) => {
      let NextToken;
      do {
        NextToken = (await listing(url, { NextToken })).json.NextToken;
        now += 2 * MINUTE;
      } while (NextToken);
      assert.deepEqual(
        traffic.log.map(({ page }) => page),
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      );
    });
  });
});

serverTest(
  "a plan that says what it cannot say is refused, and the one before stays",
  { faults: [{ kind: "html", times: 2 }] },
  async ({ url, setFaults }) => {
    for (const faults of [
      {},
      "html",
      [null],
      ["html"],
      [{}],
      [{ kind: "toString" }],
      [{ kind: "fire" }],
      [{ kind: "html", page: 0 }],
      [{ kind: "html", page: "1" }],
      [{ kind: "html", request: 1.5 }],
      [{ kind: "html", times: 0 }],
      [{ kind: "html", times: "often" }],
      [{ kind: "html", often: 1 }],
      [{ kind: "html", overMs: 5 }],
      [{ kind: "drip", overMs: -1 }],
      [{ kind: "throttle", status: 200 }],
      [{ kind: "throttle", name: "" }],
      [{ kind: "refusal" }],
      [{ kind: "refusal", name: "A", message: 1 }],
      [{ kind: "no-cors", name: "A" }],
      [{ kind: "refusal", name: "A", details: "Region" }],
      [{ kind: "refusal", name: "A", details: { "a b": "c" } }],
      [{ kind: "portal", text: 1 }],
      [{ kind: "gzip", encoding: "a\nb" }],
      [{ kind: "skew" }],
      [{ kind: "skew", minutes: "ten" }],
      [{ kind: "throttle", retryAfterMs: "soon" }],
      [{ kind: "html" }, { kind: "html", operation: 3 }],
    ]) {
      assert.throws(() => setFaults(faults), /^(Type|Range)Error: (Faults|A fault|A skew)/, JSON.stringify(faults));
    }
    assert.deepEqual(
      [(await listing(url)).status, (await listing(url)).status, (await listing(url)).status],
      [502, 502, 200],
    );
    await assert.rejects(
      withServer({ faults: [{ kind: "fire" }] }, () => {}),
      /kind must be one of throttle, .*, not "fire"/,
    );
  },
);

describe("refusals", () => {
  for (const [fault, status, name, headers = {}] of [
    [{ kind: "throttle" }, 500, "ThrottlingException"],
    [{ kind: "throttle", status: 400 }, 400, "ThrottlingException"],
    [{ kind: "throttle", status: 429, name: "TooManyRequestsException" }, 429, "TooManyRequestsException"],
    [
      { kind: "throttle", name: "ProvisionedThroughputExceededException" },
      400,
      "ProvisionedThroughputExceededException",
    ],
    [{ kind: "throttle", retryAfterMs: 1500 }, 500, "ThrottlingException", { "x-amz-retry-after": "1500" }],
    [{ kind: "retry-after" }, 500, "ThrottlingException", { "x-amz-retry-after": "1000", "retry-after": "1" }],
    [{ kind: "retry-after", retryAfterSeconds: 3, status: 400 }, 400, "ThrottlingException", { "retry-after": "3" }],
    [{ kind: "retry-after", retryAfterMs: 20 }, 500, "ThrottlingException", { "x-amz-retry-after": "20" }],
    [{ kind: "internal" }, 500, "InternalServerError"],
    [{ kind: "internal", retryAfterMs: 7 }, 500, "InternalServerError", { "x-amz-retry-after": "7" }],
    [{ kind: "expired-token" }, 400, "InvalidPaginationTokenException"],
  ]) {
    serverTest(`${JSON.stringify(fault)} is ${name} ${status}`, {}, async ({ url, traffic, setFaults }) => {
      const [, NextToken] = await tokens(url);
      setFaults([{ ...fault, page: 2 }]);
      traffic.reset();
      assert.equal((await listing(url)).status, 200);
      const refused = await listing(url, { NextToken });
      assert.deepEqual([refused.status, refused.json.__type], [status, name]);
      for (const header of ["x-amz-retry-after", "retry-after"])
        assert.equal(refused.headers.get(header), headers[header] ?? null);
      assert.equal((await listing(url, { NextToken })).status, 200);
      assert.deepEqual(traffic.counters.faults, { [fault.kind]: 1 });
      assert.equal(traffic.counters.throttled, /throttle|retry/.test(fault.kind) ? 1 : 0);
      assert.deepEqual(
        traffic.log.map((entry) => [entry.page, entry.status, entry.fault, entry.error]),
        [
          [1, 200, undefined, undefined],
          [2, status, fault.kind, name],
          [2, 200, undefined, undefined],
        ],
      );

      setFaults([{ ...fault, page: 2 }]);
      await withSdk(url, {}, (client) =>
        assert.rejects(
          client.send(new ListMediaAnalysisJobsCommand({ NextToken })),
          (error) => error.name === name && error.$metadata.httpStatusCode === status,
        ),
      );
    });
  }

  serverTest(
    "unavailable is 503 without a body, html is a page of a proxy",
    {
      faults: [{ kind: "unavailable", retryAfterSeconds: 2 }, { kind: "html" }],
    },
    async ({ url }) => {
      const unavailable = await listing(url);
      assert.deepEqual([unavailable.status, unavailable.text, unavailable.headers.get("retry-after")], [503, "", "2"]);
      assert.equal(unavailable.headers.get("x-amzn-errortype"), null);
      const html = await listing(url);
      assert.deepEqual([html.status, html.headers.get("content-type")], [502, "text/html"]);
      assert.match(html.text, /^<html>/);
      assert.equal((await listing(url)).status, 200);
    },
  );

  serverTest(
    "of GetMediaAnalysisJob too",
    { faults: [{ kind: "internal", operation: "GetMediaAnalysisJob" }] },
    async ({ url, account }) => {
      const get = (client) => client.send(new GetMediaAnalysisJobCommand({ JobId: account.place(7).JobId }));
      assert.equal((await listing(url)).status, 200);
      await withSdk(url, {}, async (client) => {
        await assert.rejects(get(client), { name: "InternalServerError" });
        assert.equal((await get(client)).JobId, account.place(7).JobId);
      });
    },
  );
});

describe("faults on the way", () => {
  /** What comes of a listing request that no client library looks after. */
  const raw = async (url, options) => {
    const begun = performance.now();
    const seen = await rawRequest(url, "/", { method: "POST", headers: naming(LIST), body: "{}", ...options }).catch(
      (error) => ({ error, ...error }),
    );
    return { ...seen, took: performance.now() - begun };
  };

  serverTest(
    "reset: the connection is reset before any answer",
    { faults: [{ kind: "reset", times: 3 }] },
    async ({ url }) => {
      const { error, status } = await raw(url);
      assert.deepEqual([error.code, status], ["ECONNRESET", undefined]);
      await assert.rejects(listing(url), TypeError);
      await withSdk(url, {}, (client) =>
        assert.rejects(client.send(new ListMediaAnalysisJobsCommand({})), { code: "ECONNRESET" }),
      );
      assert.equal((await listing(url)).status, 200);
    },
  );

  serverTest(
    "cut: the length is told, half of it comes, the connection ends",
    { faults: [{ kind: "cut", times: 3 }] },
    async ({ url }) => {
      const { error, status, headers, length } = await raw(url);
      assert.deepEqual([error.code, status], ["ECONNRESET", 200]);
      assert.equal(length, Number(headers["content-length"]) >> 1);
      await assert.rejects(listing(url), TypeError);
      await withSdk(url, {}, (client) => assert.rejects(client.send(new ListMediaAnalysisJobsCommand({}))));
      assert.equal((await listing(url)).json.MediaAnalysisJobs.length, 100);
    },
  );

  serverTest(
    "half-json: a whole answer of half a document",
    { faults: [{ kind: "half-json", times: 2 }] },
    async ({ url }) => {
      const { error, status, headers, body } = await raw(url);
      assert.deepEqual([error, status, Number(headers["content-length"])], [undefined, 200, Buffer.byteLength(body)]);
      assert.throws(() => JSON.parse(body), SyntaxError);
      assert.match(body, /^\{"MediaAnalysisJobs":\[\{/);
      await withSdk(url, {}, (client) =>
        assert.rejects(client.send(new ListMediaAnalysisJobsCommand({})), SyntaxError),
      );
      const whole = await raw(url);
      assert.ok(whole.body.startsWith(body) && body.length === whole.body.length >> 1);
    },
  );

  serverTest(
    "byte-order-mark: the whole answer, behind one",
    { faults: [{ kind: "byte-order-mark" }] },
    async ({ url }) => {
      const { body } = await raw(url);
      assert.ok(body.startsWith("\uFEFF{"));
      assert.equal((await raw(url)).body, body.slice(1));
    },
  );

  serverTest(
    "drip: the whole body, over the time that it says",
    {
      faults: [
        { kind: "drip", overMs: 2500 },
        { kind: "drip", overMs: 400 },
      ],
    },
    async ({ url }) => {
      const { status, body, took } = await raw(url);
      assert.equal(status, 200);
      assert.equal(JSON.parse(body).MediaAnalysisJobs.length, 100);
      assert.ok(took >= 2400, `${took} ms`);
      const arrivals = [];
      const response = await fetch(url, { method: "POST", headers: naming(LIST), body: "{}" });
      for await (const chunk of response.body) arrivals.push(chunk.length);
      assert.ok(arrivals.length > 5, `${arrivals.length} parts`);
      assert.ok((await raw(url)).took < 2400);
    },
  );

  serverTest(
    "hang: no answer, until the caller gives up; the next request is answered",
    { faults: [{ kind: "hang", times: 2 }] },
    async ({ url, traffic }) => {
      const { error, status, took } = await raw(url, { signal: AbortSignal.timeout(300) });
      assert.deepEqual([error.name, status], ["AbortError", undefined]);
      assert.ok(took >= 290);
      await withSdk(url, { requestHandler: { requestTimeout: 200, throwOnRequestTimeout: true } }, (client) =>
        assert.rejects(client.send(new ListMediaAnalysisJobsCommand({})), { name: "TimeoutError" }),
      );
      assert.equal((await listing(url)).status, 200);
      assert.deepEqual(traffic.counters.faults, { hang: 2 });
    },
  );

  test("a server with answers that hang or drip closes at once", LIMIT, async () => {
    const begun = performance.now();
    await withServer({ faults: [{ kind: "hang" }, { kind: "drip", overMs: 60_000 }] }, async ({ url }) => {
      const ended = [listing(url), listing(url)].map((answer) => answer.catch(() => {}));
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { ended };
    }).then(({ ended }) => Promise.all(ended));
    assert.ok(performance.now() - begun < 10_000);
  });

  serverTest(
    "an SDK that may try again lists everything past each of them",
    {},
    async ({ url, setFaults, traffic }) => {
      const expected = ids(await walk(url));
      for (const kind of ["throttle", "internal", "unavailable", "html", "reset", "drip"]) {
        for (const page of [1, 2, 3]) {
          setFaults([{ kind, page, overMs: kind === "drip" ? 50 : undefined }]);
          traffic.reset();
          await withSdk(url, { maxAttempts: 3 }, async (client) => {
            const pages = await collect(paginateListMediaAnalysisJobs({ client }, {}));
            assert.deepEqual(ids(pages), expected, `${kind} ${page}`);
          });
          assert.deepEqual(traffic.counters.faults, { [kind]: 1 }, `${kind} ${page}`);
          assert.equal(traffic.counters.requests[LIST], kind === "drip" ? PAGES : PAGES + 1, `${kind} ${page}`);
        }
      }
    },
  );
});

describe("faults of tokens", () => {
  serverTest("long-token gives tokens of 1,500 characters, which lead on", {}, async ({ url, setFaults }) => {
    const expected = await walk(url);
    setFaults([{ kind: "long-token", times: "always" }]);
    const pages = await walk(url);
    assert.deepEqual(ids(pages), ids(expected));
    assert.deepEqual(
      pages.map(({ NextToken }) => NextToken?.length),
      expected.map(({ NextToken }) => NextToken && 1_500),
    );
  });

  serverTest("empty-token and null-token end the list early", {}, async ({ url, setFaults }) => {
    for (const [kind, token] of [
      ["empty-token", ""],
      ["null-token", null],
    ]) {
      setFaults([{ kind, page: 2 }]);
      const pages = await walk(url);
      assert.equal(pages.length, 2, kind);
      assert.equal(pages[1].NextToken, token);
      assert.equal(pages[1].MediaAnalysisJobs.length, 100);
      setFaults([{ kind, page: PAGES }]);
      assert.equal((await walk(url)).at(-1).NextToken, token, "the last page has one then too");
    }
  });

  serverTest("repeated-token: a page's token leads to the page itself", {}, async ({ url, setFaults }) => {
    const whole = ids(await walk(url));
    const all = await tokens(url);
    for (const page of [2, 3]) {
      setFaults([{ kind: "repeated-token", page, times: "always" }]);
      const { json } = await listing(url, { NextToken: all[page - 1] });
      assert.equal(json.NextToken, all[page - 1]);
      assert.equal((await walk(url)).length, 20, "a careless client goes round for ever");
    }
    setFaults([{ kind: "repeated-token", page: 1 }]);
    const pages = await walk(url);
    assert.deepEqual(pages[1].MediaAnalysisJobs, pages[0].MediaAnalysisJobs);
    assert.deepEqual(ids(pages.slice(1)), whole);
    setFaults([{ kind: "repeated-token", page: 1, times: 2 }]);
    const [first, second] = await walk(url);
    assert.equal(second.NextToken, first.NextToken);
    setFaults([]);
    assert.deepEqual(ids(await walk(url)), whole);
  });

  serverTest(
    "the SDK's paginator runs into a repeated token, and takes an empty one for the end",
    {},
    async ({ url, setFaults }) => {
      const list = (client, stopOnSameToken) => collect(paginateListMediaAnalysisJobs({ client, stopOnSameToken }, {}));
      await withSdk(url, {}, async (client) => {
        setFaults([{ kind: "repeated-token", page: 2, times: "always" }]);
        assert.equal((await list(client, true)).length, 2);
        setFaults([{ kind: "empty-token", page: 2 }]);
        assert.equal((await list(client, false)).length, 2);
      });
    },
  );
});

describe("expired-credentials", () => {
  const sessions = ["first", "second", "third"].map((sessionToken) => ({ ...EXAMPLE, sessionToken }));

  const ask = async (url, credentials, NextToken) => {
    const request = await signedListing(url, { credentials, body: JSON.stringify({ NextToken }) });
    const { status, body } = await rawRequest(url, "/", request);
    return status === 200 ? 200 : `${status} ${JSON.parse(body).__type}`;
  };

  serverTest(
    "refuses them from that page on, everywhere, until others come",
    { sessions },
    async ({ url, setFaults, traffic, account }) => {
      const all = await tokens(url);
      setFaults([{ kind: "expired-credentials", page: 2 }]);
      traffic.reset();
      const EXPIRED = "400 ExpiredTokenException";
      const seen = [];
      for (const [session, page] of [
        [0, 1],
        [0, 2],
        [0, 2],
        [0, 1],
        [1, 2],
        [1, 3],
        [0, 3],
        [1, 2],
      ]) {
        seen.push(await ask(url, sessions[session], all[page - 1]));
      }
      assert.deepEqual(seen, [200, EXPIRED, EXPIRED, EXPIRED, 200, 200, EXPIRED, 200]);
      assert.equal(traffic.counters.refused, 4);
      assert.deepEqual(traffic.counters.faults, { "expired-credentials": 4 });
      await withSdk(url, { credentials: sessions[0] }, (client) =>
        assert.rejects(client.send(new GetMediaAnalysisJobCommand({ JobId: account.place(1).JobId })), {
          name: "ExpiredTokenException",
        }),
      );
      setFaults([]);
      assert.equal(await ask(url, sessions[0]), 200);
    },
  );

  serverTest(
    "refuses as many of them as it says, by the name that it says",
    { sessions },
    async ({ url, setFaults }) => {
      const [, second] = await tokens(url);
      setFaults([{ kind: "expired-credentials", page: 2, times: 2, name: "RequestExpired" }]);
      const seen = [];
      for (const session of [0, 0, 1, 1, 2, 2]) seen.push(await ask(url, sessions[session], second));
      const EXPIRED = "400 RequestExpired";
      assert.deepEqual(seen, [EXPIRED, EXPIRED, EXPIRED, EXPIRED, 200, 200]);
    },
  );

  serverTest(
    "spares other faults of the plan for those that are not expired",
    { sessions },
    async ({ url, setFaults }) => {
      setFaults([{ kind: "expired-credentials" }, { kind: "internal" }]);
      const seen = [];
      for (const session of [0, 0, 1, 1]) seen.push(await ask(url, sessions[session]));
      assert.deepEqual(seen, [
        "400 ExpiredTokenException",
        "400 ExpiredTokenException",
        "500 InternalServerError",
        200,
      ]);
    },
  );
});

describe("skew", () => {
  test("shows another time and checks signatures by it; the account goes on as before", LIMIT, () => {
    const now = Date.UTC(2026, 10, 24, 12);
    return withServer({ now: () => now }, async ({ url, setFaults }) => {
      const before = await walk(url);
      for (const minutes of [10, -10]) {
        setFaults([{ kind: "skew", minutes }]);
        const { headers } = await listing(url);
        assert.equal(headers.get("date"), new Date(now + minutes * MINUTE).toUTCString());
        assert.deepEqual(await walk(url), before);
        const signedAt = async (time) =>
          (await rawRequest(url, "/", await signedListing(url, { date: new Date(time) }))).status;
        assert.equal(await signedAt(now), 400);
        assert.equal(await signedAt(now + minutes * MINUTE), 200);
      }
    });
  });

  test("holds from the request on that it names, and as often as it says", LIMIT, () => {
    const now = Date.UTC(2026, 10, 24, 12);
    const skewed = (date) => date !== new Date(now).toUTCString();
    return withServer(
      { now: () => now, faults: [{ kind: "skew", minutes: 30, request: 2, times: 2 }] },
      async ({ url }) => {
        const seen = [];
        for (let request = 1; request <= 5; request++) seen.push(skewed((await listing(url)).headers.get("date")));
        assert.deepEqual(seen, [false, true, true, false, false]);
      },
    );
  });

  test("is learned by the SDK from one refusal", LIMIT, () =>
    withServer({ faults: [{ kind: "skew", minutes: 10 }], strict: true }, ({ url, traffic }) =>
      withSdk(url, { maxAttempts: 3 }, async (client) => {
        assert.equal((await collect(paginateListMediaAnalysisJobs({ client }, {}))).length, PAGES);
        assert.equal(traffic.counters.requests[LIST], PAGES + 1);
        assert.equal(traffic.counters.refused, 1);
      }),
    ),
  );

  serverTest(
    "goes together with another fault",
    { faults: [{ kind: "skew", minutes: 10 }, { kind: "internal" }] },
    async ({ url }) => {
      const refused = await listing(url);
      assert.equal(refused.status, 500);
      assert.ok(Date.parse(refused.headers.get("date")) > Date.now() + 9 * MINUTE);
    },
  );
});

describe("the program's FAULTS", () => {
  test("are its plan", LIMIT, () =>
    runProgram({ PORT: "0", JOBS: "5", FAULTS: '[{"kind":"html","times":2}]' }, async ({ stdout }) => {
      const statuses = [];
      for (let request = 0; request < 3; request++) statuses.push((await listing(stdout.trim())).status);
      assert.deepEqual(statuses, [502, 502, 200]);
    }),
  );

  test("must be JSON, and faults", LIMIT, async () => {
    for (const [FAULTS, message] of [
      ["throttle", /^FAULTS must be JSON, such as \[\{"kind":"throttle","page":2\}\], not "throttle"\.\n$/],
      [
        '[{"kind":"html"},{"kind":"fire"}]',
        /^FAULTS: A fault's kind must be one of .*, not "fire" \(fault 2 of 2\)\.\n$/,
      ],
      ["{}", /^FAULTS: Faults must be an array of objects, not an object\.\n$/],
    ]) {
      const { code, stdout, stderr } = await runProgram({ PORT: "0", FAULTS });
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, message);
    }
  });
});
