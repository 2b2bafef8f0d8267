/**
 * Pictures of what moves, drawn as the server draws them: the same geometry, from the same numbers (a test holds both to it).
 */

/** @param {number} v @returns {string} a coordinate with at most two decimals */
const n = (v) => { const t = v.toFixed(2).replace(/0+$/, "").replace(/\.$/, ""); return t === "-0" || t === "" ? "0" : t; };

/** @param {unknown} s @returns {string} text that is safe inside markup */
export const esc = (s) => String(s).replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" })[c] ?? c);

/** @param {number} p @returns {string} a probability without false digits, never quite 0 or 100 */
export function percent(p) {
  if (!Number.isFinite(p)) return "–";
  if (p < 0.005) return p > 0 ? "<1 %" : "0 %";
  if (p > 0.995 && p < 1) return ">99 %";
  return `${even(100 * p)} %`;
}

/** Python rounds halves to the even number. @param {number} v @returns {string} */
function even(v) {
  const low = Math.floor(v);
  return String(v - low === 0.5 ? low + (low % 2) : Math.round(v));
}

/** @param {number} p @returns {string} the same, with a digit more where it is small */
export function fine(p) {
  if (p >= 0.0005 && p < 0.1) return `${(100 * p).toFixed(1)} %`;
  return p > 0 && p < 0.0005 ? "<0.1 %" : percent(p);
}

/** @param {number} v @returns {string} a gain or a loss with two digits */
export const signed = (v) => (Math.abs(v) >= 0.005 ? (v < 0 ? "−" : "+") + Math.abs(v).toFixed(2) : "0");

/** @param {string[][]} rows each with its name first @returns {string} them as rows of a table */
export const tabled = (rows) => rows.map(([words, ...cells]) => `<tr><th scope="row">${esc(words)}</th>${cells.map((c) => `<td class="n">${esc(c)}</td>`).join("")}</tr>`).join("");

/**
 * @param {string} tag @param {Record<string, string | number | null>} attributes @param {string} [inside]
 * @returns {string}
 */
function tag(tag, attributes, inside = "") {
  let listed = "";
  for (const [k, v] of Object.entries(attributes)) if (v !== null) listed += ` ${k}="${typeof v === "number" ? n(v) : esc(v)}"`;
  return inside ? `<${tag}${listed}>${inside}</${tag}>` : `<${tag}${listed}/>`;
}

/**
 * The two drawn values between which a quantile lies, with a chance of 95 % whatever the distribution, as the answer has it.
 * @param {number[]} values @param {number} share @returns {[number, number]}
 */
export function around(values, share) {
  const sorted = [...values].sort((a, b) => a - b), wide = 1.96 * Math.sqrt(values.length * share * (1 - share));
  const at = (/** @type {number} */ sign) => sorted[Math.min(values.length - 1, Math.max(0, Number(even(values.length * share + sign * wide))))];
  return [at(-1), at(1)];
}

const ink = (/** @type {string} */ name) => `var(--${name})`;
const words = (/** @type {string} */ name) => ink(name === "vermilion" ? "vermilion-ink" : name === "amber" ? "amber-ink" : name);
const line = (/** @type {number} */ x1, /** @type {number} */ y1, /** @type {number} */ x2, /** @type {number} */ y2, stroke = "faint", width = 1, dash = "") =>
  tag("line", { x1, y1, x2, y2, stroke: ink(stroke), "stroke-width": width, "stroke-dasharray": dash || null });
const rect = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ width, /** @type {number} */ height, /** @type {string} */ fill, rx = 0) =>
  tag("rect", { x, y, width, height, fill: ink(fill), rx: rx || null });
const circle = (/** @type {number} */ cx, /** @type {number} */ cy, /** @type {number} */ r, /** @type {string} */ fill, stroke = "", width = 1.5) =>
  tag("circle", { cx, cy, r, fill: ink(fill), stroke: stroke ? ink(stroke) : null, "stroke-width": stroke ? width : null });
