// Rekognition and S3 as `fetch` meets them on their worst days: each request may meet one trouble of many, in simulated
// time. What it opens, it counts.
import { pictureOf } from "../../emulator/account/pictures.js";

export const JOB_COUNT = 250;
export const PAGE = 50;
export const LIST_PAGES = JOB_COUNT / PAGE;
export const IMAGES = 40;
export const PICTURE = pictureOf("/1.png");
const PIECES = 10;
const text = new TextEncoder();

const job = (index) => ({
  JobId: `job-${String(index).padStart(4, "0")}`,
  Status: "SUCCEEDED",
  CreationTimestamp: 1_790_000_000 - index * 60,
  CompletionTimestamp: 1_790_000_030 - index * 60,
  OperationsConfig: { DetectModerationLabels: {} },
  Input: { S3Object: { Bucket: "input-bucket", Name: `manifests/${index}.jsonl` } },
  OutputConfig: { S3Bucket: "results-bucket", S3KeyPrefix: "out" },
  Results: { S3Object: { Bucket: "results-bucket", Name: `out/${index}/results.jsonl` } },
  ManifestSummary: { S3Object: { Bucket: "results-bucket", Name: `out/${index}/summary.json` } },
});

const image = (index) =>
  `{"source-ref":"s3://input-bucket/${index}.png","detect-moderation-labels":{"ModerationLabels":[]}}\n`;
const results = Array.from({ length: IMAGES }, (_, index) => image(index)).join("");
const summary = '{"version":"1","statistics":{"valid-json-lines":40},"errors":[]}';

const errorOf = (name, status, message = name, headers = {}) =>
  new Response(JSON.stringify({ __type: name, message }), {
    status,
    headers: { "content-type": "application/x-amz-json-1.1", ...headers },
  });
const s3Error = (name, status, headers = {}) =>
  new Response(`<?xml version="1.0"?><Error><Code>${name}</Code><Message>${name}</Message></Error>`, {
    status,
    headers,
  });

export class TroubledService {
  #clock;
  #random;
  /** Whether requests may meet trouble. */
  isTroubled = true;
  requests = 0;
  /** How often each trouble struck. @type {Record<string, number>} */
  struck = {};
  /** Requests whose response has not come, and bodies that are neither read nor cancelled. */
  open = 0;

