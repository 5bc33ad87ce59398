// Which hosts the emulator answers for: a name of elsewhere that leads to this machine (DNS rebinding) gets
// nothing, by whatever way it is named and whatever it asks for.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startServer } from "../../../emulator/server.js";
import { LIMIT, naming, rawRequest, runProgram } from "./calls.js";
import { sendBytes } from "./raw_socket.js";

const POOL = "us-east-1:11111111-2222-3333-4444-555555555555";
const KEY = "/s3/acme-archive/photos/2017/IMG_00001.JPG";

/** Everything that is served, and the status that it has for a caller who may ask. */
const ASKED = {
  "the page": { path: "/", status: 200 },
  "the page's head": { path: "/", method: "HEAD", status: 200 },
  "a file": { path: "/page.js", status: 200 },
  "no file": { path: "/none", status: 404 },
  "the settings": { path: "/settings.json", status: 200 },
  "the service": { path: "/", method: "POST", headers: naming("ListMediaAnalysisJobs"), body: "{}", status: 200 },
  Cognito: {
    path: "/",
    method: "POST",
    headers: naming("GetId", "AWSCognitoIdentityService"),
    body: JSON.stringify({ IdentityPoolId: POOL }),
    status: 200,
  },
  S3: { path: KEY, status: 200 },
  "a pre-flight": {
    path: "/",
    method: "OPTIONS",
    status: 200,
    headers: { origin: "http://evil.example", "access-control-request-method": "POST" },
  },
  "a pre-flight of S3": {
    path: KEY,
    method: "OPTIONS",
    status: 200,
    headers: { origin: "http://evil.example", "access-control-request-method": "GET" },
  },
};

let folder;
let server;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-hosts-"));
  for (const name of ["index.html", "page.js"]) await writeFile(join(folder, name), "x");
  server = await startServer({
    port: 0,
    jobs: 20,
    site: folder,
    identityPools: [{ id: POOL }],
    allowedHosts: ["Demo.Example.org", "10.1.2.3", "fd00::7"],
  });
}, LIMIT);
after(async () => {
  await server?.close();
  await rm(folder, { recursive: true });
}, LIMIT);

const asking = (host, { path, ...options }, url = server.url) =>
  rawRequest(url, path, { ...options, headers: { ...options.headers, host } });

for (const [what, request] of Object.entries(ASKED)) {
  test(`${what}: for its own hosts alone`, LIMIT, async () => {
    const { port, host: own } = new URL(server.url);
    for (const host of [
      own,
      "127.0.0.1",
      "localhost",
      `localhost:${port}`,
      "LOCALHOST",
      "localhost.",
      `LocalHost.:${port}`,
      "app.localhost",
      "127.8.9.10:81",
      "[::1]",
      `[::1]:${port}`,
      "[0:0:0:0:0:0:0:1]",
      "[::FFFF:127.0.0.1]",
      "localhost:",
      "demo.example.org",
      "DEMO.example.ORG.:8080",
      "10.1.2.3",
      "[FD00:0::7]:1",
    ]) {
      const { status } = await asking(host, request);
      assert.equal(status, request.status, host);
    }
    for (const host of [
      "evil.example",
      `evil.example:${port}`,
      "EVIL.EXAMPLE",
      "evil.example.",
      "localhost.evil.example",
      "127.0.0.1.evil.example",
      "notlocalhost",
      "localhost..",
      "evil-localhost",
      "128.0.0.1",
      "10.1.2.4",
      "0.0.0.0",
      "2130706433",
      "127.1",
      "0x7f.0.0.1",
      "[::2]",
      "[::ffff:128.0.0.1]",
      "[::1",
      "::1",
      "[::1].evil.example",
      "[localhost]",
      "user@localhost",
      "localhost:80:80",
      "localhost:http",
      "localhost/evil.example",
      "localhost, evil.example",
      "localhost evil.example",
      "sub.demo.example.org",
      "s3.us-east-1.amazonaws.com.evil.example",
      "acme-archive.s3.us-east-1.amazonaws.com.evil.example",
      "xs3.us-east-1.amazonaws.com",
      "evil.example#.s3.us-east-1.amazonaws.com",
      "evil.example/.s3.us-east-1.amazonaws.com",
      "a".repeat(8000),
      "%6cocalhost",
      "é.example",
    ]) {
      const { status, headers, body } = await asking(host, request);
      assert.equal(status, 421, host);
      assert.equal(headers["access-control-allow-origin"], undefined, host);
      assert.equal(headers["content-type"], "text/plain; charset=utf-8");
      assert.equal(headers["x-content-type-options"], "nosniff");
      if (request.method === "HEAD") continue;
      assert.match(
        body,
        /^This server answers for localhost and loopback addresses, not for ".{1,110}"\. ALLOWED_HOSTS /s,
        host,
      );
      assert.ok(body.length < 300);
    }
  });
}

