// Results and manifest summaries as the service writes them, from short descriptions.

/**
 * A results file: of each image its labels as [name, confidence, parent].
 * @param {Record<string, [string, number, string?][]>} images  by their key
 */
export function resultsFile(images) {
  return Object.entries(images)
    .map(([key, labels]) => {
      const level = (parent) => (parent ? 2 : 1);
      const ModerationLabels = labels.map(([Name, Confidence, ParentName = ""]) => ({
        Confidence,
        Name,
        ParentName,
        TaxonomyLevel: level(ParentName),
      }));
      return `${JSON.stringify({
        "source-ref": `s3://images/${key}`,
        "detect-moderation-labels": { ModerationLabels, ModerationModelVersion: "7.0", ContentTypes: [] },
      })}\n`;
    })
    .join("");
}

/**
 * @param {number} lines
 * @param {object[]} errors
 */
export function summaryFile(lines, errors) {
  return JSON.stringify({
    version: "1.0",
    statistics: {
      "total-json-lines": lines,
      "valid-json-lines": lines - errors.length,
      "invalid-json-lines": errors.length,
    },
    errors,
  });
}
