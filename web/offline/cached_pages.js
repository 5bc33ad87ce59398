// A whole listing as compressed pages of the service's own form, and a fetch that answers with them.

const LINE_END = 10;
const COMMA = 44;
const TYPE = "application/x-amz-json-1.1";
const TOKEN = "kept-";

/** Makes a page of the lines, in their place. */
function wrap(lines, next) {
  for (let at = lines.indexOf(LINE_END); at >= 0; at = lines.indexOf(LINE_END, at + 1)) lines[at] = COMMA;
  return [`{"MediaAnalysisJobs":[`, lines, next === undefined ? "]}" : `],"NextToken":"${TOKEN}${next}"}`];
}

function compress(parts) {
  return new Response(new Blob(parts).stream().pipeThrough(new CompressionStream("gzip"))).blob();
}

/** Whole lines, without the last line's end: a chunk of NDJSON may stop within one. */
async function* wholeLines(stream) {
  const reader = stream.getReader();
  let rest = new Uint8Array();
  while (true) {
    const { done, value } = await reader.read();
    if (done) break;
    const end = value.lastIndexOf(LINE_END);
    if (end < 0) {
      rest = join(rest, value);
      continue;
    }
    yield join(rest, value.subarray(0, end));
    rest = value.slice(end + 1);
  }
  if (rest.length > 0) yield rest;
}

function join(one, other) {
  if (one.length === 0) return other;
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/**
 * @param {import("rekognition-jobs").View} view
 * @returns {Promise<Blob[]>}
 */
export async function writePages(view) {
  const pages = [];
  let lines;
  for await (const next of wholeLines(view.exportStream("ndjson"))) {
    if (lines) pages.push(await compress(wrap(lines, pages.length + 1)));
    lines = next;
  }
  pages.push(await compress(wrap(lines ?? new Uint8Array())));
  return pages;
}

/**
 * @param {readonly Blob[]} pages
 * @returns {typeof fetch}
 */
export function fetchFromCache(pages) {
  return async (_url, /** @type {RequestInit} */ { body }) => {
    const { NextToken } = await new Response(body).json();
    const page = pages[NextToken ? Number(NextToken.slice(TOKEN.length)) : 0];
    const text = page.stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(text, { headers: { "content-type": TYPE } });
  };
}
