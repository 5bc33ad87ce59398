// Keeps the times that ages are told from: the rows' every minute, the last reading's whenever its words change.
import { sinceReading } from "./format.js";
import { shownSource } from "./state.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** @param {import("./state.js").Store} store */
export function keepTime(store) {
  setInterval(() => store.set({ now: Date.now() }), MINUTE);
  setInterval(() => {
    const { state } = store;
    const { asOf } = shownSource(state) ?? {};
    const clock = Date.now();
    if (asOf && sinceReading(asOf, clock) !== sinceReading(asOf, state.clock)) store.set({ clock });
  }, SECOND);
}
