// No request is sent on by a redirect: every call, every status, wherever it leads; a second host never hears of it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { inspect } from "node:util";
import { createJobs, fromCognitoIdentityPool, InvalidResponseError } from "rekognition-jobs";
import { startHost, STATUSES, targetsOf } from "../../redirects.js";
import { LIMIT } from "../emulator/calls.js";
import { wireJob } from "../jobs_of.js";

const CREDENTIALS = {
  accessKeyId: "ASIAQ3EGTX7LK2PO9Z5W",
  secretAccessKey: "hG7+qk/2LmZx9Wc4RtYbN8vUeJ5sPd3AfT6oKiQ1",
  sessionToken: "IQoJb3JpZ2luX2VjEJr",
};
const LOGIN = "eyJraWQiOiJxN1pQ.eyJzdWIiOiI5ZjQ";
const HIDDEN = [...Object.values(CREDENTIALS), LOGIN, "pass-1234", "hidden-"];
const JOB = wireJob("a1", { Status: "SUCCEEDED" });
const IMAGE = "s3://input-bucket/a.png";

/** The first host's answers: what `good` gives, and then redirects. */
let answers;
let first;
let second;
before(async () => {
  first = await startHost((request, index) => answers(request, index));
  second = await startHost();
});
after(() => {
  first?.close();
  second?.close();
});

const pageOf = (jobs, NextToken) => ({ body: JSON.stringify({ MediaAnalysisJobs: jobs, NextToken }) });
const signIn = () =>
  fromCognitoIdentityPool({
    identityPoolId: "us-east-1:1699ebc0-7900-4099-b910-2df94f52a030",
    endpoint: first.url,
    logins: { idp: LOGIN },
  });
const withStored = (use) => async (jobs) => {
  await jobs.import(JSON.stringify(JOB));
  return use(jobs);
};

/** Each call that sends something: `good` are the answers before the redirect, `options` those of the Jobs. */
const CALLS = {
  list: { use: (jobs) => jobs.listMediaAnalysisJobs() },
  get: { use: (jobs) => jobs.getMediaAnalysisJob({ JobId: "a" }) },
  paginate: { use: (jobs) => jobs.paginateListMediaAnalysisJobs().next() },
  load: { use: (jobs) => jobs.load() },
  "load's second page, which is sent ahead": { good: [pageOf([JOB], "t1")], use: (jobs) => jobs.load() },
  refresh: { use: (jobs) => jobs.refresh() },
  "a request that is not signed": { options: { credentials: undefined }, use: (jobs) => jobs.load() },
  results: { use: withStored((jobs) => jobs.results("a1")) },
  "a signed image": { use: withStored((jobs) => jobs.image(IMAGE)) },
  "an image that is not signed": { use: (jobs) => jobs.image(IMAGE) },
  "Cognito's GetId": { options: () => ({ credentials: signIn() }), use: (jobs) => jobs.load() },
  // Each time another pool's provider: one that knows its identity does not ask for it again.
  "Cognito's GetCredentialsForIdentity": {
    good: [{ body: '{"IdentityId":"us-east-1:a"}' }],
    options: () => ({ credentials: () => signIn()() }),
    use: (jobs) => jobs.load(),
  },
};

/**
 * Uses a function that makes the call against a redirect and gives its error, once it is sure that nothing was sent on.
 * @template T
 * @param {(typeof CALLS)[string]} call
 * @param {(errorOf: (redirect: object) => Promise<Error>) => Promise<T>} test
 */
async function withCall({ use, good = [], options = {} }, test) {
  const own = typeof options === "function" ? options() : options;
  const jobs = await createJobs({ endpoint: first.url, s3Endpoint: first.url, credentials: CREDENTIALS, ...own });
  try {
    return await test(async (redirect) => {
      first.requests.length = 0;
      answers = (_, index) => good[index] ?? redirect;
      const error = await use(jobs).then(
        () => assert.fail("the redirect was taken for an answer"),
        (reason) => reason,
      );
      assert.equal(first.requests.length, good.length + 1, "the request is not repeated");
      assert.deepEqual(second.requests, []);
      const shown = `${inspect(error, { depth: 9, showHidden: true })}${error.stack}${JSON.stringify(error)}`;
      for (const hidden of HIDDEN) assert.ok(!shown.includes(hidden), shown);
      return error;
    });
  } finally {
    jobs.close();
  }
}

