import { Component, signal } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import * as rekognition from "rekognition-jobs";
import { check } from "./check.js";

@Component({
  selector: "app-root",
  template: `@if (outcomes()) {<pre id="outcomes">{{ outcomes() }}</pre>}`,
})
class App {
  readonly outcomes = signal("");

  constructor() {
    const service = new URLSearchParams(location.search).get("service") ?? "";
    const asset = (name: string) => new URL(`${name}.wasm`, document.baseURI);
    const wasm = asset("rekognition_jobs");
    const resultsWasm = asset("rekognition_results");
    const formatsWasm = asset("rekognition_formats");
    const worker = () => new Worker(new URL("./jobs.worker", import.meta.url), { type: "module" });
    const settings = {
      service,
      options: { wasm, resultsWasm, formatsWasm },
      results: { wasm: resultsWasm, formatsWasm },
      workerOptions: { worker },
    };
    check(rekognition, settings).then((outcomes) => this.outcomes.set(JSON.stringify(outcomes)));
  }
}

bootstrapApplication(App);
