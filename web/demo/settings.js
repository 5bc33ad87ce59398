// What the environment sets of the built-in endpoint, as options of startServer.

/**
 * @param {Record<string, string | undefined>} environment
 * @returns {import("./server.js").Options} throws when a variable says something that it cannot say
 */
export function readSettings(environment) {
  const wholeNumber = (name, fallback, largest) => {
    const given = environment[name] || String(fallback);
    if (/^\d+$/.test(given) && Number(given) <= largest) return Number(given);
    throw new RangeError(`${name} must be a whole number from 0 to ${largest}, not ${JSON.stringify(given)}.`);
  };
  const rate = wholeNumber("RATE", 0, 1_000_000);
  return {
    port: wholeNumber("PORT", 8080, 65_535),
    jobs: wholeNumber("JOBS", 2500, 10_000_000),
    seed: wholeNumber("SEED", 1, 4_294_967_295),
    strict: wholeNumber("STRICT", 0, 1) === 1,
    faults: faults(environment.FAULTS || "[]"),
    rateLimit: rate === 0 ? undefined : { rate },
  };
}

function faults(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError(`FAULTS must be JSON, such as [{"kind":"throttle","page":2}].`);
  }
}
