// Copies aws4fetch to dist/: it signs by this module's digests and headers, which are the same in every place. Its guesses
// of service and region are left out, since both are always given.
import { readFile, writeFile } from "node:fs/promises";

const imports =
  'import { crypto } from "./client/web_crypto.js";\nimport { Headers, TextEncoder } from "./util/web_classes.js";\n';
const changes = [
  [/^const HOST_SERVICES = \{\n(.*\n)*?\};\n/m, ""],
  [/^function guessServiceRegion\(.*\{\n(.*\n)*?\}\n/m, ""],
  [/guessServiceRegion\(this\.url, this\.headers\)/, "[]"],
];

const source = await readFile(new URL(import.meta.resolve("aws4fetch")), "utf8");
const copy = changes.reduce((text, [part, replacement]) => {
  if (!part.test(text)) throw new Error(`aws4fetch has no ${part}`);
  return text.replace(part, replacement);
}, source);
await writeFile(new URL("../dist/aws4fetch.js", import.meta.url), imports + copy);
