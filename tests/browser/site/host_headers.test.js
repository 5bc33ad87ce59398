// The headers that the built-in server sends, as a browser obeys them.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { HOST_HEADERS } from "../../../web/host_headers.js";
import { LIMIT, rows, useStage, waitForText } from "../browser.js";
import { needs } from "../browsers.js";
import { startStaticHost } from "./static_host.js";

const stage = useStage({ jobs: 30 });

/** A page of another origin that shows an address in a frame. */
async function startFramer(framed) {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html><iframe src="${framed}"></iframe>`);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${server.address().port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** What a page of another origin sees in its frame: the number of our elements in it, and the address that it has. */
async function framed(url, expected) {
  const framer = await startFramer(url);
  const seen = {};
  try {
    await stage.onPage({ url: framer.url, loaded: false, expected }, async (page) => {
      const frame = await (await page.waitForSelector("iframe")).contentFrame();
      await frame.waitForLoadState();
      await frame.waitForFunction(() => document.querySelector("#query") || location.protocol === "chrome-error:");
      Object.assign(seen, { url: frame.url(), queries: await frame.locator("#query").count() });
    });
  } finally {
    await framer.close();
  }
  return seen;
}

test("no page of another origin can show it in a frame", { ...LIMIT, ...needs("refusedFrames") }, async () => {
  assert.deepEqual(await framed(stage.url, /frame|ancestor/i), { url: "chrome-error://chromewebdata/", queries: 0 });
});

test("a host that sends no headers cannot keep it out of frames: the test above can fail", LIMIT, async () => {
  const host = await startStaticHost("/");
  try {
    assert.deepEqual(await framed(host.url), { url: host.url, queries: 1 });
  } finally {
    await host.close();
  }
});

test("the page works with them, and they are there", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const response = await page.reload();
    for (const [name, value] of Object.entries(HOST_HEADERS))
      assert.equal(response.headers()[name.toLowerCase()], value);
    await waitForText(page.locator("#count"), "30 of 30");
    await page.fill("#query", "status:succeeded");
    await rows(page).first().click();
    await page.click("#show-results");
    await waitForText(page.locator(".results .load-status"), /^\s*[\d,]+ images\s*$/);
  }),
);

test("a window that opens it gets no handle on it", LIMIT, () =>
  stage.onPage({ loaded: false }, async (page) => {
    await page.goto(`${stage.url}settings.json`);
    const opener = await startFramer("about:blank");
    try {
      await page.goto(opener.url);
      const [opened] = await Promise.all([
        page.waitForEvent("popup"),
        page.evaluate((url) => {
          window.opened = open(url);
        }, stage.url),
      ]);
      await opened.locator("#query").waitFor();
      assert.deepEqual(
        await Promise.all([page.evaluate(() => window.opened.closed), opened.evaluate(() => window.opener)]),
        [true, null],
      );
    } finally {
      await opener.close();
    }
  }),
);
