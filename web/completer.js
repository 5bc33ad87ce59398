// Looks up, after each key, what could stand at the caret, in tasks of their own; a later key drops them.
import { QueryError } from "rekognition-jobs";
import { JOB_WORDS, placeAt, termCompletions, valueCompletions } from "./completions.js";
import { fieldText } from "./columns.js";
import { later } from "./later.js";
import { NO_COMPLETION, shownSource } from "./state.js";

/**
 * @typedef {object} Subject  what is asked
 * @property {(state: any) => Pick<import("rekognition-jobs").Jobs, "query" | "fields"> | null | undefined} of
 * @property {Set<string>} few  fields of few values, which are counted over everything
 * @property {number} mostCounted  of the others (names, keys) only an answer of so many is
 * @property {(record: any, field: string) => string | undefined} textOf  of a larger one some values are shown
 * @property {import("./completions.js").Vocabulary} words
 */

/** @type {Subject} */
export const JOBS = {
  of: (state) => shownSource(state)?.jobs,
  few: new Set(["status", "code", "model", "confidence", "project", "kms"]),
  mostCounted: 20_000,
  textOf: fieldText,
  words: JOB_WORDS,
};
const SAMPLE = 200;
/** So much of a bare word is typed before values are looked for that hold it. */
const LEAST_OF_A_VALUE = 2;

function viewOf(jobs, query) {
  try {
    return jobs.query(query);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return jobs.query("");
  }
}

/** How often each value occurs, of few jobs; of many the values of the first ones, uncounted. */
function countedValues(jobs, { field, rest, typed }, { few, mostCounted, textOf }) {
  const isFew = few.has(field);
  const typedTerm = typed === "" || isFew ? "" : ` ${field}:"${typed.replace(/["\\]/g, "\\$&")}"`;
  const view = viewOf(jobs, rest + typedTerm);
  try {
    if (isFew || view.length <= mostCounted) return view.facets(field);
    const values = view.rows(0, SAMPLE).map((job) => textOf(job, field));
    return [...new Set(values)].filter((value) => value !== undefined).map((value) => ({ value, count: undefined }));
  } finally {
    view.close();
  }
}

/**
 * @param {import("./state.js").ListedStore} store
 * @param {Subject} subject
 */
export function createCompleter(store, subject) {
  let latest = 0;

  /** The chosen one stays chosen while it fits. */
  function show(place, items) {
    const before = store.state.completion;
    const chosen = before.items[before.active]?.label;
    const active = items.findIndex(({ label }) => label === chosen);
    store.set({ completion: { place, items, active } });
  }

  /** One facet a task, of the jobs for which the rest of the query holds. */
  function addValues(place, jobs, isWanted) {
    const facets = {};
    const left = [...subject.words.kinds];
    function next() {
      if (!isWanted()) return;
      const facet = left.shift();
      if (!facet) {
        show(place, termCompletions(place, jobs.fields, facets, subject.words));
        return;
      }
      const view = viewOf(jobs, place.rest);
      facets[facet.field] = view.facets(facet.counted);
      view.close();
      later(next);
    }
    later(next);
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
      const jobs = subject.of(store.state);
      const place = jobs && placeAt(query, tokens, caret);
      if (!place || (place.field === "" && place.typed === "" && !isAsked)) {
        this.close();
        return;
      }
      if (place.field === "") {
        show(place, termCompletions(place, jobs.fields, {}, subject.words));
        if (place.typed.length >= LEAST_OF_A_VALUE) addValues(place, jobs, () => mine === latest);
        return;
      }
      const field = jobs.fields.find(({ name }) => name === place.field);
      const needsCounts = !["presence", "time", "duration"].includes(field.type);
      if (!needsCounts) {
        show(place, valueCompletions(place, field, [], now));
        return;
      }
      later(() => {
        if (mine === latest) show(place, valueCompletions(place, field, countedValues(jobs, place, subject), now));
      });
    },
    close() {
      latest += 1;
      if (store.state.completion !== NO_COMPLETION) store.set({ completion: NO_COMPLETION });
    },
  };
}
