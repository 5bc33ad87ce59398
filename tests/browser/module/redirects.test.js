// Redirects as a browser hides them: no signed request is sent on, whatever sends it, and the error names the host.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { wireJob } from "../../node/jobs_of.js";
import { startHost, STATUSES } from "../../redirects.js";
import { LIMIT, useStage } from "../browser.js";
import { startModuleHost } from "./module_host.js";

const JOB = wireJob("a1", { Status: "SUCCEEDED" });
/** Chromium tells of refused requests in its console. */
const expected = /Failed to load resource/;

const stage = useStage({ jobs: 0 });
let host;
let first;
let second;
let answer;
before(async () => {
  host = await startModuleHost();
  first = await startHost((request) => answer(request));
  second = await startHost();
}, LIMIT);
after(async () => {
  await host?.close();
  first?.close();
  second?.close();
}, LIMIT);

/** Makes a call in the page and gives its error. */
async function errorOf(page, call, place = { endpoint: first.url, s3Endpoint: first.url }) {
  first.requests.length = 0;
  const error = await page.evaluate(
    async ({ endpoint, place, call, job }) => {
      const { createJobs, fromCognitoIdentityPool } = await import("/package/index.js");
      const keys = {
        accessKeyId: "ASIAQ3EGTX7LK2PO9Z5W",
        secretAccessKey: "hG7+qk/2LmZx9Wc4RtYbN8vU",
        sessionToken: "IQoJb3JpZ2luX2",
      };
      const pool = fromCognitoIdentityPool({
        identityPoolId: "us-east-1:a",
        endpoint,
        logins: { idp: "eyJraWQiOiJxN1pQ" },
      });
      const calls = {
        list: (jobs) => jobs.listMediaAnalysisJobs(),
        load: (jobs) => jobs.load(),
        results: (jobs) => jobs.results("a1"),
        "a signed image": (jobs) => jobs.image("s3://input-bucket/a.png"),
        "an image that is not signed": (jobs) => jobs.image("s3://foreign/a.png"),
        Cognito: (jobs) => jobs.load(),
      };
      const jobs = await createJobs({ ...place, credentials: call === "Cognito" ? pool : keys });
      await jobs.import(JSON.stringify(job));
      try {
        await calls[call](jobs);
        return {};
      } catch ({ name, message, $metadata }) {
        return { name, message, $metadata };
      } finally {
        jobs.close();
      }
    },
    { endpoint: first.url, place, call, job: JOB },
  );
  assert.deepEqual(second.requests, [], `${call}: ${error.message}`);
  return error;
}

for (const call of ["list", "load", "results", "a signed image", "an image that is not signed", "Cognito"]) {
  test(`${call} is not sent on`, LIMIT, () =>
    stage.onPage({ url: host.url, loaded: false, expected }, async (page) => {
      for (const status of STATUSES) {
        for (const location of [
          `${second.url}elsewhere`,
          `http://user:pass@${second.host}/`,
          "/elsewhere",
          `//${second.host}`,
        ]) {
          answer = () => ({ status, headers: { location } });
          const { name, message, $metadata } = await errorOf(page, call);
          assert.equal(name, "InvalidResponseError", `${status} ${location}: ${message}`);
          assert.ok(message.includes(`http://${first.host} redirects to where a page cannot see`), message);
          assert.equal($metadata.attempts, 1);
          assert.equal(first.requests.length, 1);
        }
      }
    }),
  );
}

test("S3's own redirect is signed anew for a host made here, its region asked for without a signature", LIMIT, () =>
  stage.onPage({ url: host.url, loaded: false, expected: /./ }, async (page) => {
    const asked = [];
    const headers = { "access-control-allow-origin": "*" };
    const body =
      "<Error><Code>PermanentRedirect</Code><Endpoint>input-bucket.s3.eu-west-1.amazonaws.com</Endpoint></Error>";
    await page.route("https://*.amazonaws.com/**", async (route) => {
      const request = route.request();
      const { host: name } = new URL(request.url());
      asked.push([name, /\/([^/]+)\/s3\//.exec(await request.headerValue("authorization"))?.[1]]);
      if (name.includes("us-east-1")) return route.fulfill({ status: 301, headers, body });
      return route.fulfill({ status: 404, headers, body: "<Error><Code>NoSuchKey</Code></Error>" });
    });
    const { name, $metadata } = await errorOf(page, "a signed image", { region: "us-east-1" });
    const [here, there] = ["us-east-1", "eu-west-1"].map((region) => `input-bucket.s3.${region}.amazonaws.com`);
    assert.deepEqual(asked, [
      [here, "us-east-1"],
      [here, undefined],
      [there, "eu-west-1"],
    ]);
    assert.deepEqual([name, $metadata.attempts], ["NoSuchKey", 2]);
  }),
);

test("the question whether a host answers at all carries nothing of the request", LIMIT, () =>
  stage.onPage({ url: host.url, loaded: false, expected: /./ }, async (page) => {
    answer = () => ({ headers: { "access-control-allow-origin": "https://another.example" } });
    const { name, message } = await errorOf(page, "a signed image");
    assert.equal(name, "NetworkError");
    assert.match(message, /^The bucket input-bucket answers, but does not let a page/);
    const { method, url, headers, body } = first.requests.at(-1);
    assert.deepEqual([method, url, body], ["HEAD", "/", ""]);
    for (const header of ["authorization", "x-amz-security-token", "cookie", "referer"])
      assert.equal(headers[header], undefined);
  }),
);
