// How an error is told on the page, of answers that a real server gives.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { diagnose } from "../../../web/aws/error_advice.js";

const LIMIT = { timeout: 20_000 };

/** What an account is told of a server that answers so. */
async function toldOf(status, body) {
  const server = createServer((_, response) => response.writeHead(status).end(body)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const jobs = await createJobs({ endpoint: `http://127.0.0.1:${server.address().port}`, maxAttempts: 1 });
  try {
    return await jobs.load().then(() => assert.fail("loaded"), diagnose);
  } finally {
    jobs.close();
    server.close();
  }
}

test("a gateway's web page is told by its status and title, and not as markup", LIMIT, async () => {
  const pages = {
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>": "HTTP 502: a web page, “502 Bad Gateway”",
    "<!DOCTYPE html><html lang=en><title>\n  Sign in &amp; go\n on </title>": "HTTP 502: a web page, “Sign in & go on”",
    "\n<HTML><BODY><H1 class=x>Proxy error</H1>": "HTTP 502: a web page, “Proxy error”",
    "<html><body>down": "HTTP 502: a web page",
    [`<html><head><style>${"x".repeat(500)}</style><title>late</title>`]: "HTTP 502: a web page",
    [`<html><title>${"long ".repeat(100)}</title>`]: `HTTP 502: a web page, “${"long ".repeat(20).trim()}”`,
  };
  for (const [body, message] of Object.entries(pages)) {
    const told = await toldOf(502, body);
    assert.equal(told.message, message);
    assert.match(told.advice, /proxy/);
  }
});

test("any other answer is told as it is", LIMIT, async () => {
  for (const body of ["<Error><Code>SlowDown</Code></Error>", "down for the night", "a < b"]) {
    assert.equal((await toldOf(502, body)).message, `HTTP 502: ${body}`);
  }
  assert.equal((await toldOf(400, '{"message":"<html> is not a token"}')).message, "<html> is not a token");
});
