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
 */

/**
 * @typedef {object} StoredObject
 * @property {string} type
 * @property {number} modified milliseconds since 1970
 * @property {string} etag
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
     * @returns {Required<BucketSettings>} throws when there is no such bucket
     */
    find(name) {
      if (!names.has(name)) throw new S3Exception("NoSuchBucket", { details: { BucketName: name } });
      return { region: account.region, cors: OPEN_TO_PAGES, ...settings[name] };
    },

    /**
     * @param {{ bucket: string, key: string }} address
     * @param {number} at
     * @returns {StoredObject} throws when it is not there yet
     */
    open(address, at) {
      const found = outputAt(account, address, at) ?? imageAt(account, address);
      if (!found) throw new S3Exception("NoSuchKey", { details: { Key: address.key } });
      return found;
    },
  };
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
