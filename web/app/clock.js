// Updates the times that ages are computed from: of the rows every minute, of the last load whenever its text changes.
import { relativeTime } from "../ui/format.js";
import { shownSource } from "../state/state.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** @param {import("../state/state.js").Store} store */
export function keepTime(store) {
  setInterval(() => store.set({ now: Date.now() }), MINUTE);
  setInterval(() => {
    const { state } = store;
    const { loadedAt } = shownSource(state) ?? {};
    const clock = Date.now();
    if (loadedAt && relativeTime(loadedAt, clock) !== relativeTime(loadedAt, state.clock)) store.set({ clock });
  }, SECOND);
}
