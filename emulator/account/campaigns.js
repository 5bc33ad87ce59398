// Who starts jobs in the sample account: when each campaign runs, what it names its jobs, which buckets it uses.

import { between, mix32, pick } from "./random.js";

/**
 * @typedef {object} Moment the hour in which a job is created, in UTC
 * @property {number} day whole days since 1970
 * @property {number} hour
 * @property {boolean} weekend
 * @property {number} daysAgo from the hour's start to the account's `now`, with fractions
 * @property {string} date such as 2026-11-03
 * @property {string} mmdd such as 1103
 * @property {string} month such as 2026/11
 */

/**
 * @typedef {object} Campaign
 * @property {(moment: Moment) => number} rate jobs an hour, relative to the other campaigns
 * @property {number} failureRate of its jobs on an ordinary day
 * @property {(moment: Moment, random: () => number) => string | undefined} name the JobName
 * @property {string} inputBucket
 * @property {(moment: Moment, random: () => number) => string} inputKey
 * @property {number} versioned how many of its inputs name an object version
 * @property {string} outputBucket
 * @property {(moment: Moment) => string | undefined} outputPrefix
 * @property {readonly (number | undefined)[]} confidences the MinConfidence values it uses
 * @property {string} [project] the project whose adapter it uses
 * @property {number} adapted how many of its jobs use that adapter
 * @property {readonly string[]} kmsKeys as given in KmsKeyId; `*` stands for the account's key ARN prefix
 * @property {number} encrypted how many of its jobs name a key
 * @property {readonly [number, number]} minutes how long its jobs run, shortest and longest
 * @property {(random: () => number, line: number) => string} imageKey of the image that a line of its manifests names
 * @property {RegExp} imageKeys what those keys look like, and no others
 * @property {number} flagged how many of its images have a moderation label
 * @property {readonly string[]} themes the labels of level 1 that are common among them
 */

const pad = (number, width = 2) => String(number).padStart(width, "0");
const hexDigits = (random, digits) => pad(Math.floor(random() * 16 ** digits).toString(16), digits);
const office = ({ hour, weekend }) => (weekend ? 0.1 : hour >= 13 && hour < 22 ? 1 : 0.05);

