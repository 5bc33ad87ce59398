// The headers that a host of the page should send: the built-in server sends them, and docs/hosting.md has them for others.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { extname } from "node:path";
import { test } from "node:test";
import { withSettings } from "../../../docs/hosting.js";
import { CONTENT_TYPES, HOST_HEADERS } from "../../../web/host_headers.js";
import { LIMIT, rawRequest, serverTest } from "./calls.js";

const root = new URL("../../../", import.meta.url);
const read = (path) => readFile(new URL(path, root), "utf8");
const document = await read("docs/hosting.md");

const directives = (policy) =>
  new Map(
    policy.split(";").map((directive) => {
      const [name, ...values] = directive.trim().split(/\s+/);
      return [name, values.join(" ")];
    }),
  );

serverTest(
  "every file of the page comes with them and with its type, and so does what is not there",
  {},
  async ({ url }) => {
    const files = await readdir(new URL("build/site/", root));
    assert.ok(files.includes("rekognition_jobs.wasm"));
    for (const name of ["", ...files, "nothing"]) {
      for (const method of ["GET", "HEAD"]) {
        const { status, headers } = await rawRequest(url, `/${name}`, { method });
        for (const [header, value] of Object.entries(HOST_HEADERS))
          assert.equal(headers[header.toLowerCase()], value, `${name} ${header}`);
        assert.equal(status, name === "nothing" ? 404 : 200);
        const type = name === "nothing" ? "txt" : extname(name || "index.html").slice(1);
        assert.equal(headers["content-type"], CONTENT_TYPES[type], name);
      }
    }
    assert.equal(CONTENT_TYPES.wasm, "application/wasm");
  },
);

test("the policy is the page's own, and what a meta element cannot say", LIMIT, async () => {
  const [, own] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(await read("build/site/index.html"));
  const policy = directives(HOST_HEADERS["Content-Security-Policy"]);
  for (const [name, values] of directives(own)) assert.equal(policy.get(name), values, name);
  for (const name of ["default-src", "base-uri", "form-action", "frame-ancestors"])
    assert.equal(policy.get(name), "'none'", name);
  assert.deepEqual([...policy.keys()].sort(), [...directives(own).keys(), "frame-ancestors"].sort());
});

/** The headers that a document's settings of a host set, read as that host reads them. */
const settingsOf = {
  nginx: (text) =>
    Object.fromEntries(
      [...text.matchAll(/^ *add_header (\S+) "([^"]*)" always;$/gm)].map(([, name, value]) => [name, value]),
    ),
  caddy: (text) =>
    Object.fromEntries([...text.matchAll(/^ {4}([A-Z]\S+) "([^"]*)"$/gm)].map(([, name, value]) => [name, value])),
  json: (text) => {
    const {
      SecurityHeadersConfig: { ContentSecurityPolicy, ReferrerPolicy, ContentTypeOptions },
      CustomHeadersConfig,
    } = JSON.parse(text);
    assert.equal(CustomHeadersConfig.Quantity, CustomHeadersConfig.Items.length);
    for (const each of [ContentSecurityPolicy, ReferrerPolicy, ContentTypeOptions, ...CustomHeadersConfig.Items])
      assert.equal(each.Override, true);
    return {
      "Content-Security-Policy": ContentSecurityPolicy.ContentSecurityPolicy,
      "Referrer-Policy": ReferrerPolicy.ReferrerPolicy,
      "X-Content-Type-Options": "nosniff",
      ...Object.fromEntries(CustomHeadersConfig.Items.map(({ Header, Value }) => [Header, Value])),
    };
  },
};
for (const [host, settings] of Object.entries(settingsOf)) {
  test(`docs/hosting.md has them for ${host}`, LIMIT, () => {
    const [, text] = new RegExp(`\`\`\`${host}\n([^]*?)\`\`\``).exec(document);
    const { "Cache-Control": _, ...headers } = settings(text);
    assert.deepEqual(headers, { ...HOST_HEADERS }, "node docs/hosting.js writes them");
  });
}

test("docs/hosting.md is as docs/hosting.js writes it, and explains each header", LIMIT, () => {
  assert.equal(withSettings(document), document, "node docs/hosting.js writes it");
  for (const header of Object.keys(HOST_HEADERS)) assert.ok(new RegExp(`^\\| \`${header}`, "m").test(document), header);
});
