// Random queries mean what the model says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { seeded } from "../jobs_of.js";
import {
  LIMIT,
  NOW,
  SECOND,
  MINUTE,
  HOUR,
  DAY,
  FIELDS,
  VALUE_FIELDS,
  TEXT_FIELDS,
  NUMERIC_FIELDS,
  PRESENCE,
  MODEL,
  check,
  words,
  is,
  includes,
  exactly,
  pattern,
  where,
  all,
  any,
  not,
  has,
} from "./model.js";

/** Queries as trees, with a text and a meaning each. */
function makeGenerator(random) {
  const below = (limit) => Math.floor(random() * limit);
  const pick = (list) => list[below(list.length)];
  const chance = (probability) => random() < probability;
  const space = () => pick([" ", " ", " ", "  ", "\t", "\n "]);
  const quote = (text) => `"${text.replace(/["\\]/g, "\\$&")}"`;
  const shuffleCase = (text) =>
    chance(0.5)
      ? text
      : text.replace(/[a-z]/gi, (letter) => (chance(0.5) ? letter.toUpperCase() : letter.toLowerCase()));
  const name = (field) => shuffleCase(field);
  const twoDigits = (number) => String(number).padStart(2, "0");

  const valueIn = (field) => {
    for (let tries = 0; tries < 20; tries++) {
      const value = FIELDS[field](pick(MODEL));
      if (value !== undefined) return value;
    }
    return field === "name" || TEXT_FIELDS.includes(field) ? "nothing" : 0;
  };

  /** Part of a text, cut between characters. */
  const partOf = (text) => {
    const characters = Array.from(text);
    const from = below(characters.length + 1);
    return characters.slice(from, from + 1 + below(8)).join("");
  };

  function word() {
    const text = partOf(
      pick([
        valueIn("name"),
        valueIn("id"),
        valueIn("input"),
        valueIn("output"),
        valueIn("message"),
        "s3://",
        "absent",
      ]),
    );
    const isPlain =
      text !== "" &&
      !/[\s()"]/.test(text) &&
      !/^-/.test(text) &&
      !/^(OR|NOT)$/.test(text) &&
      (!/^[a-z]+:/i.test(text) || /^arn:/i.test(text));
    const shown = shuffleCase(text);
    const isStillPlain = isPlain && !/^(OR|NOT)$/.test(shown);
    return { text: isStillPlain && chance(0.7) ? shown : quote(shown), means: words(shown) };
  }

  function textValue(field) {
    const whole = valueIn(field);
    const plain = (text) => text !== "" && !/[\s()",*]/.test(text) && !text.startsWith("=");
    if (chance(0.25)) {
      const shown = shuffleCase(whole);
      return { text: `=${plain(shown) && chance(0.5) ? shown : quote(shown)}`, means: exactly(field, shown) };
    }
    if (chance(0.35)) {
      const pieces = Array.from(whole).map((character) =>
        chance(0.15) ? "*" : /[\s()",*]/.test(character) ? "*" : character,
      );
      const from = chance(0.5) ? below(pieces.length) : 0;
      const cut = pieces.slice(from).join("");
      const shown = shuffleCase(`${from > 0 ? "*" : ""}${cut}${chance(0.5) ? "*" : ""}`);
      if (shown.includes("*") && !shown.startsWith("=")) return { text: shown, means: pattern(field, shown) };
    }
    const shown = shuffleCase(partOf(whole));
    return { text: plain(shown) && chance(0.6) ? shown : quote(shown), means: includes(field, shown) };
  }

  function oneOf(field) {
    const value =
      field === "status"
        ? pick(["CREATED", "QUEUED", "IN_PROGRESS", "SUCCEEDED", "FAILED", "PAUSED-by Admin"])
        : field === "code"
          ? pick(["ACCESS_DENIED", "INVALID_MANIFEST", "THROTTLED", "INVALID_KMS_KEY", "New_Code"])
          : pick(["6.1", "7.0", "10.0", "5"]);
    const shown = shuffleCase(chance(0.5) ? value.replaceAll("_", "-") : value);
    return { text: /[\s]/.test(shown) || chance(0.2) ? quote(shown) : shown, means: is(field, value) };
  }

  /** A number, duration or time as text, and the interval it names: from ≤ x < to, or x = from where they are equal. */
  function point(field) {
    const near = valueIn(field);
    if (field === "confidence") {
      const value = chance(0.6) ? near : below(1_000) / 10;
      const text = value.toFixed(10).replace(/\.?0+$/, "");
      return { text, from: Number(text), to: Number(text) };
    }
    if (field === "duration") {
      const [unit, size] = pick([
        ["s", SECOND],
        ["m", MINUTE],
        ["h", HOUR],
        ["d", DAY],
        ["w", 7 * DAY],
      ]);
      const text = chance(0.4) ? (Math.max(0, near) / SECOND).toFixed(3) : String(below(60));
      const value = chance(0.4)
        ? { text: `${text}s`, at: Math.round(Number(text) * SECOND) }
        : { text: `${below(40)}${unit}`, at: 0 };
      if (value.at === 0)
        value.at = Math.round(Number(value.text.slice(0, -1)) * (value.text.endsWith("s") ? SECOND : size));
      return { text: shuffleCase(value.text), from: value.at, to: value.at };
    }
    if (chance(0.15)) {
      const [unit, size] = pick([
        ["s", SECOND],
        ["m", MINUTE],
        ["h", HOUR],
        ["d", DAY],
        ["w", 7 * DAY],
      ]);
      const count = below(30);
      return { text: `now-${count}${unit}`, from: NOW - count * size, to: NOW - count * size + 1 };
    }
    if (chance(0.05)) return { text: "today", from: NOW - (NOW % DAY), to: NOW - (NOW % DAY) + DAY };
    const date = new Date(near);
    const iso = date.toISOString();
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
    const offset = pick([0, 0, 60, -330, 765]);
    const there = new Date(near + offset * MINUTE).toISOString();
    const sign = offset < 0 ? "-" : "+";
    const zone =
      offset === 0
        ? pick(["Z", "", "+00:00"])
        : `${sign}${twoDigits(Math.floor(Math.abs(offset) / 60))}:${twoDigits(Math.abs(offset) % 60)}`;
    const floor = (size) => Math.floor(near / size) * size;
    return pick([
      { text: iso.slice(0, 4), from: Date.UTC(year, 0), to: Date.UTC(year + 1, 0) },
      { text: iso.slice(0, 7), from: Date.UTC(year, month), to: Date.UTC(year, month + 1) },
      { text: iso.slice(0, 10), from: Date.UTC(year, month, day), to: Date.UTC(year, month, day + 1) },
      { text: there.slice(0, 16) + zone, from: floor(MINUTE), to: floor(MINUTE) + MINUTE },
      { text: there.slice(0, 19) + zone, from: floor(SECOND), to: floor(SECOND) + SECOND },
      { text: there.slice(0, 23) + zone, from: near, to: near + 1 },
    ]);
  }

  function range(field) {
    const a = point(field);
    const b = point(field);
    const isPoint = (it) => it.from === it.to;
    const upTo = (it) => (value) => (isPoint(it) ? value <= it.to : value < it.to);
    const beyond = (it) => (value) => (isPoint(it) ? value > it.to : value >= it.to);
    const forms = [
      [a.text, (value) => value >= a.from && upTo(a)(value)],
      [`>${a.text}`, beyond(a)],
      [`>=${a.text}`, (value) => value >= a.from],
      [`<${a.text}`, (value) => value < a.from],
      [`<=${a.text}`, upTo(a)],
      [`${a.text}..${b.text}`, (value) => value >= a.from && upTo(b)(value)],
      [`${a.text}..`, (value) => value >= a.from],
      [`..${a.text}`, upTo(a)],
    ];
    const [text, holds] = pick(forms);
    return { text: chance(0.1) ? quote(text) : text, means: where(field, holds) };
  }

  function qualifier() {
    const kind = below(10);
    const several = (make) => Array.from({ length: chance(0.7) ? 1 : 2 + below(2) }, make);
    const join = (field, values) => ({
      text: `${name(field)}:${values.map(({ text }) => text).join(",")}`,
      means: any(...values.map(({ means }) => means)),
    });
    if (kind < 2) {
      const isHas = chance(0.5);
      return join(
        isHas ? "has" : "no",
        several(() => {
          const flag = pick(Object.keys(PRESENCE));
          return { text: shuffleCase(flag), means: isHas ? has(flag) : not(has(flag)) };
        }),
      );
    }
    if (kind < 4) {
      const field = pick(VALUE_FIELDS);
      return join(
        field,
        several(() => oneOf(field)),
      );
    }
    if (kind < 7) {
      const field = pick(TEXT_FIELDS);
      return join(
        field,
        several(() => textValue(field)),
      );
    }
    const field = pick(NUMERIC_FIELDS);
    return join(
      field,
      several(() => range(field)),
    );
  }

  const wrap = ({ text, means }) => ({ text: `(${chance(0.3) ? " " : ""}${text}${chance(0.3) ? " " : ""})`, means });

  function term(depth) {
    const inner = depth > 0 && chance(0.35) ? wrap(either(depth - 1)) : chance(0.35) ? word() : qualifier();
    if (!chance(0.25)) return inner;
    return {
      text: `${chance(0.6) ? "-" : `NOT${inner.text.startsWith("(") && chance(0.5) ? "" : space()}`}${inner.text}`,
      means: not(inner.means),
    };
  }
  function both(depth) {
    const terms = Array.from({ length: 1 + below(3) }, () => term(depth));
    return { text: terms.map(({ text }) => text).join(space()), means: all(...terms.map(({ means }) => means)) };
  }
  function either(depth) {
    const parts = Array.from({ length: chance(0.6) ? 1 : 2 + below(2) }, () => both(depth));
    return {
      text: parts.map(({ text }) => text).join(`${space()}OR${space()}`),
      means: any(...parts.map(({ means }) => means)),
    };
  }
  return () => either(3);
}

test("six hundred queries at random mean what the model says", LIMIT, (t) => {
  const next = makeGenerator(seeded(20_261_124));
  let telling = 0;
  for (let i = 0; i < 600; i++) {
    const { text, means } = next();
    check(t, text, means);
    const count = MODEL.filter(means).length;
    if (count > 0 && count < MODEL.length) telling++;
  }
  assert.ok(telling > 300, `${telling} of 600 match some jobs and not all`);
});
