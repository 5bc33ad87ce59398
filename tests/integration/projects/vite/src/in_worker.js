const service = new URLSearchParams(location.search).get("service");
const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => {
  document.body.innerHTML = '<pre id="outcomes"></pre>';
  document.querySelector("#outcomes").textContent = JSON.stringify(data);
};
worker.onerror = ({ message }) => console.error(message);
worker.postMessage(service);
