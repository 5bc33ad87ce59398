// A file of many jobs that is dropped on the page, and how long the page's frames and timers wait meanwhile.

/** Drops a file of so many jobs. It runs in the page, which reads the file as any other. */
export function dropJobs(total) {
  const statuses = ["SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "FAILED", "IN_PROGRESS", "QUEUED"];
  const codes = ["ACCESS_DENIED", "INVALID_MANIFEST", "THROTTLED"];
  const line = (at) => {
    const status = statuses[at % statuses.length];
    const details = `"FailureDetails":{"Code":"${codes[at % 3]}","Message":"Failed ${at % 999}."},`;
    const created = 1_700_000_000 + at * 60;
    return (
      `{"JobId":"${String(at).padStart(64, "0")}","JobName":"moderation-${at % 50_000}",` +
      `"Status":"${status}",${status === "FAILED" ? details : ""}` +
      `"OperationsConfig":{"DetectModerationLabels":{"MinConfidence":50}},` +
      `"CreationTimestamp":${created},"CompletionTimestamp":${created + 90 + (at % 900)},` +
      `"Input":{"S3Object":{"Bucket":"bucket-${at % 9}","Name":"manifests/${at}.jsonl"}},` +
      `"OutputConfig":{"S3Bucket":"results","S3KeyPrefix":"moderation"}}\n`
    );
  };
  const parts = [];
  for (let start = 0; start < total; start += 20_000) {
    let part = "";
    for (let at = start; at < Math.min(total, start + 20_000); at += 1) part += line(at);
    parts.push(new Blob([part]));
  }
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(parts, "million.ndjson"));
  dispatchEvent(new DragEvent("drop", { dataTransfer }));
}

/** Starts to watch the page's frames and timers, in the page: window.waits() ends it, and gives the longest in milliseconds. */
export function watchWaits() {
  const longest = { frame: 0, timer: 0 };
  let isOver = false;
  const watch = (name, next) => {
    let last = performance.now();
    const look = () => {
      const now = performance.now();
      longest[name] = Math.max(longest[name], now - last);
      last = now;
      if (!isOver) next(look);
    };
    next(look);
  };
  watch("frame", (look) => requestAnimationFrame(look));
  watch("timer", (look) => setTimeout(look, 4));
  window.waits = () => {
    isOver = true;
    return longest;
  };
}
