// Shows what went wrong with results: the error, invalid records, notices, and whether to sign requests to a bucket.
import { html, nothing } from "lit-html";
import { formatCount } from "../ui/format.js";
import { messageList, noticesMessage } from "../sources/messages.js";
import { shownSource } from "../state/state.js";

/**
 * Asks the person before requests to a bucket that no job names are signed.
 * @param {import("../state/results_state.js").ShownResults} open
 * @param {import("../state/state.js").Source | undefined} source
 * @param {import("../app/actions.js").Actions} actions
 */
function bucketQuestion({ images, answer }, source, actions) {
  const refused = answer.rows.map((row) => images?.get(row["source-ref"])?.diagnosis?.bucket);
  const bucket = refused.find((each) => each !== undefined && !source?.buckets.has(each));
  if (bucket === undefined) return nothing;
  return html`<div id="bucket-question" class="message question" role="alert">
    <p class="error-text">The bucket <b><bdi>${bucket}</bdi></b> refuses unsigned requests, and no job of
      <bdi>${source?.label}</bdi> uses it. Sign requests to this bucket with this account's credentials?</p>
    <button type="button" @click=${() => actions.answerForBucket(bucket, true)}>Sign requests</button>
    <button type="button" @click=${() => actions.answerForBucket(bucket, false)}>Don't sign</button>
  </div>`;
}

/**
 * Asks the person whether to pay for requests to a bucket whose requesters may have to.
 * @type {typeof bucketQuestion}
 */
function paymentQuestion({ images, answer }, source, actions) {
  const refused = answer.rows.map((row) => images?.get(row["source-ref"])?.diagnosis?.payingBucket);
  const bucket = refused.find((each) => each !== undefined && !source?.payers.has(each));
  if (bucket === undefined) return nothing;
  return html`<div id="payment-question" class="message question" role="alert">
    <p class="error-text">The bucket <b><bdi>${bucket}</bdi></b> denies requests for images. If it is a Requester Pays
      bucket, <bdi>${source?.label}</bdi> can pay for them.</p>
    <button type="button" @click=${() => actions.answerForPayment(bucket, true)}>Pay for the requests</button>
    <button type="button" @click=${() => actions.answerForPayment(bucket, false)}>Don't pay</button>
  </div>`;
}

/**
 * Says which of the two objects of a job could not be read, though the other one was.
 * @param {import("../state/results_state.js").ShownResults} open
 */
function missingPart({ results }, actions) {
  const { summaryError, resultsError } = results ?? {};
  const { name, message } = resultsError ?? summaryError ?? {};
  if (!name) return nothing;
  const what = resultsError ? "There are no results any more" : "There is no manifest summary";
  return html`<div id="missing-part" class="message question" role="status">
    <p class="error-text">${what}: <b>${name}</b> <span>${message}</span></p>
    <button type="button" @click=${actions.results.reload}>Retry</button>
  </div>`;
}

/** @type {typeof bucketQuestion} */
function questions(open, source, actions) {
  const all = [
    missingPart(open, actions),
    bucketQuestion(open, source, actions),
    paymentQuestion(open, source, actions),
  ].filter((each) => each !== nothing);
  return all.length > 0 ? html`${all}` : nothing;
}

/** @type {import("../app/actions.js").Template} */
export function resultsMessages(state, actions) {
  const source = shownSource(state);
  if (source?.error?.isStopped) return messageList({ error: source.error }, actions);
  const { error, results, title } = state.results;
  const items = results?.rejected.map(({ line, offset, message }) => ({
    at: `line ${formatCount(line)}, byte ${formatCount(offset)}`,
    message,
  }));
  return messageList(
    {
      error,
      question: questions(state.results, source, actions),
      rejected: results && { items, count: results.rejectedCount },
      notices: results
        ? noticesMessage([{ file: title, format: results.format, notices: results.notices }], state, actions)
        : nothing,
    },
    actions,
  );
}
