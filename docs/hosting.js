// Writes the settings in docs/hosting.md from the one table of headers: node docs/hosting.js. A test holds the two together.

import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { HOST_HEADERS } from "../web/host_headers.js";

const HEADERS = Object.entries(HOST_HEADERS);
const PAGE = new URL("hosting.md", import.meta.url);
/** CloudFront has members of their own for these; all others are custom headers. */
const CLOUDFRONT = {
  "Content-Security-Policy": (ContentSecurityPolicy) => ({ ContentSecurityPolicy: { Override: true, ContentSecurityPolicy } }),
  "Referrer-Policy": (ReferrerPolicy) => ({ ReferrerPolicy: { Override: true, ReferrerPolicy } }),
  "X-Content-Type-Options": () => ({ ContentTypeOptions: { Override: true } }),
};

/** The settings of each host, by its name in the document. */
const SETTINGS = {
  nginx: () => `server {
  listen 443 ssl;
  server_name moderation.example.com;
  root /var/www/rekognition-jobs;

${HEADERS.map(([name, value]) => `  add_header ${name} "${value}" always;`).join("\n")}
  add_header Cache-Control "no-cache" always;
}`,
  caddy: () => `moderation.example.com {
  root * /var/www/rekognition-jobs
  file_server
  header {
${HEADERS.map(([name, value]) => `    ${name} "${value}"`).join("\n")}
    Cache-Control "no-cache"
  }
}`,
  json: () => {
    const own = HEADERS.filter(([name]) => name in CLOUDFRONT);
    const others = HEADERS.filter(([name]) => !(name in CLOUDFRONT));
    return JSON.stringify({
      Name: "rekognition-jobs",
      SecurityHeadersConfig: Object.assign({}, ...own.map(([name, value]) => CLOUDFRONT[name](value))),
      CustomHeadersConfig: {
        Quantity: others.length,
        Items: others.map(([Header, Value]) => ({ Header, Value, Override: true })),
      },
    }, undefined, 2);
  },
};

/**
 * @param {string} document
 * @returns {string} the document with its settings as the table has them
 */
export function withSettings(document) {
  return Object.entries(SETTINGS).reduce((text, [name, settings]) => {
    const [before, after] = text.split(`\`\`\`${name}\n`);
    if (after === undefined) throw new Error(`docs/hosting.md has no settings of ${name}.`);
    return `${before}\`\`\`${name}\n${settings()}\n${after.slice(after.indexOf("```"))}`;
  }, document);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(PAGE, withSettings(await readFile(PAGE, "utf8")));
