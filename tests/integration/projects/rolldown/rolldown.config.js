export default {
  input: { main: "main.js", jobs_worker: "rekognition-jobs/jobs_worker.js" },
  platform: "browser",
  output: { dir: "public" },
};
