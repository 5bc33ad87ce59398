// A file of many jobs, and how long the page's frames and timers wait while it is read.
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const STATUSES = ["SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "FAILED", "IN_PROGRESS", "QUEUED"];
const CODES = ["ACCESS_DENIED", "INVALID_MANIFEST", "THROTTLED"];
const AT_ONCE = 10_000;

function line(at) {
  const status = STATUSES[at % STATUSES.length];
  const details = `"FailureDetails":{"Code":"${CODES[at % 3]}","Message":"Failed ${at % 999}."},`;
  const created = 1_700_000_000 + at * 60;
  return (
    `{"JobId":"${String(at).padStart(64, "0")}","JobName":"moderation-${at % 50_000}",` +
    `"Status":"${status}",${status === "FAILED" ? details : ""}` +
    `"OperationsConfig":{"DetectModerationLabels":{"MinConfidence":50}},` +
    `"CreationTimestamp":${created},"CompletionTimestamp":${created + 90 + (at % 900)},` +
    `"Input":{"S3Object":{"Bucket":"bucket-${at % 9}","Name":"manifests/${at}.jsonl"}},` +
    `"OutputConfig":{"S3Bucket":"results","S3KeyPrefix":"moderation"}}\n`
  );
}

function* lines(count) {
  for (let start = 0; start < count; start += AT_ONCE) {
    const length = Math.min(AT_ONCE, count - start);
    yield Array.from({ length }, (_, index) => line(start + index)).join("");
  }
}

/**
 * Writes so many jobs to a file.
 * @returns {Promise<{ path: string, remove: () => Promise<void> }>}
 */
export async function writeJobs(count) {
  const folder = await mkdtemp(join(tmpdir(), "many-jobs-"));
  const path = join(folder, "million.ndjson");
  await pipeline(Readable.from(lines(count)), createWriteStream(path));
  return { path, remove: () => rm(folder, { recursive: true }) };
}

/** How many of these jobs `status:failed moderation-12 code:access_denied` finds. */
export function countDenied(count) {
  const isDenied = (at) => at % 7 === 4 && at % 3 === 0 && `moderation-${at % 50_000}`.includes("moderation-12");
  return Array.from({ length: count }, (_, at) => at).filter(isDenied).length;
}

/**
 * Starts to watch, in the page: window.waits() ends it, and gives in milliseconds the longest wait for a frame, and the
 * longest task, or where a browser does not tell tasks, the longest wait for a timer.
 */
export function watchWaits() {
  const longest = { frame: 0, task: 0 };
  let isOver = false;
  const watch = (name, next) => {
    let last = performance.now();
    const look = () => {
      const now = performance.now();
      longest[name] = Math.max(longest[name], now - last);
      last = now;
      if (!isOver) next(look);
    };
    next(look);
  };
  watch("frame", (look) => requestAnimationFrame(look));
  if (PerformanceObserver.supportedEntryTypes.includes("longtask")) {
    const look = (list) => {
      for (const { duration } of list.getEntries()) longest.task = Math.max(longest.task, duration);
    };
    new PerformanceObserver(look).observe({ entryTypes: ["longtask"] });
  } else {
    watch("task", (look) => setTimeout(look, 4));
  }
  window.waits = () => {
    isOver = true;
    return longest;
  };
}
