// The manifest that a job of the sample account reads: how many lines, which images, what is wrong with which line.
//
// All of it follows from the account's seed and the manifest's URI, so that two jobs over the same manifest speak of
// the same images.

import { hash32, mix32, mulberry32, pick } from "./random.js";

/**
 * @typedef {object} Flaw a line that cannot be handled, or the whole manifest where there is no line
 * @property {number} [line] from 1
 * @property {string} [image] the s3 URI of the image, where it could be read
 * @property {string} code
 * @property {string} message
 */

/**
 * @typedef {object} Manifest
 * @property {number} lines
 * @property {(line: number) => { image: string, random: () => number }} imageOf what the line names, from 1, and the
 *   random numbers that decide what the image shows
 * @property {(line: number) => Flaw | undefined} flawOf
 * @property {Flaw[]} flaws of the manifest as a whole
 */

const FEWEST = 200;
const MOST = 10_000;
/** So many manifests have flawed lines, and so many of their lines are flawed. */
const FLAWED = 0.15;
const FLAWED_LINES = 0.008;

const notJson = (line) => ({ line, code: "ERROR_INVALID_JSON_LINE", message: "The JSON line is not valid JSON." });
const noSource = (line) => ({ line, code: "ERROR_MISSING_SOURCE_REF", message: 'The key "source-ref" is missing.' });
const badImage = (line, image) => ({
  line,
  image,
  code: "ERROR_INVALID_IMAGE",
  message: "The image is not there, or it is neither a JPEG nor a PNG.",
});
const tooLarge = (line, image) => ({
  line,
  image,
  code: "ERROR_INVALID_IMAGE",
  message: "The image exceeds the limit of 20 MB.",
});
const LINE_FLAWS = [notJson, noSource, badImage, badImage, badImage, tooLarge];

/** What a job's failure message tells of its manifest. @type {[RegExp, (number: number) => object][]} */
const TOLD = [
  [
    /^The manifest is empty/,
    () => ({
      lines: 0,
      flaws: [{ code: "ERROR_EMPTY_MANIFEST", message: "The manifest has no line." }],
    }),
  ],
  [
    /^Line (\d+) of the manifest is not valid JSON/,
    (line) => ({
      lines: line,
      flawOf: (each) => (each === line ? notJson(line) : undefined),
    }),
  ],
  [/no valid line: 0 of (\d+) lines/, (lines) => ({ lines, flawOf: notJson })],
  [
    /^The manifest has (\d+) lines; the limit/,
    (lines) => ({
      lines,
      flaws: [{ code: "ERROR_TOO_MANY_LINES", message: `The manifest has ${lines} lines; the limit is ${MOST}.` }],
    }),
  ],
  [/^Every line of the manifest lacks "source-ref"/, () => ({ flawOf: noSource })],
];

/**
 * @param {import("./account.js").Job} job
 * @param {number} seed the account's
 * @returns {Manifest}
 */
export function manifestOf({ request, campaign, failure }, seed) {
  const { Bucket, Name } = request.Input.S3Object;
  const key = mix32(seed ^ hash32(`${Bucket}/${Name}`));
  const random = mulberry32(key);
  const lines = Math.round(FEWEST * (MOST / FEWEST) ** random());
  const isFlawed = random() < FLAWED;

  const lineRandom = (line) => mulberry32(mix32(key ^ mix32(line)));
  const imageOf = (line) => {
    const ofLine = lineRandom(line);
    return { image: `s3://${Bucket}/${campaign.imageKey(ofLine, line)}`, random: ofLine };
  };
  const strayFlaw = (line) => {
    const ofLine = mulberry32(mix32(~key ^ mix32(line)));
    return isFlawed && ofLine() < FLAWED_LINES ? pick(ofLine, LINE_FLAWS)(line, imageOf(line).image) : undefined;
  };
  return { lines, flaws: [], imageOf, flawOf: strayFlaw, ...toldBy(failure) };
}

function toldBy(failure) {
  for (const [pattern, tell] of TOLD) {
    const found = failure?.Message?.match(pattern);
    if (found) return tell(Number(found[1]));
  }
  return {};
}