const text = (/** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ said, size = 13, fill = "ink", anchor = "start", weight = "") =>
  tag("text", { x, y, "font-size": size, fill: words(fill), "text-anchor": anchor === "start" ? null : anchor, "font-weight": weight || null }, esc(said));

/** @param {number} width @param {number} height @param {string} title @param {string} told @param {string} body */
const svg = (width, height, title, told, body) => // what can be pressed is no part of an image
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${n(width)} ${n(height)}" role="${body.includes("<a ") ? "group" : "img"}"><title>${esc(title)}</title><desc>${esc(told)}</desc>${body}</svg>`;

const BINS = 20, EDGE = 4, FOOT = 23, TALLEST = 150;

/** @param {number[]} drawn sorted @param {number} room @returns {[[number, number, number][], number]} bin, place and row of each; how many abreast */
function piled(drawn, room) {
  const bins = drawn.map((v) => Math.min(BINS - 1, Math.floor(v * BINS)));
  const count = Array(BINS).fill(0);
  bins.forEach((b) => { count[b] += 1; });
  const most = Math.max(...count);
  let abreast = 3;
  while (Math.ceil(most / abreast) * room / (abreast + 0.55) > TALLEST) abreast += 1;
  const seen = Array(BINS).fill(0);
  return [bins.map((b) => { const k = seen[b]++; return [b, k % abreast, Math.floor(k / abreast)]; }), abreast];
}

/**
 * One dot per draw, heaped up over a scale of chances from 0 to 100 %.
 * @param {number[]} values @param {number} width @param {string} title @returns {string}
 */
export function heap(values, width, title) {
  const drawn = values.filter(Number.isFinite).map((v) => Math.min(Math.max(v, 0), 1)).sort((a, b) => a - b);
  if (!drawn.length) return "";
  const room = (width - 2 * EDGE) / BINS;
  const [places, abreast] = piled(drawn, room);
  const step = room / (abreast + 0.55);
  const tall = Math.max(...places.map((p) => p[2])) + 1;
  const height = Math.max(96, tall * step + 30) + FOOT;
  const foot = height - FOOT, across = (/** @type {number} */ s) => EDGE + s * (width - 2 * EDGE);
  const rare = drawn.filter((v) => v < 0.1).length / drawn.length, more = drawn.filter((v) => v >= 0.5).length / drawn.length;
  let body = line(across(0.5), 4, across(0.5), foot, "faint", 1, "2 3") + text(across(0.5) + 7, 14, "as likely as not", 13, "soft");
  drawn.forEach((v, k) => {
    const [bin, place, row] = places[k];
    body += circle(across(bin / BINS) + (place + 0.7) * step, foot - 2 - (row + 0.5) * step, 0.41 * step, v > 0.5 ? "vermilion" : "ink");
  });
  body += line(across(0), foot, across(1), foot, "faint");
  for (const s of [0, 0.25, 0.5, 0.75, 1])
    body += text(across(s), height - 5, `${100 * s}${s === 1 ? " %" : ""}`, 13, "soft", s === 0 ? "start" : s === 1 ? "end" : "middle");
  return svg(width, height, title, `${drawn.length} draws; ${percent(rare)} of them below 10 %, ${percent(more)} at 50 % or above.`, body);
}

/**
 * Outcomes as bars from 0 to 100 %, each with its number, the range and median of the draws below it, and a mark where it was.
 * @param {{words: string, value: number, ink: string, band?: number[] | null, was?: number}[]} outcomes
 * @param {number} width @param {string} title @param {number} [row] @returns {string}
 */
export function levels(outcomes, width, title, row = 46) {
  const whole = width - 62;
  let body = "";
  outcomes.forEach((o, k) => {
    const y = k * row;
    body += text(0, y + 13, o.words, 15, "ink", "start", "500") + text(width, y + 29, percent(o.value), 16.5, "ink", "end", "650");
    body += rect(0, y + 20, whole, 10, "panel", 2) + rect(0, y + 20, whole * o.value, 10, o.ink, 2);
    if (o.band) body += line(whole * o.band[0], y + 34, whole * o.band[2], y + 34, "soft", 1.6) + circle(whole * o.band[1], y + 34, 2.7, "soft");
    if (o.was !== undefined && Math.abs(o.was - o.value) > 0.004) body += line(whole * o.was, y + 16.5, whole * o.was, y + 33.5, "ink", 2);
  });
  return svg(width, outcomes.length * row, title, outcomes.map((o) => `${o.words}: ${percent(o.value)}`).join("; "), body);
}

const ROW = 28, LEFT = 108, RIGHT = 62, BESIDE = 60, TOP = 24, LEAST = 0.6;

/** @param {number[]} values @returns {number} half the width of a scale that holds all */
export const reach = (values) => Math.max(LEAST, Math.ceil(Math.max(0, ...values.filter(Number.isFinite).map(Math.abs)) * 4 + 0.25) / 4);

/**
 * What each state gains, as a dot on a line through nothing, with an open circle where it was.
 * @param {{words: string, value: number, was?: number, link?: string, beside?: string}[]} rows
 * @param {number} width @param {string} title @param {number} [least] half the width of the scale at least
 * @param {string[]} [heads] what the numbers are, and the words beside them @returns {string}
 */
export function shifts(rows, width, title, least = 0, heads = []) {
  if (!rows.length) return "";
  const end = width - (heads.length ? BESIDE : 0);
  const far = Math.max(least, reach(rows.flatMap((r) => [r.value, r.was ?? NaN])));
  const across = (/** @type {number} */ v) => LEFT + (v + far) / (2 * far) * (end - LEFT - RIGHT);
  const step = far <= 1 ? 0.5 : Math.floor(far);
  let body = "";
  for (const m of [-step, 0, step])
    body += line(across(m), 20, across(m), TOP + rows.length * ROW, m ? "hair" : "ink") + text(across(m), 13, m ? `${m > 0 ? "+" : "−"}${Math.abs(m)}` : "0", 12.5, "soft", "middle");
  heads.forEach((words, k) => { body += text([end, width][k], 13, words, 12.5, "soft", "end"); });
  rows.forEach((r, k) => {
    const y = TOP + k * ROW + ROW / 2, colour = r.value < 0 ? "vermilion" : "blue", number = signed(r.value);
    let one = text(LEFT - 14, y + 5, r.words, 14.5, "ink", "end", "500");
    if (r.was !== undefined && Number.isFinite(r.was)) one += line(across(r.was), y, across(r.value), y, colour, 2.4) + circle(across(r.was), y, 4.3, "ground", "soft", 1.6);
    one += circle(across(r.value), y, 5.6, colour) + text(end, y + 5, number, 14.5, colour, "end", "600");
    body += r.link ? `<a class="row" href="${esc(r.link)}" aria-label="${esc(`${r.words}: ${number}. Why`)}"><rect class="hit" x="0" y="${TOP + k * ROW}" width="${end}" height="${ROW}" rx="5"/>${one}</a>` : one;
    if (heads.length) body += text(width, y + 5, r.beside ?? "", 14.5, "ink", "end");
  });
  return svg(width, TOP + rows.length * ROW + 4, title, rows.map((r) => `${r.words}: ${signed(r.value)}${heads.length ? `, ${heads[1]} ${r.beside}` : ""}`).join("; "), body);
}

/** @param {number[]} values @param {number} share @returns {number} a quantile, between neighbours along a line */
export function quantile(values, share) {
  const s = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (!s.length) return NaN;
  const at = share * (s.length - 1), low = Math.floor(at);
  return s[low] + (s[Math.min(low + 1, s.length - 1)] - s[low]) * (at - low);
}

/** A slider: the number field of the form, that snaps at the value of the case. @param {HTMLInputElement} field */
export function slider(field) {
  const neutral = Number(field.dataset.neutral), low = Number(field.min), high = Number(field.max);
  field.type = "range";
  const tick = document.createElement("div"), mark = document.createElement("i");
  tick.className = "snap";
  mark.style.left = `${(100 * (neutral - low)) / (high - low)}%`;
  tick.append(mark);
  field.after(tick);
}
