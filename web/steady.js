// While the list is scrolled nothing else of the screen changes: it need not be drawn anew in each frame.

const OF_THE_LIST = new Set(["top", "shift", "isLeaping", "answer"]);
const OF_ITS_ROWS = new Set(["rows", "first"]);

function differBeside(exempt, a, b) {
  return Object.keys(a).some((key) => !exempt.has(key) && a[key] !== b[key]);
}

/** Gives a number for each state, another one when more has changed than which rows are in sight. */
export function createSteadiness() {
  let before = null;
  let version = 0;

  /** @param {import("./state.js").State} state */
  return (state) => {
    const isSame = before && !differBeside(OF_THE_LIST, state, before) && !differBeside(OF_ITS_ROWS, state.answer, before.answer);
    if (!isSame) version += 1;
    before = state;
    return version;
  };
}
