// Cuts a query's text into segments to colour: at its tokens and at its error.

/**
 * @param {string} text
 * @param {import("rekognition-jobs").QueryToken[]} tokens
 * @param {{ start: number, end: number } | null} error
 * @returns {{ text: string, kind: string, isBad: boolean }[]}
 */
export function querySegments(text, tokens, error) {
  const cuts = new Set([0, text.length, ...tokens.flatMap(({ start, end }) => [start, end])]);
  if (error) cuts.add(error.start).add(error.end);
  const places = [...cuts].filter((place) => place <= text.length).sort((a, b) => a - b);
  let at = 0;
  return places.slice(1).map((end, index) => {
    const start = places[index];
    while (tokens[at]?.end <= start) at += 1;
    const token = tokens[at]?.start <= start ? tokens[at] : undefined;
    const isBad = error !== null && error.start <= start && end <= error.end;
    return { text: text.slice(start, end), kind: token?.kind ?? "space", isBad };
  });
}
