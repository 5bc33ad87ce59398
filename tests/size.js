// Prints what each file of the package weighs: as it is, and as servers send it.
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const rows = readdirSync(dist).map((file) => {
  const bytes = readFileSync(new URL(file, dist));
  return { file, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
});
const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
rows.push({ file: "total", raw: total("raw"), gzip: total("gzip"), brotli: total("brotli") });

const line = (file, ...sizes) => file.padEnd(28) + sizes.map((size) => size.toLocaleString("en").padStart(10)).join("");
console.log(line("", "bytes", "gzip", "brotli"));
for (const { file, raw, gzip, brotli } of rows) console.log(line(file, raw, gzip, brotli));
