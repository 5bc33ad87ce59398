const parameters = new URLSearchParams(location.search);
const cdn = parameters.get("cdn");
const rekognition = await import(`${cdn}dist/index.js`);
const { check } = await import("./check.js");

function worker() {
  const script = new Blob([`import "${cdn}dist/jobs_worker.js";`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(script), { type: "module" });
}

const outcomes = await check(rekognition, { service: parameters.get("service"), workerOptions: { worker } });
const pre = document.body.appendChild(document.createElement("pre"));
pre.id = "outcomes";
pre.textContent = JSON.stringify(outcomes);