describe("a redirect is an error that names both hosts, and no host hears of the request but the one that was asked", () => {
  for (const [name, call] of Object.entries(CALLS)) {
    test(name, LIMIT, () =>
      withCall(call, async (errorOf) => {
        for (const status of STATUSES) {
          for (const [kind, { location, names }] of Object.entries(targetsOf(first, second))) {
            const error = await errorOf({ status, headers: location === undefined ? {} : { location } });
            const what = `${status} to ${kind}: ${error.stack}`;
            assert.ok(error instanceof InvalidResponseError, what);
            assert.ok(error.message.includes(`http://${first.host} redirects to `), what);
            assert.ok(error.message.includes(names), what);
            assert.equal(error.$retryable, undefined, what);
            assert.deepEqual(error.$metadata, { httpStatusCode: status, attempts: 1 }, what);
          }
        }
      }),
    );
  }
});

test("what came before the redirect is kept, and told", LIMIT, () =>
  withCall(CALLS["load's second page, which is sent ahead"], async (errorOf) => {
    const { loaded } = await errorOf({ status: 307, headers: { location: second.url } });
    assert.deepEqual([loaded.added, loaded.NextToken], [1, "t1"]);
  }),
);

describe("a fetch that hides or follows redirects", () => {
  /** A Response with the members that a runtime's own has, but no constructor can give. */
  const responseLike = (members, body = null) =>
    Object.defineProperties(
      new Response(body),
      Object.fromEntries(Object.entries(members).map(([name, value]) => [name, { value }])),
    );
  const own = (response) => ({
    fetch: async (url, init) => {
      assert.equal(init.redirect, "manual");
      await fetch(url, init);
      return response();
    },
  });

  for (const name of ["list", "load", "results", "a signed image", "Cognito's GetId"]) {
    test(`${name}: one that is opaque, as a page sees it`, LIMIT, async () => {
      const opaque = () => responseLike({ type: "opaqueredirect", status: 0, ok: false });
      const error = await errorWith(name, own(opaque));
      assert.match(error.message, new RegExp(`http://${first.host} redirects to where a page cannot see`));
    });

    test(`${name}: one that was followed`, LIMIT, async () => {
      const there = `https://evil.example/${"x".repeat(20)}?hidden-query`;
      for (const members of [
        { redirected: true, url: there },
        { redirected: false, url: there },
        { url: there },
        { redirected: true, url: `${first.url}elsewhere` },
        { redirected: true },
      ]) {
        const error = await errorWith(
          name,
          own(() => responseLike(members, JSON.stringify({ MediaAnalysisJobs: [JOB] }))),
        );
        const to = members.url === there ? "https://evil.example" : members.url ? `http://${first.host}` : "";
        assert.ok(error.message.includes(`http://${first.host} redirects to ${to}`), error.message);
        assert.match(error.message, /`fetch` followed: its answer is not taken/);
      }
    });
  }

  /** Where the runtime hides the redirect's status, none is told. */
  async function errorWith(name, options) {
    const call = CALLS[name];
    const isCognito = name.startsWith("Cognito");
    const cognito = () => ({
      credentials: fromCognitoIdentityPool({
        identityPoolId: "us-east-1:a",
        endpoint: first.url,
        logins: { idp: LOGIN },
        ...options,
      }),
    });
    const error = await withCall({ ...call, options: isCognito ? cognito : options }, (errorOf) => errorOf({}));
    assert.ok(error instanceof InvalidResponseError, error.stack);
    assert.deepEqual([error.$metadata.httpStatusCode, error.$metadata.attempts], [undefined, 1]);
    return error;
  }
});
