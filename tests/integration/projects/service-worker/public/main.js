const registration = await navigator.serviceWorker.register("service_worker.js", { type: "module" });
await navigator.serviceWorker.ready;
const { port1, port2 } = new MessageChannel();
port1.onmessage = ({ data }) => {
  document.body.innerHTML = '<pre id="outcomes"></pre>';
  document.querySelector("#outcomes").textContent = JSON.stringify(data);
};
registration.active.postMessage(new URLSearchParams(location.search).get("service"), [port2]);
