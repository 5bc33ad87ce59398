"use client";
import { useEffect, useState } from "react";
import * as rekognition from "rekognition-jobs";
import { check } from "../check.js";

export default function Page() {
  const [outcomes, setOutcomes] = useState();
  useEffect(() => {
    const service = new URLSearchParams(window.location.search).get("service");
    check(rekognition, { service }).then(setOutcomes);
  }, []);
  return outcomes ? <pre id="outcomes">{JSON.stringify(outcomes)}</pre> : <p>Loading…</p>;
}
