// Lists the export formats: name, media type, and what each is good for with jobs and with images.

/** @type {Record<import("rekognition-jobs").ExportFormat, { name: string, mediaType: string, job: string, image: string }>} */
export const FORMATS = {
  csv: { name: "CSV", mediaType: "text/csv;charset=utf-8", job: "for a spreadsheet", image: "one row per label" },
  json: { name: "JSON", mediaType: "application/json", job: "API response format", image: "JSON array" },
  ndjson: {
    name: "NDJSON",
    mediaType: "application/x-ndjson",
    job: "one job per line",
    image: "one image per line, as in the file",
  },
  markdown: {
    name: "Markdown",
    mediaType: "text/markdown;charset=utf-8",
    job: "for issues and wikis",
    image: "a table, one row per label",
  },
};
