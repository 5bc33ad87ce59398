// What the images of the sample account show: a made-up landscape for each name, as PNG.

import { encode } from "fast-png";
import { between, hash32, mulberry32 } from "./random.js";

const WIDTH = 160;
const HEIGHT = 120;
const SATURATION = 0.45;

/**
 * @param {string} name
 * @returns {Uint8Array} the same for the same name
 */
export function pictureOf(name) {
  const random = mulberry32(hash32(name));
  const hue = between(random, 0, 359);
  const isSun = sunOf(random);
  const hills = [0.5, 0.66, 0.82].map((share, index) => ({
    top: topOf(share * HEIGHT, random),
    colour: colourOf(hue + 35 * (index + 1), 0.52 - 0.12 * index),
  }));
  const sun = colourOf(hue + 180, 0.88);
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++) {
    const sky = colourOf(hue, 0.58 + (0.3 * y) / HEIGHT);
    for (let x = 0; x < WIDTH; x++) {
      const hill = hills.findLast(({ top }) => y > top(x));
      data.set(hill?.colour ?? (isSun(x, y) ? sun : sky), (y * WIDTH + x) * 3);
    }
  }
  return encode({ width: WIDTH, height: HEIGHT, channels: 3, data });
}

function sunOf(random) {
  const [left, down, radius] = [between(random, 20, WIDTH - 20), between(random, 15, 50), between(random, 8, 18)];
  return (x, y) => Math.hypot(x - left, y - down) < radius;
}

/** Where a hill begins, column by column. */
function topOf(middle, random) {
  const [rise, length, start] = [between(random, 4, 16), between(random, 12, 40), between(random, 0, 6)];
  return (x) => middle + rise * Math.sin(x / length + start);
}

/** From hue (degrees) and lightness to red, green and blue. */
function colourOf(hue, lightness) {
  const reach = SATURATION * Math.min(lightness, 1 - lightness);
  return [0, 8, 4].map((channel) => {
    const turn = (channel + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))));
  });
}
