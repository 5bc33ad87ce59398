// Reads the message of whatever was thrown, which may be anything.

/**
 * @param {any} reason an error of any realm, or any other value
 * @returns {{ name: string, words: string }}
 */
export function wordsOf(reason) {
  try {
    if (typeof reason?.message !== "string") return { name: "UnknownError", words: String(reason) };
    return { name: String(reason.name ?? "UnknownError"), words: reason.message };
  } catch {
    return { name: "UnknownError", words: "something that cannot be read was thrown" };
  }
}
