// While the list is scrolled or time passes, little of the screen changes: the rest need not be drawn anew each time.

const OF_ONE_PART = new Set(["top", "shift", "isLeaping", "answer", "clock"]);
const OF_ITS_ROWS = new Set(["rows", "first"]);

function differBeside(exempt, a, b) {
  return Object.keys(a).some((key) => !exempt.has(key) && a[key] !== b[key]);
}

/** Gives a number for each state, another one when more has changed than which rows are in sight and the clock. */
export function createSteadiness() {
  let before = null;
  let version = 0;

  /** @param {import("./state.js").State} state */
  return (state) => {
    const isSame = before && !differBeside(OF_ONE_PART, state, before)
      && !differBeside(OF_ITS_ROWS, state.answer, before.answer);
    if (!isSame) version += 1;
    before = state;
    return version;
  };
}
