// Assigns elements to the rendered rows of a list: a row keeps its element, and the elements of rows that went are reused.

/**
 * @returns {(first: number, count: number) => number[]} the element of each row from `first` on, by its number
 */
export function createElementPool() {
  /** @type {Map<number, number>} */
  let elements = new Map();
  let made = 0;

  return (first, count) => {
    const free = [...elements].filter(([row]) => row < first || row >= first + count).map(([, element]) => element);
    // In this order lit's `repeat` moves each from one end to the other, and none of those that stay.
    if (free.length < elements.size) free.reverse();
    const rows = Array.from({ length: count }, (_, index) => first + index);
    elements = new Map(rows.map((row) => [row, elements.get(row) ?? free.shift() ?? made++]));
    return [...elements.values()];
  };
}
