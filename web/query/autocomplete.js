// Finds suggestions for the caret after each key, in tasks of their own, which a later key cancels.
import { QueryError } from "rekognition-jobs";
import { JOB_VOCABULARY, contextAt, termCompletions, valueCompletions } from "./suggestions.js";
import { fieldText } from "./job_fields.js";
import { postTask } from "../ui/post_task.js";
import { NO_COMPLETION, shownSource } from "../state/state.js";

/**
 * @typedef {object} CompletionSource  what is queried
 * @property {(state: any) => Pick<import("rekognition-jobs").Jobs, "query" | "fields"> | null | undefined} of
 * @property {Set<string>} lowCardinality  fields of few values, which are counted over everything
 * @property {number} maxCounted  other fields are counted only when the result has at most this many rows
 * @property {(record: any, field: string) => string | undefined} getText  the field's text, used to sample larger results
 * @property {import("./suggestions.js").Vocabulary} vocabulary
 */

/** @type {CompletionSource} */
export const JOB_COMPLETION_SOURCE = {
  of: (state) => shownSource(state)?.jobs,
  lowCardinality: new Set(["status", "code", "model", "confidence", "project", "kms"]),
  maxCounted: 20_000,
  getText: fieldText,
  vocabulary: JOB_VOCABULARY,
};
const SAMPLE = 200;
/** The length of a plain word from which values that contain it are searched. */
const MIN_VALUE_PREFIX = 2;

function viewOf(jobs, query) {
  try {
    return jobs.query(query);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return jobs.query("");
  }
}

/** Counts the values in a small result; of a large one it returns the values of the first rows, without counts. */
function countedValues(jobs, { field, restOfQuery, prefix }, { lowCardinality, maxCounted, getText }) {
  const isFew = lowCardinality.has(field);
  const prefixTerm = prefix === "" || isFew ? "" : ` ${field}:"${prefix.replace(/["\\]/g, "\\$&")}"`;
  const view = viewOf(jobs, restOfQuery + prefixTerm);
  try {
    if (isFew || view.length <= maxCounted) return view.facets(field);
    const values = view.rows(0, SAMPLE).map((job) => getText(job, field));
    return [...new Set(values)].filter((value) => value !== undefined).map((value) => ({ value, count: undefined }));
  } finally {
    view.close();
  }
}

/**
 * @param {import("../state/state.js").ListStore} store
 * @param {CompletionSource} source
 */
export function createAutocomplete(store, source) {
  let latest = 0;
  /** The lookup that waits for its task. */
  let pending = () => {};

  /** Keeps the highlighted suggestion while it fits. */
  function show(context, items) {
    const before = store.state.completion;
    const chosen = before.items[before.active]?.label;
    const active = items.findIndex(({ label }) => label === chosen);
    store.set({ completion: { context, items, active } });
  }

  /** Counts one facet per task, for the rest of the query. */
  function addValues(context, jobs, isWanted) {
    const facets = {};
    const left = [...source.vocabulary.facets];
    function next() {
      if (!isWanted()) return;
      const facet = left.shift();
      if (!facet) {
        show(context, termCompletions(context, jobs.fields, facets, source.vocabulary));
        return;
      }
      const view = viewOf(jobs, context.restOfQuery);
      facets[facet.field] = view.facets(facet.counted);
      view.close();
      postTask(next);
    }
    postTask(next);
  }

  return {
    /**
     * @param {number} caret
     * @param {boolean} [isAsked]  only then all fields are shown where nothing is typed
     */
    suggest(caret, isAsked = false) {
      latest += 1;
      const mine = latest;
      const { query, tokens, now } = store.state;
      const jobs = source.of(store.state);
      const context = jobs && contextAt(query, tokens, caret);
      if (!context || (context.field === "" && context.prefix === "" && !isAsked)) {
        this.close();
        return;
      }
      if (context.field === "") {
        show(context, termCompletions(context, jobs.fields, {}, source.vocabulary));
        if (context.prefix.length >= MIN_VALUE_PREFIX) addValues(context, jobs, () => mine === latest);
        return;
      }
      const field = jobs.fields.find(({ name }) => name === context.field);
      const needsCounts = !["presence", "time", "duration"].includes(field.type);
      if (!needsCounts) {
        show(context, valueCompletions(context, field, [], now));
        return;
      }
      pending = () => {
        pending = () => {};
        if (mine === latest) show(context, valueCompletions(context, field, countedValues(jobs, context, source), now));
      };
      postTask(() => {
        if (mine === latest) pending();
      });
    },
    /** Shows the pending suggestions now. */
    flush() {
      pending();
    },
    close() {
      latest += 1;
      if (store.state.completion !== NO_COMPLETION) store.set({ completion: NO_COMPLETION });
    },
  };
}
