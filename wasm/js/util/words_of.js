// Reads the message of whatever was thrown, which may be anything.

/**
 * @param {unknown} reason
 * @returns {{ name: string, words: string }}
 */
export function wordsOf(reason) {
  try {
    if (!(reason instanceof Error)) return { name: "UnknownError", words: String(reason) };
    return { name: String(reason.name), words: String(reason.message) };
  } catch {
    return { name: "UnknownError", words: "something that cannot be read was thrown" };
  }
}