test("the names of AWS's S3 get S3 and nothing else", LIMIT, async () => {
  for (const host of ["acme-archive.s3.us-east-1.amazonaws.com", "ACME-archive.S3.us-east-1.amazonaws.com.:443"]) {
    assert.equal((await asking(host, { path: KEY.replace("/s3/acme-archive", "") })).status, 200, host);
    assert.match((await asking(host, ASKED["the page"])).body, /<Error>/);
    assert.match((await asking(host, ASKED["the service"])).body, /<Error>/);
  }
});

test("a request target may name the host, and then both must be its own", LIMIT, async () => {
  const get = (target, host, version = "1.1") =>
    sendBytes(server.url, `GET ${target} HTTP/${version}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  for (const [target, host, status] of [
    ["http://localhost/", "localhost", 200],
    ["HTTP://LOCALHOST:9/page.js?x", "127.0.0.1", 200],
    ["http://localhost", "localhost", 200],
    ["http://localhost?q=http://evil.example/", "localhost", 200],
    [`http://localhost${KEY}`, "localhost", 200],
    ["http://localhost/none", "localhost", 404],
    ["http://evil.example/", "localhost", 421],
    ["https://evil.example/", "localhost", 421],
    ["http://localhost/", "evil.example", 421],
    [`http://evil.example${KEY}`, "localhost", 421],
    ["http://localhost@evil.example/", "localhost", 421],
    ["http:///", "localhost", 421],
    ["//evil.example/", "localhost", 404],
    ["/http://evil.example/", "localhost", 404],
  ]) {
    const { status: told } = await get(target, host);
    assert.equal(told, status, `${target} ${host}`);
  }
  assert.equal((await get("/", "evil.example", "1.0")).status, 421);
});

test("a request has one Host header", LIMIT, async () => {
  const send = (headers, version = "1.1") =>
    sendBytes(server.url, `GET /settings.json HTTP/${version}\r\n${headers}Connection: close\r\n\r\n`);
  for (const headers of [
    "Host: localhost\r\nHost: evil.example\r\n",
    "Host: evil.example\r\nHost: localhost\r\n",
    "Host: localhost\r\nhOsT: localhost\r\n",
    "",
    "Host : localhost\r\n",
  ]) {
    const { status, text } = await send(headers);
    assert.equal(status, 400, headers);
    assert.ok(!text.includes("Sample account"));
  }
  assert.equal((await send("", "1.0")).status, 400);
  assert.equal((await send("Host:\r\n")).status, 421);
  assert.equal((await send("Host: localhost\r\n", "1.0")).status, 200);
});

test("the program's ALLOWED_HOSTS are answered for too", LIMIT, async () => {
  const statuses = async (environment) => {
    const told = [];
    await runProgram({ PORT: "0", JOBS: "5", ...environment }, async ({ stdout }) => {
      for (const host of ["demo.example", "10.0.0.5", "[fd00::1]:80", "localhost", "evil.example"]) {
        told.push((await asking(host, { path: "/settings.json" }, stdout.trim())).status);
      }
    });
    return told;
  };
  assert.deepEqual(await statuses({}), [421, 421, 421, 200, 421]);
  assert.deepEqual(await statuses({ ALLOWED_HOSTS: "demo.example, 10.0.0.5,fd00::1," }), [200, 200, 200, 200, 421]);
  for (const ALLOWED_HOSTS of ["http://demo.example", "demo.example:8080/x", "a b", "*"]) {
    const { code, stdout, stderr } = await runProgram({ PORT: "0", ALLOWED_HOSTS });
    assert.deepEqual([code, stdout], [2, ""]);
    assert.equal(
      stderr,
      `ALLOWED_HOSTS: An allowed host must be a name or an address, not ${JSON.stringify(ALLOWED_HOSTS)}.\n`,
    );
  }
});
