// The stand-in for Amazon Cognito: identities, credentials that the endpoint then knows, and the documented refusals.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ListMediaAnalysisJobsCommand } from "@aws-sdk/client-rekognition";
import { LIMIT, post, serverTest, withSdk, withServer } from "./calls.js";

const OPEN = {
  id: "us-east-1:11111111-2222-3333-4444-555555555555",
  logins: { "login.example.org": ["a token", "its successor"] },
};
const CLOSED = { id: "us-east-1:99999999-8888-7777-6666-555555555555", guests: false, logins: OPEN.logins };
const UNKNOWN = "us-east-1:00000000-0000-0000-0000-000000000000";
const LOGIN = { "login.example.org": "a token" };

const ask = (url, operation, input) => post(url, operation, input, { service: "AWSCognitoIdentityService" });

async function credentialsOf(url, IdentityPoolId, Logins) {
  const {
    json: { IdentityId },
  } = await ask(url, "GetId", { IdentityPoolId, Logins });
  assert.match(IdentityId, /^us-east-1:[0-9a-f-]{36}$/);
  const { status, json } = await ask(url, "GetCredentialsForIdentity", { IdentityId, Logins });
  assert.equal(status, 200);
  assert.equal(json.IdentityId, IdentityId);
  assert.deepEqual(Object.keys(json.Credentials).sort(), ["AccessKeyId", "Expiration", "SecretKey", "SessionToken"]);
  return { IdentityId, ...json.Credentials };
}

test("credentials of a guest sign what a strict endpoint answers, until they expire", LIMIT, async () => {
  let now = Date.UTC(2026, 10, 24, 12);
  await withServer(
    { strict: true, identityPools: [{ ...OPEN, lifetimeMs: 600_000 }], now: () => now },
    async ({ url, traffic }) => {
      const { AccessKeyId, SecretKey, SessionToken, Expiration } = await credentialsOf(url, OPEN.id);
      assert.equal(Expiration, now / 1000 + 600);
      const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken };
      const list = () =>
        withSdk(url, { credentials, systemClockOffset: now - Date.now() }, (client) =>
          client.send(new ListMediaAnalysisJobsCommand({})),
        );
      assert.equal((await list()).MediaAnalysisJobs.length, 100);
      now += 600_000;
      await assert.rejects(list(), { name: "ExpiredTokenException" });
      assert.notEqual((await credentialsOf(url, OPEN.id)).SessionToken, SessionToken);
      assert.deepEqual(traffic.counters.requests, { GetId: 2, GetCredentialsForIdentity: 2, ListMediaAnalysisJobs: 2 });
      assert.ok(!JSON.stringify(traffic).includes(SecretKey) && !JSON.stringify(traffic).includes(SessionToken));
    },
  );
});

serverTest("a login has one identity, every guest a new one", { identityPools: [OPEN, CLOSED] }, async ({ url }) => {
  const first = await credentialsOf(url, OPEN.id, LOGIN);
  const again = await credentialsOf(url, OPEN.id, { "login.example.org": "its successor" });
  assert.equal(again.IdentityId, first.IdentityId);
  assert.notEqual(again.SessionToken, first.SessionToken);
  assert.notEqual((await credentialsOf(url, CLOSED.id, LOGIN)).IdentityId, first.IdentityId);
  assert.notEqual((await credentialsOf(url, OPEN.id)).IdentityId, (await credentialsOf(url, OPEN.id)).IdentityId);
});

serverTest("refusals are the documented ones", { identityPools: [OPEN, CLOSED] }, async ({ url }) => {
  const guest = (await ask(url, "GetId", { IdentityPoolId: OPEN.id })).json.IdentityId;
  const user = (await ask(url, "GetId", { IdentityPoolId: OPEN.id, Logins: LOGIN })).json.IdentityId;
  const DENIED = "NotAuthorizedException";
  for (const [operation, input, name, message] of [
    ["GetId", { IdentityPoolId: UNKNOWN }, "ResourceNotFoundException", `IdentityPool '${UNKNOWN}' not found.`],
    ["GetId", { IdentityPoolId: "no pool" }, "ValidationException"],
    ["GetId", {}, "ValidationException"],
    ["GetId", { IdentityPoolId: 7 }, "SerializationException"],
    ["GetId", { IdentityPoolId: CLOSED.id }, DENIED, "Unauthenticated access is not supported for this identity pool."],
    [
      "GetId",
      { IdentityPoolId: CLOSED.id, Logins: {} },
      DENIED,
      "Unauthenticated access is not supported for this identity pool.",
    ],
    [
      "GetId",
      { IdentityPoolId: OPEN.id, Logins: { "login.example.org": "forged" } },
      DENIED,
      "Invalid login token. Can't parse or verify it.",
    ],
    [
      "GetId",
      { IdentityPoolId: OPEN.id, Logins: { "login.example.com": "a token" } },
      DENIED,
      "Token is not from a supported provider of this identity pool.",
    ],
    ["GetId", { IdentityPoolId: OPEN.id, Logins: { constructor: "a token" } }, DENIED],
    [
      "GetCredentialsForIdentity",
      { IdentityId: UNKNOWN },
      "ResourceNotFoundException",
      `Identity '${UNKNOWN}' not found.`,
    ],
    ["GetCredentialsForIdentity", {}, "ValidationException"],
    ["GetCredentialsForIdentity", { IdentityId: user }, DENIED, `Access to Identity '${user}' is forbidden.`],
    [
      "GetCredentialsForIdentity",
      { IdentityId: guest, Logins: LOGIN },
      DENIED,
      `Access to Identity '${guest}' is forbidden.`,
    ],
    ["GetCredentialsForIdentity", { IdentityId: user, Logins: { "login.example.org": "forged" } }, DENIED],
    ["ListIdentities", {}, "UnknownOperationException"],
  ]) {
    const { status, headers, json } = await ask(url, operation, input);
    const what = `${operation} ${JSON.stringify(input)}`;
    assert.deepEqual([status, json.__type, headers.get("x-amzn-errortype")], [400, name, name], what);
    if (message) assert.deepEqual([json.message, headers.get("x-amzn-errormessage")], [message, message], what);
  }
});

serverTest(
  "deleted-identity: an identity is gone for good, as that of its login",
  { identityPools: [OPEN] },
  async ({ url, setFaults }) => {
    for (const Logins of [undefined, LOGIN]) {
      const { IdentityId } = await credentialsOf(url, OPEN.id, Logins);
      setFaults([{ kind: "deleted-identity" }]);
      for (let i = 0; i < 2; i++) {
        const { status, json } = await ask(url, "GetCredentialsForIdentity", { IdentityId, Logins });
        assert.deepEqual([status, json.__type], [400, "ResourceNotFoundException"]);
        assert.equal(json.message, `Identity '${IdentityId}' not found.`);
      }
      assert.notEqual((await credentialsOf(url, OPEN.id, Logins)).IdentityId, IdentityId);
    }
  },
);

serverTest("without pools there is no Cognito", {}, async ({ url }) => {
  assert.equal((await ask(url, "GetId", { IdentityPoolId: OPEN.id })).json.__type, "UnknownOperationException");
});
