// Finds suggestions for the caret after each key, which a later key cancels.
import { QueryError } from "rekognition-jobs";
import { jobLanguage } from "../engine/engine.js";
import { JOB_VOCABULARY, contextAt, termCompletions, valueCompletions } from "./suggestions.js";
import { fieldText } from "./job_fields.js";
import { NO_COMPLETION, shownSource } from "../state/state.js";

/**
 * @typedef {object} CompletionSource  what is queried
 * @property {import("../engine/language.js").Language} language
 * @property {(state: any) => Pick<import("rekognition-jobs").AsyncJobs, "query"> | null | undefined} of
 * @property {Set<string>} lowCardinality  fields of few values, which are counted over everything
 * @property {number} maxCounted  other fields are counted only when the result has at most this many rows
 * @property {(record: any, field: string) => string | undefined} getText  the field's text, used to sample larger results
 * @property {import("./suggestions.js").Vocabulary} vocabulary
 */

/** @type {CompletionSource} */
export const JOB_COMPLETION_SOURCE = {
  language: jobLanguage,
  of: (state) => shownSource(state)?.jobs,
  lowCardinality: new Set(["status", "code", "model", "confidence", "project", "kms"]),
  maxCounted: 20_000,
  getText: fieldText,
  vocabulary: JOB_VOCABULARY,
};
const SAMPLE = 200;
/** The length of a plain word from which values that contain it are searched. */
const MIN_VALUE_PREFIX = 2;

async function viewOf(jobs, query) {
  try {
    return await jobs.query(query);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return jobs.query("");
  }
}

/** Counts the values in a small result; of a large one it returns the values of the first rows, without counts. */
async function countedValues(jobs, { field, restOfQuery, prefix }, { lowCardinality, maxCounted, getText }) {
  const isFew = lowCardinality.has(field);
  const prefixTerm = prefix === "" || isFew ? "" : ` ${field}:"${prefix.replace(/["\\]/g, "\\$&")}"`;
  const view = await viewOf(jobs, restOfQuery + prefixTerm);
  try {
    if (isFew || view.length <= maxCounted) return await view.facets(field);
    const values = (await view.rows(0, SAMPLE)).map((job) => getText(job, field));
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
  const { language, vocabulary } = source;
  let latest = 0;
  /** Resolves when the suggestions for the last key are shown. */
  let pending = Promise.resolve();

  /** Keeps the highlighted suggestion while it fits. */
  function show(context, items) {
    const before = store.state.completion;
    const chosen = before.items[before.active]?.label;
    const active = items.findIndex(({ label }) => label === chosen);
    store.set({ completion: { context, items, active } });
  }

  /** Counts the facets for the rest of the query. */
  async function addValues(context, jobs, isWanted) {
    const facets = {};
    const view = await viewOf(jobs, context.restOfQuery);
    try {
      for (const facet of vocabulary.facets) {
        if (!isWanted()) return;
        facets[facet.field] = await view.facets(facet.counted);
      }
    } finally {
      view.close();
    }
    if (isWanted()) show(context, termCompletions(context, language.fields, facets, vocabulary));
  }

  async function addCounted(context, field, jobs, isWanted) {
    const counted = await countedValues(jobs, context, source);
    if (isWanted()) show(context, valueCompletions(context, field, counted, store.state.now));
  }

  return {
    /**
     * @param {number} caret
     * @param {boolean} [isAsked]  only then all fields are shown where nothing is typed
     */
    suggest(caret, isAsked = false) {
      latest += 1;
      pending = Promise.resolve();
      const mine = latest;
      const { query, tokens, now } = store.state;
      const jobs = source.of(store.state);
      const context = jobs && contextAt(query, tokens, caret);
      if (!context || (context.field === "" && context.prefix === "" && !isAsked)) {
        this.close();
        return;
      }
      const isWanted = () => mine === latest && jobs === source.of(store.state);
      /** What fails because its jobs are closed meanwhile is not wanted any more. */
      const whileWanted = (work) =>
        work.catch((error) => {
          if (isWanted()) throw error;
        });
      if (context.field === "") {
        show(context, termCompletions(context, language.fields, {}, vocabulary));
        if (context.prefix.length >= MIN_VALUE_PREFIX) whileWanted(addValues(context, jobs, isWanted));
        return;
      }
      const field = language.fields.find(({ name }) => name === context.field);
      if (["presence", "time", "duration"].includes(field.type))
        show(context, valueCompletions(context, field, [], now));
      else pending = whileWanted(addCounted(context, field, jobs, isWanted));
    },
    /** Resolves when the suggestions for what is typed by now are shown. */
    settled: () => pending,
    close() {
      latest += 1;
      if (store.state.completion !== NO_COMPLETION) store.set({ completion: NO_COMPLETION });
    },
  };
}