  /**
   * @param {import("./simulated_clock.js").SimulatedClock} clock
   * @param {() => number} random
   */
  constructor(clock, random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Troubles by name: each answers, throws, or gives nothing, and the request is answered as usual. */
  #troubles = {
    "connection reset": () => {
      throw new TypeError("fetch failed", { cause: new Error("read ECONNRESET") });
    },
    silence: ({ signal }) => this.#clock.sleep(10 * 60_000, signal),
    "slow answer": ({ signal }) => this.#clock.sleep(1000 + 3500 * this.#random(), signal),
    throttled: ({ isS3 }) => (isS3 ? s3Error("SlowDown", 503) : errorOf("ThrottlingException", 400)),
    "retry after": ({ isS3 }) =>
      isS3
        ? s3Error("SlowDown", 503, { "retry-after": "7" })
        : errorOf("ThrottlingException", 429, "slower", { "retry-after": "7" }),
    "internal error": ({ isS3 }) => (isS3 ? s3Error("InternalError", 500) : errorOf("InternalServerError", 500)),
    denied: ({ isS3 }) => (isS3 ? s3Error("AccessDenied", 403) : errorOf("AccessDeniedException", 400)),
    "expired token": ({ isS3 }) => (isS3 ? s3Error("ExpiredToken", 400) : errorOf("ExpiredTokenException", 400)),
    "clock skew": ({ isS3 }) => {
      const date = new Date(this.#clock.now + 20 * 60_000).toUTCString();
      return isS3
        ? s3Error("RequestTimeTooSkewed", 403, { date })
        : errorOf("InvalidSignatureException", 400, "Signature expired", { date });
    },
    portal: () => new Response("<!doctype html><title>Sign in</title>", { headers: { "content-type": "text/html" } }),
    "bad gateway": () => new Response("<html><h1>502 Bad Gateway</h1></html>", { status: 502 }),
    "no content": () => new Response(null, { status: 204 }),
    "byte order mark": ({ isS3, respond, good }) => (isS3 ? undefined : respond({ good: `\ufeff${good}` })),
    "cut off": ({ respond }) => respond({ share: this.#random(), breaks: true }),
    stalled: ({ respond }) => respond({ share: this.#random(), stalls: true }),
    "dripping body": ({ respond }) => respond({ pause: 700 }),
  };

  fetch = async (url, { body, headers, signal }) => {
    this.requests++;
    this.open++;
    try {
      signal?.throwIfAborted();
      await this.#clock.sleep(this.isTroubled ? 50 + 1500 * this.#random() : 10, signal);
      const given = new Headers(headers);
      const [, from = "0"] = /^bytes=(\d+)-$/.exec(given.get("range") ?? "") ?? [];
      return await this.#answer(new URL(url), {
        body,
        target: given.get("x-amz-target") ?? "",
        from: Number(from),
        signal,
      });
    } finally {
      this.open--;
    }
  };

  async #answer({ pathname }, { body, target, from, signal }) {
    const isS3 = target === "";
    const good = isS3 ? this.#objectAt(pathname) : this.#outputOf(target, JSON.parse(body));
    const respond = (how = {}) => this.#respond({ good, from, signal, ...how });
    if (this.isTroubled && this.#random() < 0.4) {
      const names = Object.keys(this.#troubles);
      const name = names[Math.floor(names.length * this.#random())];
      this.struck[name] = (this.struck[name] ?? 0) + 1;
      const response = await this.#troubles[name]({ isS3, signal, good, respond });
      if (response !== undefined) return response;
    }
    return respond();
  }

  #outputOf(target, input) {
    if (target.endsWith("GetMediaAnalysisJob")) return JSON.stringify(job(Number(input.JobId.slice(4))));
    const begin = Number(input.NextToken ?? 0);
    const end = Math.min(begin + Math.min(input.MaxResults ?? PAGE, PAGE), JOB_COUNT);
    const jobs = Array.from({ length: end - begin }, (_, index) => job(begin + index));
    return JSON.stringify({ MediaAnalysisJobs: jobs, ...(end < JOB_COUNT && { NextToken: String(end) }) });
  }

  #objectAt(path) {
    if (path.endsWith(".png")) return PICTURE;
    return path.endsWith("summary.json") ? summary : results;
  }

  /** A response from a byte on, whose body comes in ten pieces, and may break, never end, or pause between pieces. */
  #respond({ good, from, share = 1, breaks = false, stalls = false, pause = 0, signal }) {
    const whole = (typeof good === "string" ? text.encode(good) : good).subarray(from);
    const bytes = whole.subarray(0, whole.length * share);
    let piece = 0;
    let isOpen = true;
    this.open++;
    const close = () => {
      if (isOpen) this.open--;
      isOpen = false;
    };
    const clock = this.#clock;
    const body = new ReadableStream(
      {
        async pull(controller) {
          try {
            for (let isEmpty = true; isEmpty && piece < PIECES; ) {
              if (pause > 0) await clock.sleep(pause, signal);
              const [begin, end] = [piece, ++piece].map((each) => Math.floor((bytes.length * each) / PIECES));
              isEmpty = begin === end;
              if (!isEmpty) controller.enqueue(bytes.subarray(begin, end));
            }
            if (piece < PIECES) return;
            if (breaks) throw new TypeError("terminated");
            if (stalls) await clock.sleep(10 * 60_000, signal);
            close();
            controller.close();
          } catch (reason) {
            close();
            controller.error(reason);
          }
        },
        cancel: close,
      },
      { highWaterMark: 0 },
    );
    signal?.addEventListener("abort", close, { once: true });
    const headers = { etag: '"one"', ...(from > 0 && { "content-range": `bytes ${from}-` }) };
    return new Response(body, { status: from > 0 ? 206 : 200, headers });
  }
}
