// What a request costs the emulator grows no faster than the request, whatever is in it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createAccount } from "../../../emulator/account/account.js";
import { createAuthentication } from "../../../emulator/protocol/authentication.js";
import { createEndpoint } from "../../../emulator/rekognition/endpoint.js";
import { createHostCheck } from "../../../emulator/http/host_names.js";
import { readQuery, readTarget } from "../../../emulator/http/request_target.js";
import { createS3Authentication } from "../../../emulator/s3/authentication.js";
import { createS3Endpoint } from "../../../emulator/s3/endpoint.js";
import { startServer } from "../../../emulator/server.js";
import { createSessions } from "../../../emulator/protocol/sessions.js";
import { LIMIT, naming, rawRequest } from "./calls.js";

const NOW = Date.UTC(2026, 10, 24, 11, 30);
const DATE = "20261124T113000Z";
const SIGNED = "host;x-amz-content-sha256;x-amz-date;x-amz-target";

const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const authorization = (service, signedHeaders = SIGNED, signature = "0".repeat(64)) =>
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261124/us-east-1/${service}/aws4_request, SignedHeaders=${signedHeaders}, Signature=${signature}`;
const signed = (service, headers = {}) => ({
  authorization: authorization(service),
  "x-amz-date": DATE,
  "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
  ...headers,
});

/** The processor's time that a run takes, in milliseconds: unlike a clock's, it does not count what others take. */
async function timeOf(run) {
  const begun = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

/** The least of three tries: what else the process does only ever adds. */
const leastTime = async (run) => Math.min(await timeOf(run), await timeOf(run), await timeOf(run));

describe("over HTTP, requests as large as Node takes are answered at once", () => {
  let server;
  before(async () => (server = await startServer({ port: 0, jobs: 300, now: () => NOW })), LIMIT);
  after(() => server?.close(), LIMIT);

  /** Parameters of 15 kB in all. */
  const QUERIES = {
    "distinct names": many(3000, (index) => index.toString(36))
      .join("&")
      .slice(0, 15_000),
    "one name": "a=&".repeat(5000),
    "empty names": "&=".repeat(7500),
    "nested escapes": "%25".repeat(5000),
    "question marks": "?".repeat(15_000),
    pluses: "+".repeat(15_000),
    "bad escapes": "%".repeat(15_000),
  };
  const REQUESTS = {
    ...Object.fromEntries(
      Object.entries(QUERIES).flatMap(([name, query]) => [
        [`the page, ${name}`, { path: `/?${query}` }],
        [`S3, ${name}`, { path: `/s3/acme-archive/none?${query}` }],
        [`S3 signed, ${name}`, { path: `/s3/acme-archive/none?${query}`, headers: signed("s3") }],
        [
          `the service signed, ${name}`,
          {
            path: `/?${query}`,
            method: "POST",
            body: "{}",
            headers: { ...signed("rekognition"), ...naming("ListMediaAnalysisJobs") },
          },
        ],
      ]),
    ),
    "a path of dots": { path: "/..".repeat(5000) },
    "a path up and down": { path: `${"/a".repeat(3750)}${"/..".repeat(2500)}` },
    "a path of escapes": { path: `/${"%2e%2e%2f".repeat(1600)}` },
    "a path of slashes": { path: "/".repeat(15_000) },
    "a key of digits": { path: `/s3/acme-archive/${"0".repeat(14_900)}-results.json` },
    "many headers": {
      path: "/s3/acme-archive/none",
      headers: Object.fromEntries(many(1500, (index) => [`x-a${index}`, ""])),
    },
    "many signed headers": {
      path: "/s3/acme-archive/none",
      headers: {
        ...signed("s3", {
          authorization: authorization("s3", [SIGNED, ...many(700, (index) => `x-a${index}`)].join(";")),
        }),
        ...Object.fromEntries(many(700, (index) => [`x-a${index}`, ""])),
      },
    },
    "an Authorization of commas": { path: "/s3/acme-archive/none", headers: { authorization: ", ".repeat(7000) } },
    "an Authorization of equal-signs": {
      path: "/s3/acme-archive/none",
      headers: { authorization: `a ${"a=".repeat(7000)}` },
    },
    "a host of labels": { path: "/", headers: { host: `${"s3.a-".repeat(2800)}1.amazonaws.com.x` } },
    "a pre-flight of names": {
      path: "/",
      method: "OPTIONS",
      headers: {
        origin: "http://a.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "a, ".repeat(4500),
      },
    },
  };
  for (const [name, { path, ...options }] of Object.entries(REQUESTS)) {
    test(name, LIMIT, async () => {
      const time = await leastTime(async () => {
        const { status } = await rawRequest(server.url, path, options);
        assert.ok(status >= 200 && status < 500, `${status}`);
      });
      assert.ok(time < 150, `${Math.round(time)} ms`);
    });
  }
});

/** A quadratic step would take minutes over what these are given, a linear one a second at most. */
describe("a million characters take no time that grows with their square", () => {
  const SIZE = 1_000_000;
  const account = createAccount({ now: NOW, jobs: 300 });
  const sessions = createSessions([], () => NOW);
  const service = createEndpoint({
    account,
    now: () => NOW,
    authenticate: createAuthentication({ sessions, region: "us-east-1" }),
  });
  const s3 = createS3Endpoint({ account, now: () => NOW, authenticate: createS3Authentication({ sessions }) });
  const list = (headers, body = "{}", query = undefined) =>
    service({
      method: "POST",
      query,
      headers: { host: "localhost", ...naming("ListMediaAnalysisJobs"), ...headers },
      body,
    });
  const get = (path, headers = {}, query = undefined) =>
    s3({ method: "GET", path, query, headers: { host: "localhost", ...headers }, body: "" });
  const ask = (input) => list({}, JSON.stringify(input));
  const preflight = { origin: "http://a.example", "access-control-request-method": "GET" };
  const isOurs = createHostCheck();

  const STEPS = {
    "a target with parameters": () => readTarget({ url: `/?${"&a".repeat(SIZE / 2)}`, rawHeaders: [] }),
    "an absolute target": () =>
      readTarget({ url: `http://${"a".repeat(SIZE)}`, rawHeaders: many(SIZE / 10, () => "host") }),
    "parameters of distinct names": () => readQuery(many(SIZE / 6, (index) => index.toString(36)).join("&")),
    "parameters of one name": () => readQuery("a=1&".repeat(SIZE / 4)),
    "a host of labels": () => isOurs("a.".repeat(SIZE / 2)),
    "a host of colons": () => isOurs(`[${":".repeat(SIZE)}`),
    "a host of S3's labels": () => s3.serves({ path: "/", host: "s3.a-a-".repeat(SIZE / 7) }),
    "a host of S3's dashes": () => s3.serves({ path: "/", host: `s3.${"a-".repeat(SIZE / 2)}` }),
    "a host of S3's dots": () => s3.serves({ path: "/", host: `a${".s3".repeat(SIZE / 3)}` }),
    "a path": () => get(`/s3/acme-archive/${"0a".repeat(SIZE / 2)}-results.jsonl`),
    "a path of escapes": () => get(`/s3/acme-archive/${"%2f".repeat(SIZE / 3)}`),
    "a key like an image's": () => get(`/s3/acme-archive/uploads/${"0".repeat(SIZE)}.jpg`),
    "a key like another image's": () => get(`/s3/acme-research/samples/test image ${"1".repeat(SIZE)}`),
    "an Authorization of commas": () => list({ authorization: `AWS4 ${", ".repeat(SIZE / 2)}` }),
    "an Authorization of blanks": () => list({ authorization: `${" ".repeat(SIZE)}x${" ".repeat(SIZE)}x` }),
    "an Authorization of one parameter over and over": () => list({ authorization: `AWS4 ${"a=b,".repeat(SIZE / 4)}` }),
    "a Credential of slashes": () =>
      list({
        authorization: `AWS4-HMAC-SHA256 Credential=${"/".repeat(SIZE)},SignedHeaders=host,Signature=0`,
        "x-amz-date": DATE,
      }),
    SignedHeaders: () =>
      list({ authorization: authorization("rekognition", `${"a;".repeat(SIZE / 2)}${SIGNED}`), "x-amz-date": DATE }),
    "a signature": () =>
      list({ authorization: authorization("rekognition", undefined, "0".repeat(SIZE)), "x-amz-date": DATE }),
    "a date": () => list({ ...signed("rekognition"), "x-amz-date": "2".repeat(SIZE) }),
    "a session token": () =>
      list({
        ...signed("rekognition"),
        authorization: authorization("rekognition", `${SIGNED};x-amz-security-token`),
        "x-amz-security-token": "a".repeat(SIZE),
      }),
    "signed parameters": () =>
      list(signed("rekognition"), "{}", readQuery(many(SIZE / 6, (index) => index.toString(36)).join("&"))),
    "signed parameters of S3": () => get("/s3/acme-archive/none", signed("s3"), readQuery("a&".repeat(SIZE / 2))),
    "signed headers": () =>
      list({
        ...signed("rekognition", {
          authorization: authorization(
            "rekognition",
            [SIGNED, ...many(SIZE / 12, (index) => `x-amz-${index}`)].join(";"),
          ),
        }),
        ...Object.fromEntries(many(SIZE / 12, (index) => [`x-amz-${index}`, ""])),
      }),
    "headers of x-amz": () =>
      list({ ...signed("rekognition"), ...Object.fromEntries(many(SIZE / 12, (index) => [`x-amz-${index}`, ""])) }),
    "a target": () => list({ "x-amz-target": "RekognitionService.".repeat(SIZE / 19) }),
    "a content type": () => list({ "content-type": " ; ".repeat(SIZE / 3) }),
    "a pre-flight": () =>
      service({
        method: "OPTIONS",
        headers: { ...preflight, "access-control-request-headers": "a, ".repeat(SIZE / 3) },
        body: "",
      }),
    "a pre-flight of S3": () =>
      s3({
        method: "OPTIONS",
        path: "/s3/acme-archive/x",
        headers: { ...preflight, host: "localhost", "access-control-request-headers": "a, ".repeat(SIZE / 3) },
        body: "",
      }),
    "an origin": () => get("/s3/acme-archive/none", { origin: "*".repeat(SIZE) }),
    "a body of levels": () => list({}, "[".repeat(SIZE)),
    "a body of members": () => ask(Object.fromEntries(many(SIZE / 10, (index) => [index, 0]))),
    "a page token": () => ask({ NextToken: "A".repeat(SIZE) }),
    "a job's id": () =>
      service({
        method: "POST",
        headers: { host: "localhost", ...naming("GetMediaAnalysisJob") },
        body: JSON.stringify({ JobId: "a".repeat(SIZE) }),
      }),
  };
  for (const [name, step] of Object.entries(STEPS)) {
    test(name, { timeout: 60_000 }, async () => {
      const time = await timeOf(step);
      assert.ok(time < 10_000, `${Math.round(time)} ms`);
    });
  }
});