/** @type {readonly Campaign[]} */
export const CAMPAIGNS = [
  {
    rate: ({ hour }) => (hour >= 3 && hour < 6 ? 6 : 0.05),
    failureRate: 0.03,
    name: ({ date }, random) =>
      `nightly-${pick(random, ["ugc", "ugc", "ugc", "avatars"])}-${date}` +
      (random() < 0.6 ? `.part-${pad(between(random, 1, 24))}` : ""),
    inputBucket: "acme-ugc-uploads",
    inputKey: ({ date }, random) => `manifests/nightly/${date}/part-${pad(between(random, 0, 24), 5)}.jsonl`,
    versioned: 0.35,
    outputBucket: "acme-moderation-results",
    outputPrefix: ({ date }) => `nightly/${date}`,
    confidences: [50, 50, 50, 60, undefined],
    project: "ugc-adapter",
    adapted: 0.25,
    kmsKeys: ["*key/1f0c6a54-2f0b-4c8e-9d5e-6b1a7c3e9f20"],
    encrypted: 0.7,
    minutes: [4, 55],
    imageKey: (random) => `uploads/${hexDigits(random, 2)}/${hexDigits(random, 10)}.jpg`,
    imageKeys: /^uploads\/[\da-f]{2}\/[\da-f]{10}\.jpg$/,
    flagged: 0.14,
    themes: ["Explicit", "Violence", "Rude Gestures"],
  },
  {
    rate: (moment) => 1.6 * office(moment) * (moment.day % 14 < 4 ? 2.5 : 1),
    failureRate: 0.07,
    name: ({ mmdd }, random) =>
      `moderation-promo-${mmdd}` + pick(random, ["", "", "", "-eu", "-us", "-apac", "-retry"]),
    inputBucket: "acme-marketing-assets",
    inputKey: ({ month, mmdd }, random) =>
      `promo/${month}/moderation-promo-${mmdd}-${pick(random, ["web", "app", "social"])}.jsonl`,
    versioned: 0.1,
    outputBucket: "acme-moderation-results",
    outputPrefix: ({ mmdd }) => `promo/${mmdd}`,
    confidences: [75, 80, 72.5, undefined],
    adapted: 0,
    kmsKeys: ["alias/marketing-results"],
    encrypted: 0.15,
    minutes: [1, 12],
    imageKey: (random, line) =>
      `${pick(random, ["ads", "banners", "social", "email"])}/` +
      `${between(random, 2023, 2026)}/visual-${pad(line, 5)}.png`,
    imageKeys: /^(ads|banners|social|email)\/202[3-6]\/visual-\d{5}\.png$/,
    flagged: 0.07,
    themes: ["Swimwear or Underwear", "Alcohol"],
  },
  {
    rate: ({ hour, weekend }) => (hour >= 8 && hour < 20 ? 1.2 : 0.2) * (weekend ? 0.25 : 1),
    failureRate: 0.05,
    name: ({ mmdd }, random) => `moderation-catalog-${pick(random, ["shoes", "toys", "books", "garden"])}-${mmdd}`,
    inputBucket: "acme-catalog.images",
    inputKey: ({ month }, random) => `feeds/${month}/listing-images-${pad(between(random, 1, 9999), 4)}.manifest`,
    versioned: 0,
    outputBucket: "acme-catalog.images",
    outputPrefix: ({ month }) => `moderated/${month}`,
    confidences: [55, 65.5, Math.fround(66.6), 90, undefined],
    project: "catalog-moderation",
    adapted: 0.6,
    kmsKeys: ["alias/catalog", "2c7d9be1-90f4-4d0a-8f55-0e3b6a1d4c77"],
    encrypted: 0.3,
    minutes: [2, 30],
    imageKey: (random) =>
      `products/${between(random, 100000, 999999)}/${pick(random, ["front", "back", "detail"])}.jpg`,
    imageKeys: /^products\/[1-9]\d{5}\/(front|back|detail)\.jpg$/,
    flagged: 0.05,
    themes: ["Swimwear or Underwear", "Violence"],
  },
  {
    rate: ({ hour, weekend }) => (hour >= 18 ? 1.5 : 0.5) * (weekend ? 1.6 : 1),
    failureRate: 0.04,
    name: ({ date, hour }) => `livestream-thumbs-${date}T${pad(hour)}`,
    inputBucket: "acme-ugc-uploads",
    inputKey: ({ date, hour }, random) =>
      `livestream/${date}/${pad(hour)}/thumbs-${between(random, 100000, 999999)}.jsonl`,
    versioned: 0.2,
    outputBucket: "acme-live-moderation",
    outputPrefix: () => undefined,
    confidences: [40, 45.25, 99.5, Math.fround(99.9), undefined],
    project: "ugc-adapter",
    adapted: 0.1,
    kmsKeys: [],
    encrypted: 0,
    minutes: [0.5, 6],
    imageKey: (random, line) => `livestream/frames/${hexDigits(random, 6)}/${pad(line, 6)}.jpg`,
    imageKeys: /^livestream\/frames\/[\da-f]{6}\/\d{6}\.jpg$/,
    flagged: 0.16,
    themes: ["Drugs & Tobacco", "Rude Gestures", "Gambling"],
  },
  {
    rate: ({ daysAgo }) => ((daysAgo > 44 && daysAgo < 47) || (daysAgo > 24 && daysAgo < 25) ? 9 : 0.02),
    failureRate: 0.03,
    name: (_, random) =>
      `backfill-${between(random, 2017, 2024)}-q${between(random, 1, 4)}` + `-shard-${pad(between(random, 0, 399), 4)}`,
    inputBucket: "acme-archive",
    inputKey: (_, random) => `backfill/run 7/shard=${pad(between(random, 0, 399), 4)}/manifest.jsonl`,
    versioned: 0,
    outputBucket: "acme-archive",
    outputPrefix: () => "moderation/backfill-run-7",
    confidences: [0, 30, 30, undefined],
    adapted: 0,
    kmsKeys: ["*key/mrk-5a1d2c3b4e5f60718293a4b5c6d7e8f9"],
    encrypted: 0.5,
    minutes: [25, 240],
    imageKey: (random, line) => `photos/${between(random, 2017, 2024)}/IMG_${pad(line, 5)}.JPG`,
    imageKeys: /^photos\/20(1[7-9]|2[0-4])\/IMG_\d{5}\.JPG$/,
    flagged: 0.09,
    themes: ["Non-Explicit Nudity of Intimate parts and Kissing", "Alcohol"],
  },
  {
    rate: (moment) => 0.5 * office(moment),
    failureRate: 0.12,
    name: ({ mmdd }, random) =>
      pick(random, [undefined, undefined, "test", "maria.check_2", `rerun-${mmdd}`, `moderation-trial-${mmdd}`]),
    inputBucket: "acme-sandbox",
    inputKey: (_, random) =>
      pick(random, ["manifest.jsonl", "try/manifest.json", "try/Prüfung äöü.jsonl", "a+b=c.jsonl"]),
    versioned: 0.15,
    outputBucket: "acme-sandbox",
    outputPrefix: (moment) => (moment.day % 2 ? "out" : undefined),
    confidences: [100, 12.75, Math.fround(33.3), undefined, undefined],
    project: "trial",
    adapted: 0.3,
    kmsKeys: ["alias/sandbox"],
    encrypted: 0.1,
    minutes: [0.2, 5],
    imageKey: (random, line) => `samples/${pick(random, ["Prüfung", "a+b", "test image"])} ${line}.png`,
    imageKeys: /^samples\/(Prüfung|a\+b|test image) \d+\.png$/,
    flagged: 0.3,
    themes: [],
  },
];

/**
 * How many jobs an hour each campaign starts at a moment, busier and quieter days included.
 * @param {Moment} moment
 * @param {number} seed
 * @returns {number[]} one rate a campaign
 */
export function campaignRates(moment, seed) {
  return CAMPAIGNS.map((campaign, index) => {
    const noise = mix32(seed ^ mix32(moment.day * CAMPAIGNS.length + index)) / 4294967296;
    return campaign.rate(moment) * (0.55 + noise);
  });
}
