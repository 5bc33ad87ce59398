// Names a job of which only the JobId is known: by its JobName once the job is loaded.
import { displayName } from "../ui/format.js";
import { shownSource } from "../state/state.js";

/**
 * @param {import("../state/state.js").State} state
 * @param {string} id
 */
export function titleOfJob(state, id) {
  const job = shownSource(state)?.jobs?.get(id);
  return job ? displayName(job) : id;
}
