// What a job is called where only its JobId is known: by its name, once the job has been read.
import { title } from "./format.js";
import { shownSource } from "./state.js";

/**
 * @param {import("./state.js").State} state
 * @param {string} id
 */
export function titleOfJob(state, id) {
  const job = shownSource(state)?.jobs?.get(id);
  return job ? title(job) : id;
}
