// Keys in every form in which people copy them, without a page.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isSamePlace } from "../../../web/sources/identity.js";
import { placeOf, requestOf } from "../../../web/sources/account_request.js";
import { readCredentials } from "../../../web/sources/pasted_credentials.js";

const accessKeyId = "ASIAQNZGKIQY56JQ7WML";
const secretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const sessionToken = "IQoJb3JpZ2luX2VjEHoaCXVzLWVhc3QtMSJHMEUCIQ//token==";
const pair = { accessKeyId, secretAccessKey };
const session = { ...pair, sessionToken };

/** The forms of a session; the token may be empty. */
const SESSIONS = {
  "shell exports": (token) =>
    `export AWS_ACCESS_KEY_ID=${accessKeyId}\nexport AWS_SECRET_ACCESS_KEY=${secretAccessKey}\nexport AWS_SESSION_TOKEN=${token}`,
  "shell exports, quoted": (token) =>
    `export AWS_ACCESS_KEY_ID="${accessKeyId}"\nexport AWS_SECRET_ACCESS_KEY="${secretAccessKey}"\nexport AWS_SESSION_TOKEN="${token}"`,
  "in another order": (token) =>
    `AWS_SESSION_TOKEN=${token}\nAWS_SECRET_ACCESS_KEY=${secretAccessKey}\nAWS_ACCESS_KEY_ID=${accessKeyId}`,
  "one line": (token) =>
    `AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SESSION_TOKEN='${token}' AWS_SECRET_ACCESS_KEY=${secretAccessKey} aws s3 ls`,
  "a profile": (token) =>
    `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\naws_session_token = ${token}`,
  "a profile whose token is not last": (token) =>
    `[default]\naws_session_token = ${token}\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`,
  "a profile, its token before other settings": (token) =>
    `[default]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\naws_session_token=${token}\nregion=eu-west-1`,
  "the CLI's JSON": (token) =>
    JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: token }),
  "the answer of STS": (token) =>
    JSON.stringify(
      {
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretAccessKey: secretAccessKey,
          SessionToken: token,
          Expiration: "2026-11-28T12:00:00Z",
        },
        AssumedRoleUser: { AssumedRoleId: "AROA:me", Arn: "arn:aws:sts::1:assumed-role/a/me" },
      },
      null,
      4,
    ),
  "an instance's metadata": (token) =>
    JSON.stringify(
      { Code: "Success", AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: token },
      null,
      2,
    ),
  "the SDK's JavaScript": (token) =>
    `{ accessKeyId: '${accessKeyId}', secretAccessKey: '${secretAccessKey}', sessionToken: '${token}' }`,
  PowerShell: (token) =>
    `$Env:AWS_ACCESS_KEY_ID="${accessKeyId}"\n$Env:AWS_SECRET_ACCESS_KEY="${secretAccessKey}"\n$Env:AWS_SESSION_TOKEN="${token}"`,
  "Windows' cmd": (token) =>
    `SET AWS_ACCESS_KEY_ID=${accessKeyId}\nSET AWS_SECRET_ACCESS_KEY=${secretAccessKey}\nSET AWS_SESSION_TOKEN=${token}`,
  fish: (token) =>
    `set -gx AWS_ACCESS_KEY_ID ${accessKeyId}\nset -gx AWS_SECRET_ACCESS_KEY '${secretAccessKey}'\nset -gx AWS_SESSION_TOKEN ${token}`,
  "a table": (token) => `Access key ID,Secret access key,Session token\n${accessKeyId},${secretAccessKey},${token}`,
};

