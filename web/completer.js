// Looks up, after each key, what could stand at the caret, in tasks of their own; a later key drops them.
import { QueryError } from "rekognition-jobs";
import { placeAt, termCompletions, valueCompletions } from "./completions.js";
import { fieldText } from "./columns.js";
import { FACETS } from "./facet_fields.js";
import { later } from "./later.js";
import { NO_COMPLETION, shownSource } from "./state.js";

/** Fields of few values are counted over all jobs; of the others (names, keys) only a small answer is. */
const FEW_VALUES = new Set(["status", "code", "model", "confidence", "project", "kms"]);
const COUNTED_AT_MOST = 20_000;
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
function countedValues(jobs, { field, rest, typed }) {
  const isFew = FEW_VALUES.has(field);
  const typedTerm = typed === "" || isFew ? "" : ` ${field}:"${typed.replace(/["\\]/g, "\\$&")}"`;
  const view = viewOf(jobs, rest + typedTerm);
  try {
    if (isFew || view.length <= COUNTED_AT_MOST) return view.facets(field);
    const values = view.rows(0, SAMPLE).map((job) => fieldText(job, field));
    return [...new Set(values)].filter((value) => value !== undefined).map((value) => ({ value, count: undefined }));
  } finally {
    view.close();
  }
}

/** @param {import("./state.js").Store} store */
export function createCompleter(store) {
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
    const left = [...FACETS];
    function next() {
      if (!isWanted()) return;
      const facet = left.shift();
      if (!facet) {
        show(place, termCompletions(place, jobs.fields, facets));
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
      const jobs = shownSource(store.state)?.jobs;
      const place = jobs && placeAt(query, tokens, caret);
      if (!place || (place.field === "" && place.typed === "" && !isAsked)) {
        this.close();
        return;
      }
      if (place.field === "") {
        show(place, termCompletions(place, jobs.fields));
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
        if (mine === latest) show(place, valueCompletions(place, field, countedValues(jobs, place), now));
      });
    },
    close() {
      latest += 1;
      if (store.state.completion !== NO_COMPLETION) store.set({ completion: NO_COMPLETION });
    },
  };
}
