// The buckets of the sample account, and the objects in them: what its jobs have written, at the keys they name, and
// the images that their manifests can name.

import { describe } from "../account/account.js";
import { CAMPAIGNS } from "../account/campaigns.js";
import { resultsOf, summaryOf } from "../account/job_outputs.js";
import { pictureOf } from "../account/pictures.js";
import { hash32 } from "../account/random.js";
import { OPEN_TO_PAGES } from "./cors.js";
import { S3Exception } from "../protocol/s3_exception.js";

/**
 * @typedef {object} BucketSettings
 * @property {string} [region] the account's, if it is not given
 * @property {readonly import("./cors.js").CorsRule[]} [cors] open to pages of every origin, if it is not given
 * @property {boolean} [requesterPays]
 * @property {"same" | "overwritten" | "deleted"} [latest] makes it a bucket with versions: what a request gets that names
 *   none. The first one of each object is versionOf()
 * @property {boolean} [refusesVersions] whether nobody may read what a version names
 */

/**
 * @typedef {object} StoredObject
 * @property {string} type
 * @property {number} modified milliseconds since 1970
 * @property {string} etag
 * @property {string} [version] of a bucket with versions
 * @property {() => Iterable<Uint8Array>} read the content in chunks, made as they are taken
 */

const KEY = /([\da-f]{64})-(results\.jsonl|manifest-summary\.json)$/;
const FILES = {
  "results.jsonl": { member: "Results", type: "application/octet-stream", read: resultsOf },
  "manifest-summary.json": { member: "ManifestSummary", type: "application/json", read: summaryOf },
};

/**
 * @param {import("../account/account.js").Account} account
 * @param {Record<string, BucketSettings>} [settings] of buckets that differ from the rest
 */
export function createBuckets(account, settings = {}) {
  const names = new Set(CAMPAIGNS.flatMap(({ inputBucket, outputBucket }) => [inputBucket, outputBucket]));

  return {
    /**
     * @param {string} name
     * @returns {BucketSettings & { region: string, cors: readonly import("./cors.js").CorsRule[] }} throws when there is no such bucket
     */
    find(name) {
      if (!names.has(name)) throw new S3Exception("NoSuchBucket", { details: { BucketName: name } });
      return { region: account.region, cors: OPEN_TO_PAGES, ...settings[name] };
    },

    /**
     * @param {{ bucket: string, key: string }} address
     * @param {number} at
     * @param {string} [version] the latest one, if it is not given
     * @returns {StoredObject} throws when it is not there yet
     */
    open(address, at, version) {
      const { latest, refusesVersions } = settings[address.bucket] ?? {};
      if (version !== undefined && refusesVersions) throw new S3Exception("AccessDenied");
      const first = versionOf(address);
      if (version !== undefined && version !== (latest ? first : "null")) throw noSuchVersion(address, version);
      const found = outputAt(account, address, at) ?? imageAt(account, address);
      const isHidden = version === undefined && latest === "deleted";
      if (!found || isHidden) {
        const headers = isHidden ? { "x-amz-delete-marker": "true" } : {};
        throw new S3Exception("NoSuchKey", { headers, details: { Key: address.key } });
      }
      if (!latest) return found;
      if (version === undefined && latest === "overwritten") return anotherThan(found, address);
      return { ...found, version: first };
    },
  };
}

/**
 * The version of an object that its job wrote or looked at, in a bucket with versions.
 * @param {{ bucket: string, key: string }} address
 */
export function versionOf({ bucket, key }) {
  return `v${hash32(`${bucket}/${key}`).toString(36)}.first_one`;
}

function noSuchVersion({ key }, version) {
  const message = "The specified version does not exist.";
  return new S3Exception("NoSuchVersion", { message, details: { Key: key, VersionId: version } });
}

/** What has been written over an object: of its type, and nothing else that it was. */
function anotherThan({ type, modified }, address) {
  const picture = pictureOf(`another ${address.key}`);
  const results = `{"source-ref":"s3://another/image.jpg","detect-moderation-labels":{"ModerationLabels":[]}}\n`;
  const summary = `{"version":"1.0","statistics":{"total-json-lines":1},"errors":[]}`;
  const texts = { "application/json": summary, "application/octet-stream": results };
  const bytes = type in texts ? new TextEncoder().encode(texts[type]) : picture;
  return { type, modified: modified + 1, etag: `"${"f".repeat(32)}"`, version: "later.one", read: () => [bytes] };
}

function outputAt(account, { bucket, key }, at) {
  const [, JobId, file] = KEY.exec(key) ?? [];
  const job = JobId && account.find(JobId, at);
  const { member, type, read } = FILES[file] ?? {};
  const named = job && describe(job, at)[member]?.S3Object;
  if (named?.Bucket !== bucket || named.Name !== key) return undefined;
  return { type, modified: job.ended, etag: `"${JobId.slice(0, 32)}"`, read: () => encoded(read(job, account.seed)) };
}

/** As old as the oldest job. */
function imageAt(account, { bucket, key }) {
  if (!CAMPAIGNS.some(({ inputBucket, imageKeys }) => inputBucket === bucket && imageKeys.test(key))) return undefined;
  const name = `${bucket}/${key}`;
  const picture = pictureOf(name);
  const etag = `"${hash32(name).toString(16).padStart(32, "0")}"`;
  return { type: "image/png", modified: account.place(0).created, etag, read: () => [picture] };
}

function* encoded(chunks) {
  const encoder = new TextEncoder();
  for (const chunk of chunks) yield encoder.encode(chunk);
}