/** IAM's files, which have no token. */
const PAIRS = {
  "IAM's CSV of an access key": `Access key ID,Secret access key\n${accessKeyId},${secretAccessKey}`,
  "with a user": `User Name,Access key ID,Secret access key\n"me",${accessKeyId},${secretAccessKey}`,
  "of a user with a password":
    "User name,Password,Access key ID,Secret access key,Console login link\n" +
    `me,"a,""b"" c",${accessKeyId},${secretAccessKey},https://1.signin.aws.amazon.com/console`,
  "every cell quoted": `"Access key ID","Secret access key"\n"${accessKeyId}","${secretAccessKey}"`,
  "from a spreadsheet": `Access key ID\tSecret access key\n${accessKeyId}\t${secretAccessKey}`,
  "from a German one": `Access key ID;Secret access key\n${accessKeyId};${secretAccessKey}`,
  "with a token left empty in the middle": `Access key ID,Session token,Secret access key\n${accessKeyId},,${secretAccessKey}`,
  "as the console shows it": `Access key ID: ${accessKeyId}\nSecret access key: ${secretAccessKey}`,
};

/** How a clipboard or a file may dress a text. */
const DRESSES = {
  "as it is": (text) => text,
  "lines end with CRLF": (text) => `${text}\n`.replaceAll("\n", "\r\n"),
  "a byte order mark, CRLF": (text) => `\ufeff${text}\n`.replaceAll("\n", "\r\n"),
  indented: (text) => `\n  ${text.replaceAll("\n", "\n  ")}\n\n`,
};

for (const [how, dress] of Object.entries(DRESSES)) {
  describe(`pasted keys, ${how}`, () => {
    for (const [name, write] of Object.entries(SESSIONS)) {
      test(`${name}: with a token, and with an empty one`, () => {
        assert.deepEqual(readCredentials(dress(write(sessionToken))), session);
        assert.deepEqual(readCredentials(dress(write(""))), pair);
      });
    }
    for (const [name, text] of Object.entries(PAIRS)) {
      test(name, () => assert.deepEqual(readCredentials(dress(text)), pair));
    }
  });
}

test("keys do not take the token of others", () => {
  const other = "aws_access_key_id = AKIAOTHER\naws_secret_access_key = other-secret";
  const mine = SESSIONS["a profile"](sessionToken);
  assert.deepEqual(readCredentials(`${mine}\n\n[other]\n${other}`), session);
  assert.deepEqual(readCredentials(`[empty]\nregion = eu-west-1\n${mine}`), session);
  assert.deepEqual(readCredentials(`[other]\n${other}\n${mine}`), {
    accessKeyId: "AKIAOTHER",
    secretAccessKey: "other-secret",
  });
  assert.deepEqual(readCredentials(`${SESSIONS["shell exports"](sessionToken)}\n${other}`), {
    accessKeyId: "AKIAOTHER",
    secretAccessKey: "other-secret",
  });
  assert.deepEqual(readCredentials(`${SESSIONS["a profile"]("")}\n# aws_session_token = of-yesterday`), pair);
});

test("what does not name both keys is none", () => {
  for (const text of [
    "",
    "\ufeff\r\n",
    accessKeyId,
    `AWS_ACCESS_KEY_ID=${accessKeyId}`,
    `AWS_ACCESS_KEY_ID=\nAWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    `AWS_ACCESS_KEY_ID=${accessKeyId}\nAWS_SECRET_ACCESS_KEY=`,
    "Access key ID,Secret access key",
    `Access key ID,Secret access key\n${accessKeyId},`,
    `${accessKeyId},${secretAccessKey}`,
    '{"NextToken":"a","accessKeyId":"b"}',
    '",'.repeat(10_000),
  ]) {
    assert.equal(readCredentials(text), undefined, text.slice(0, 60));
  }
});

test("a place is the same in each form of its region, and keys are the same caller's", async () => {
  const form = (region, key = accessKeyId) => ({ region, how: "keys", accessKeyId: key, secretAccessKey });
  for (const region of ["us-east-1", " US-EAST-1 ", "us-east-1a", '"us-east-1"', "", undefined])
    assert.ok(isSamePlace(placeOf(form(region)), { region: "us-east-1" }), region);
  const { caller } = await requestOf(form("us-east-1"));
  for (const key of [` ${accessKeyId}\n`, `"${accessKeyId}"`, `\ufeff'${accessKeyId}'`])
    assert.deepEqual((await requestOf(form("us-east-1", key))).caller, caller);
  await assert.rejects(requestOf(form("not a region")), /"not a region" is not a region/);
});
