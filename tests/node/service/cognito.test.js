// An identity pool as it is met in the field, from the emulator's Cognito: identities that are deleted, and refusals that
// are Cognito's and not Rekognition's.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  CognitoError,
  createJobs,
  fromCognitoIdentityPool,
  NetworkError,
  ResourceNotFoundException,
  ServiceError,
} from "rekognition-jobs";
import { LIMIT, serverTest } from "../emulator/calls.js";

const POOL = {
  id: "us-east-1:11111111-2222-3333-4444-555555555555",
  logins: { "login.example.org": ["a token"] },
};
const UNKNOWN = "us-east-1:00000000-0000-0000-0000-000000000000";

describe("an identity that was deleted", () => {
  for (const logins of [undefined, { "login.example.org": "a token" }]) {
    serverTest(
      `is replaced in the same call, ${logins ? "with a login" : "of a guest"}`,
      { strict: true, identityPools: [{ ...POOL, lifetimeMs: 1_000 }] },
      async ({ url, traffic, setFaults }) => {
        const provide = fromCognitoIdentityPool({ identityPoolId: POOL.id, endpoint: url, logins });
        const first = await provide();
        setFaults([{ kind: "deleted-identity" }]);
        const second = await provide();
        assert.notEqual(second.accessKeyId, first.accessKeyId);
        assert.deepEqual(traffic.counters.requests, { GetId: 2, GetCredentialsForIdentity: 3 });
        await provide();
        assert.deepEqual(traffic.counters.requests, { GetId: 2, GetCredentialsForIdentity: 4 });
      },
    );
  }

  serverTest(
    "again and again is told as Cognito's error, and nothing loops",
    { identityPools: [POOL] },
    async ({ url, traffic, setFaults }) => {
      const provide = fromCognitoIdentityPool({ identityPoolId: POOL.id, endpoint: url });
      await provide();
      setFaults([{ kind: "deleted-identity", times: "always" }]);
      await assert.rejects(provide(), (error) => isCognitos(error, "ResourceNotFoundException"));
      assert.deepEqual(traffic.counters.requests, { GetId: 2, GetCredentialsForIdentity: 3 });
      setFaults([]);
      await provide();
    },
  );

  serverTest(
    "is told from a failure of Cognito, after which the identity stays",
    { identityPools: [POOL] },
    async ({ url, traffic, setFaults }) => {
      const provide = fromCognitoIdentityPool({ identityPoolId: POOL.id, endpoint: url });
      await provide();
      setFaults([{ kind: "internal", operation: "GetCredentialsForIdentity", times: "always" }]);
      await assert.rejects(provide(), CognitoError);
      setFaults([]);
      await provide();
      assert.equal(traffic.counters.requests.GetId, 1);
    },
  );

  serverTest(
    "does not disturb the calls that its credentials sign",
    { strict: true, identityPools: [{ ...POOL, lifetimeMs: 1_000 }] },
    async ({ url, setFaults }) => {
      const credentials = fromCognitoIdentityPool({ identityPoolId: POOL.id, endpoint: url });
      const jobs = await createJobs({ endpoint: url, region: "us-east-1", credentials });
      await jobs.listMediaAnalysisJobs({ MaxResults: 1 });
      setFaults([{ kind: "deleted-identity" }]);
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      const { MediaAnalysisJobs } = await jobs.listMediaAnalysisJobs({ MaxResults: 1 });
      assert.equal(MediaAnalysisJobs.length, 1);
      jobs.close();
    },
  );
});

function isCognitos(error, name) {
  assert.ok(error instanceof CognitoError, `${error.stack}`);
  assert.ok(error instanceof ServiceError);
  assert.ok(!(error instanceof ResourceNotFoundException));
  assert.equal(error.constructor, CognitoError);
  assert.equal(error.name, name);
  assert.equal(error.$metadata.httpStatusCode, 400);
  assert.match(error.$metadata.requestId, /^[\da-f-]{36}$/);
  return true;
}

describe("refusals", () => {
  const closed = { id: "us-east-1:99999999-8888-7777-6666-555555555555", guests: false };
  for (const [what, options, name, message] of [
    ["a pool that is not there", { identityPoolId: UNKNOWN }, "ResourceNotFoundException", /not found/],
    ["a pool that is closed to guests", { identityPoolId: closed.id }, "NotAuthorizedException", /Unauthenticated/],
  ]) {
    serverTest(`are Cognito's: ${what}`, { identityPools: [POOL, closed] }, async ({ url }) => {
      const provide = fromCognitoIdentityPool({ endpoint: url, ...options });
      await assert.rejects(provide(), (error) => {
        assert.match(error.message, message);
        return isCognitos(error, name);
      });
    });
  }

  for (const name of ["InvalidParameterException", "TooManyRequestsException", "ExternalServiceException"]) {
    serverTest(`are Cognito's: ${name}`, { identityPools: [POOL] }, async ({ url, setFaults }) => {
      setFaults([{ kind: "refusal", operation: "GetId", name, times: "always" }]);
      const provide = fromCognitoIdentityPool({ identityPoolId: POOL.id, endpoint: url, maxAttempts: 1 });
      await assert.rejects(provide(), (error) => isCognitos(error, name));
    });
  }

  test("no answer is none of Cognito's", LIMIT, async () => {
    const fetch = async () => Promise.reject(new TypeError("fetch failed"));
    const provide = fromCognitoIdentityPool({ identityPoolId: POOL.id, fetch, maxAttempts: 1 });
    await assert.rejects(provide(), (error) => error instanceof NetworkError && !(error instanceof CognitoError));
  });
});
