// Lists the facets: what each counts, its heading, and the query term for one of its values.
import { quoteValue } from "./query_terms.js";
import { parseS3Uri } from "../aws/s3_uri.js";

const fold = (value) => value.toLowerCase().replaceAll("-", "_");
const isWhole = (value) => (token) => fold(token.value) === fold(value);

function bucketTerm(bucket) {
  const whole = `s3://${bucket}/`;
  return quoteValue(whole) === whole ? `${whole}*` : quoteValue(whole);
}

const isBucket = (bucket) => (token) => bucketOf(token) === bucket;
const isExact = (value) => (token) => token.exact === true && token.value.toLowerCase() === value.toLowerCase();

/** @param {import("rekognition-jobs").QueryToken} token */
function bucketOf({ value, quoted }) {
  const { bucket, key } = parseS3Uri(value) ?? {};
  return key === (quoted ? "" : "*") ? bucket : undefined;
}

/** @type {FacetField["named"]} */
const wholeValue = ({ value }) => value;
/** @type {FacetField["named"]} */
const exactValue = ({ value, exact }) => (exact ? value : undefined);

/**
 * @typedef {object} FacetField
 * @property {string} field    of the query language
 * @property {string} counted  what the engine counts
 * @property {string} heading
 * @property {(value: string) => string} term   what stands after "field:"
 * @property {(value: string) => (token: import("rekognition-jobs").QueryToken) => boolean} isSame
 * @property {(value: string) => string} shown
 * @property {(token: import("rekognition-jobs").QueryToken) => string | undefined} named  the value that a term names
 */

const itself = (value) => value;
const withoutArn = (value) => value.replace(/^arn:[^:]*:rekognition:[^:]*:[^:]*:(project\/)?/, "");
const whole = { term: quoteValue, isSame: isWhole, named: wholeValue, shown: itself };

/** @type {FacetField[]} */
export const FACETS = [
  { field: "status", counted: "status", heading: "Status", ...whole },
  { field: "code", counted: "code", heading: "Failure code", ...whole },
  { field: "model", counted: "model", heading: "Moderation model", ...whole },
  {
    field: "input",
    counted: "InputBucket",
    heading: "Input bucket",
    term: bucketTerm,
    isSame: isBucket,
    named: bucketOf,
    shown: itself,
  },
  {
    field: "project",
    counted: "project",
    heading: "Project version",
    term: (value) => `=${quoteValue(value)}`,
    isSame: isExact,
    named: exactValue,
    shown: withoutArn,
  },
];
