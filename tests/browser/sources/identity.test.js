// Which sources are the same: places and callers, without a page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createJobs, hostsOf } from "rekognition-jobs";
import { accountOf, callerOfKey, idOf, isSameCaller, isSamePlace, joined } from "../../../web/sources/identity.js";

test("an access key tells its account, where it has the form that does", () => {
  // The first two are examples of those who described the form, T. Be'ery and A. Steele.
  assert.equal(accountOf("ASIAQNZGKIQY56JQ7WML"), "029608264753");
  assert.equal(accountOf("ASIAY34FZKBOKMUTVV7A"), "609629065308");
  assert.equal(accountOf("AKIAQAAAAAAAGEXAMPLE"), "000000000000");
  // AWS's own example is of the older form; others are not keys of AWS at all.
  for (const other of [
    "AKIAIOSFODNN7EXAMPLE",
    "AKIDEXAMPLE",
    "ASIDEXAMPLE1",
    "",
    "ASIAQNZGKIQY56JQ7WM",
    "asiaqnzgkiqy56jq7wml",
    "ASIA777777777777777A",
    "AROAQNZGKIQY56JQ7WML",
  ]) {
    assert.equal(accountOf(other), undefined, other);
  }
});

test("a caller is the same, another, or one of which only the person knows", async () => {
  const [first, second, foreign, plain, otherPlain] = await Promise.all(
    ["ASIAQNZGKIQY56JQ7WML", "ASIAQNZGKIQY5ABCDEFG", "ASIAY34FZKBOKMUTVV7A", "AKIDEXAMPLE", "ASIDEXAMPLE1"].map(
      callerOfKey,
    ),
  );
  const pool = { how: "pool", identityPoolId: "us-east-1:a" };
  const beforeCallers = { how: "keys", keys: [] };
  for (const [one, other, verdict] of [
    [first, first, true],
    [first, second, true],
    [first, foreign, false],
    [plain, plain, true],
    [plain, otherPlain, undefined],
    [plain, first, undefined],
    [beforeCallers, first, undefined],
    [pool, { ...pool }, true],
    [pool, { ...pool, identityPoolId: "us-east-1:b" }, false],
    [pool, { ...pool, login: "accounts.google.com" }, false],
    [pool, first, false],
    [pool, { how: "none" }, false],
    [{ how: "none" }, { how: "none" }, true],
    [{ how: "none" }, plain, false],
  ]) {
    assert.equal(isSameCaller(one, other), verdict, JSON.stringify([one, other]));
    assert.equal(isSameCaller(other, one), verdict);
  }
  const both = joined(plain, otherPlain);
  assert.deepEqual([isSameCaller(both, plain), isSameCaller(both, otherPlain)], [true, true]);
  assert.equal(joined(plain, first).account, "029608264753");
  assert.ok(!JSON.stringify([first, both]).includes("IDEXAMPLE") && !JSON.stringify(first).includes("QNZGKIQY"));
});

test("every part of a place makes another one, every spelling of it the same", () => {
  const place = { region: "us-east-1", endpoint: "https://a.example/x", s3Endpoint: "https://s3.example" };
  const caller = { how: "none" };
  assert.ok(isSamePlace(place, { ...place, endpoint: "HTTPS://A.example:443/x", s3Endpoint: "https://s3.example/" }));
  assert.ok(isSamePlace({ region: "a" }, { region: "a", endpoint: undefined, useFipsEndpoint: false }));
  const others = [
    { region: "us-west-2" },
    { endpoint: "https://b.example/x" },
    { endpoint: undefined },
    { s3Endpoint: undefined },
    { s3Endpoint: "https://s3.example/y" },
    { useFipsEndpoint: true },
    { useDualstackEndpoint: true },
  ].map((change) => ({ ...place, ...change }));
  for (const other of others) assert.ok(!isSamePlace(place, other), JSON.stringify(other));
  const ids = [place, ...others].map((each) => idOf({ place: each, caller }));
  assert.equal(new Set(ids).size, ids.length);
});

test("the hosts that are told are those that get the requests", async () => {
  const regions = ["us-east-1", "eu-west-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1", "us-iso-east-1"];
  const options = [
    ...regions.flatMap((region) => [
      { region },
      { region, useFipsEndpoint: true },
      { region, useDualstackEndpoint: true },
    ]),
    { region: "us-east-1", endpoint: "https://a.example:8443/x" },
    { region: "us-east-1", s3Endpoint: "http://localhost:9000/s3" },
    { region: "us-east-1", endpoint: "https://a.example", s3Endpoint: "https://b.example" },
  ];
  for (const each of options) {
    const asked = [];
    const jobs = await createJobs({
      ...each,
      maxAttempts: 1,
      fetch: async (url) => {
        asked.push(new URL(String(url)).host);
        return new Response("{}", { status: 403 });
      },
    });
    const { service, s3 } = hostsOf(each);
    await assert.rejects(jobs.listMediaAnalysisJobs());
    assert.deepEqual(asked.splice(0), [service]);
    const isS3 = (host) => (s3.startsWith("*.") ? host === `some-bucket${s3.slice(1)}` : host === s3);
    const isRefused = each.region === "cn-north-1" && each.useFipsEndpoint;
    await assert.rejects(jobs.image("s3://some-bucket/key.jpg"));
    assert.ok(isRefused ? asked.length === 0 : isS3(asked[0]), `${asked} ${s3}`);
    jobs.close();
  }
  assert.equal(
    hostsOf({ identityPoolId: "cn-north-1:x" }).identityPool,
    "cognito-identity.cn-north-1.amazonaws.com.cn",
  );
  assert.equal(hostsOf({ identityPoolId: "us-east-1:x", endpoint: "https://a.example" }).identityPool, "a.example");
  assert.deepEqual(hostsOf({}), { service: undefined, s3: undefined, identityPool: undefined });
  for (const wrong of [
    { endpoint: "http://example.com" },
    { region: "a b" },
    { s3Endpoint: "ftp://x" },
    { endpoint: "x" },
  ]) {
    assert.throws(() => hostsOf(wrong), TypeError);
  }
});
