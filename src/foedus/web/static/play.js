/**
 * The playground: sliders and switches change a world; the number comes at once, the draws one by one, the address keeps it all.
 */
import { asker, bare, changed, chips, command, copying, offline, query, read, stream } from "./asking.js";
import { around, heap, levels, percent, quantile, shifts, signed, slider, tabled } from "./marks.js";
import { weighing } from "./weighing.js";

/** @typedef {{body: number, forms: number[], gains: (number | null)[], agree: number, first: string}} Seen */

const root = /** @type {HTMLElement} */ (document.getElementById("play"));
const given = JSON.parse(root.dataset.play ?? "{}");
const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const form = /** @type {HTMLFormElement} */ (root.querySelector("form.ctl"));
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const labels = new Map();
document.querySelectorAll("input[name=without]").forEach((i) => labels.set(`without ${/** @type {HTMLInputElement} */ (i).value}`, i.getAttribute("data-called") ?? ""));

let world = read(location.search.slice(1) || given.query), pinned = new URLSearchParams(location.search).get("vs") ?? "";
let size = given.draws, known = new URLSearchParams(location.search.slice(1) || given.query).get("given") ?? "";
let before = /** @type {Seen} */ (given.before), now = /** @type {Seen | null} */ (null);
/** @typedef {{rows: Seen[], same: string, stop: () => void}} Drawn the draws of a world as they come, and a hash of what is drawn */
const here = /** @type {Drawn} */ ({ rows: [], same: "", stop: () => {} }), there = /** @type {Drawn} */ ({ rows: [], same: "", stop: () => {} });
/** Whether the world as recorded was kept, with which everything is compared anyway. */
let asRecorded = false;
let running = false, pauseTimer = 0, drawTimer = 0, frame = 0, moved = false;
const PAUSE = 300, LITTLE = 0.005; // half a point, which no number of the page shows
root.classList.add("script");
$("pin").hidden = false;

const urlOf = (/** @type {string} */ page, /** @type {string} */ words) => `${given.path}/${page}${words ? `?${words}` : ""}`;
const sized = () => /** @type {[string, string][]} */ ([["draws", String(size)]]);
const versus = () => /** @type {[string, string][]} */ (pinned ? [["vs", pinned]] : []), giving = (/** @type {string} */ words) => [known && `given=${known}`, words].filter(Boolean).join("&");
const own = () => giving(query(world, [...(size === 40 ? [] : sized()), ...versus()]));
/** A stroke is one drag, however often it pauses, or one press: it is one step of Back. */
let stroke = 0, noted = -1, down = false;
const note = () => { history[noted === stroke ? "replaceState" : "pushState"](null, "", urlOf("play", own())); noted = stroke; };
addEventListener("pointerdown", () => { down = true; stroke += 1; }, true);
for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, () => { down = false; }, true);
const bodies = () => here.rows.map((d) => d.body);

/* ---------- given that a state agrees ---------- */
const weighed = weighing($("giving"), {
  url: () => urlOf("play", giving(query(world, [...sized(), ...versus()]))),
  ready: () => !running && here.rows.length === size,
  given: (now_) => { known = now_; stroke += 1; note(); render(); },
  said: (words) => { $("told").textContent = words; },
});

/* ---------- asking ---------- */
const ask = asker({
  answered: (found, url) => { now = found; if (url) { refuse(""); drawSoon(); } render(); },
  refused: (says) => refuse(says),
  slow: (on) => { $("hair").hidden = !on; if (on) $("told").textContent = "working out"; },
  gone: offline,
});
const askBefore = asker({ answered: (found) => { before = found; render(); }, refused: refuse, slow: () => {}, gone: offline }, "pinned");

/** @param {string} says */
function refuse(says) { $("problem").textContent = says; $("problem").hidden = !says; }
/** A change: the number at once, the address and the draws when there is a pause. @param {boolean} [entry] */
function change(entry = true) {
  if (!down) stroke += 1;
  here.stop();
  running = false;
  here.rows = [];
  weighed.old();
  $("told").textContent = ""; // of the world before; the new one is said when there is a pause
  ask(urlOf("play/quick", query(world)));
  render();
  clearTimeout(pauseTimer);
  clearTimeout(drawTimer);
  moved = true;
  pauseTimer = window.setTimeout(() => {
    if (entry && urlOf("play", own()) !== location.pathname + location.search) note();
  }, PAUSE);
}

/** The draws of a change begin when there is a pause after its number: before, they would take the cores that it needs. */
function drawSoon() {
  if (!moved) return;
  clearTimeout(drawTimer);
  drawTimer = window.setTimeout(() => { moved = false; say(); unasked(); }, PAUSE);
}

/** Draw without being asked: not so many that it takes hours, for which somebody has to press. */
function unasked() { if (size <= given.large) draw(); else render(); }

/** Draw the world as it is, and the pinned one beside it where there is one. */
function draw() {
  running = true;
  drawing(here, query(world, sized()), { ended: (says) => { running = false; if (says) refuse(says); render(); say(); weighed.weigh(); }, waits: (place) => { $("run").dataset.place = String(place); later(); }, gone: offline });
  progress();
  if (changed(world) || pinned) drawing(there, query(pinned ? read(pinned) : bare(world), sized()), { ended: () => render(), waits: () => {}, gone: () => {} });
}

/** @param {Drawn} into @param {string} words of the address @param {{ended: (says: string) => void, waits: (before: number) => void, gone: (on: boolean) => void}} tell */
function drawing(into, words, tell) {
  into.stop();
  into.rows = [];
  into.stop = stream(urlOf("draws", words), { ...tell, about: (found) => { into.same = found.same; }, drawn: (row, count) => { if (count === into.rows.length + 1) into.rows.push(row); later(); } });
}

/** How far the draws settle the range: each end lies between two drawn values, and these are close together or not. */
function settled() {
  if (here.rows.length < given.many) return `, too few to say how far more would move the range`;
  const [low, high] = given.band.map((/** @type {number} */ share) => around(bodies(), share)).sort((/** @type {number[]} */ a, /** @type {number[]} */ b) => (a[1] - a[0]) - (b[1] - b[0]))[1];
  if (high - low < given.open) return "; the range has settled";
  return `; more would settle the range, of which an end lies between ${percent(low)} and ${percent(high)}`;
}

/** Why the chance with the values in use is not the mean over the draws, in the words that the server has for it. */
function kinds() {
  const now_ = percent((now ?? before).body), mean = percent(bodies().reduce((a, b) => a + b, 0) / here.rows.length);
  return now_ === mean ? "" : given.kinds.replace("{now}", now_).replace("{mean}", mean).replace("{draws}", String(here.rows.length));
}

const later = () => { if (!frame) frame = requestAnimationFrame(() => { frame = 0; render(); }); };

const band = (/** @type {number[]} */ v) => (v.length >= given.fewest ? [quantile(v, given.band[0]), quantile(v, 0.5), quantile(v, given.band[1])] : null);
const between = (/** @type {number[]} */ b) => `${percent(b[0])} to ${percent(b[2])}`;
const whole = (/** @type {string} */ words) => words.replace(/ %/g, "\u00a0%");
/** Whether the world is compared with itself, of which there is nothing to say. */
const itself = () => (pinned !== "" || asRecorded) && pinned === kept();
const kept = () => query({ ...world, rest: world.rest.filter(([k]) => k !== "seed") });
const named = () => (pinned ? "pinned world" : "as recorded");
function render() {
  const seen = now ?? before, compared = pinned ? !itself() : changed(world);
  const range = band(bodies()), wide = (/** @type {number} */ most) => (innerWidth <= 720 ? 354 : most);
  $("number").textContent = percent(seen.body);
  $("delta").textContent = whole((compared ? `${named()}: ${percent(before.body)}` : "with the values in use") + (range ? ` · 5–95 % of ${here.rows.length} draws: ${between(range)}` : ""));
  if (here.rows.length || running) {
    if (!still || !running || !here.rows.length) $("cloud").innerHTML = heap(bodies(), wide(520), "Every draw's chance of a body in a year");
  } else $("cloud").innerHTML = '<p class="small soft">No draws yet: nothing is said about certainty.</p>';
  $("bars").innerHTML = levels(given.forms.map((/** @type {{words: string, ink: string}} */ f, /** @type {number} */ k) => ({
    ...f, value: seen.forms[k], was: compared ? before.forms[k] : undefined, band: band(here.rows.map((d) => d.forms[k])),
  })), wide(520), "Chance of each outcome of a year");
  $("mark").textContent = compared ? `The mark on each bar: ${named()}.` : "";
  blockers(seen, compared, wide(430));
  const cells = (/** @type {string} */ words, /** @type {(of: Seen) => number | null} */ of, /** @type {(v: number) => string} */ says) => {
    const [v, was, ends] = [of(seen), of(before), band(here.rows.map((d) => of(d) ?? NaN))];
    return v === null ? [] : [[words, says(v), ends ? `${says(ends[0])} to ${says(ends[2])}` : "–", compared && was !== null ? says(was) : "–"]];
  };
  $("rows").innerHTML = tabled([...cells(given.rows[0], (d) => d.body, percent), ...given.forms.flatMap((/** @type {{words: string}} */ f, /** @type {number} */ k) => cells(f.words, (d) => d.forms[k], percent)),
    ...given.names.flatMap((/** @type {string} */ s, /** @type {number} */ k) => cells(`${given.rows[1]} ${s}`, (d) => d.gains[k], signed))]);
  difference(compared);
  undoing();
  progress();
  // the bar leads on with the world as it is now, not as it was when the page was opened
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".bar nav a"))) if (`${link.pathname}/`.startsWith(`${given.path}/`)) link.setAttribute("href", `${link.pathname}${own() && `?${own()}`}`);
  $("cmd").textContent = command(given.command, world, size, known);
  outputs();
}

let asked = 0; // of how many the sentence speaks that says who is asked

/** @param {Seen} seen @param {boolean} compared @param {number} wide */
function blockers(seen, compared, wide) {
  const rest = query(world), why = (/** @type {string} */ s) => urlOf(`why/${s}`, rest);
  const rows = given.states.map((/** @type {string} */ s, /** @type {number} */ k) => ({ words: given.names[k], value: seen.gains[k], was: compared ? before.gains[k] ?? undefined : undefined, link: why(s) }))
    .filter((/** @type {{value: number | null}} */ r) => r.value !== null);
  rows.sort((/** @type {{value: number}} */ a, /** @type {{value: number}} */ b) => a.value - b.value);
  const lose = rows.filter((/** @type {{value: number}} */ r) => r.value < 0);
  $("asked").hidden = rows.length !== (asked ||= rows.length);
  $("who-words").textContent = lose.length ? `${lose.length} of ${rows.length} would lose, ${lose[0].words} most.` : "No state would lose. Nobody blocks.";
  $("circle").textContent = compared ? `Open circle: ${named()}.` : "";
  const picture = $("who").querySelector(".picture") ?? $("who").insertBefore(document.createElement("div"), $("who").lastElementChild);
  $("who").querySelectorAll(".broad, .slim").forEach((e) => e.remove());
  picture.className = "picture";
  if (picture.contains(document.activeElement)) return;
  picture.innerHTML = shifts(rows, wide, "What a council of all would bring to each state");
}

let spoken = ""; // of which two worlds the sentence speaks

/** The difference has its own band where the draws are the same, row by row. @param {boolean} compared */
function difference(compared) {
  const count = Math.min(here.rows.length, there.rows.length), place = $("difference");
  if (itself()) { place.hidden = false; place.textContent = "This world is kept: now move something."; return; }
  const few = !(compared && now && count >= given.fewest);
  if (few && compared && spoken === query(world) + pinned) return; // more draws of the same two worlds: what was said of them stays until they are there
  place.hidden = few;
  spoken = few ? "" : query(world) + pinned;
  if (few || !now) return;
  const points = (/** @type {number} */ v) => (Math.abs(v) < LITTLE ? "0" : `${v < 0 ? "−" : "+"}${Math.abs(100 * v).toFixed(0)}`);
  if (here.same !== there.same) { place.textContent = "What was set by hand is not drawn any more, so the draws of both worlds are not the same, and their difference has no band."; return; }
  const parts = here.rows.slice(0, count).map((d, k) => d.body - there.rows[k].body), range = band(parts) ?? [0, 0, 0];
  const sides = /** @type {[string, number[]][]} */ ([["raises", parts.filter((d) => d > LITTLE)], ["lowers", parts.filter((d) => d < -LITTLE)], ["hardly moves", parts.filter((d) => Math.abs(d) <= LITTLE)]]);
  const told = sides.sort((one, two) => two[1].length - one[1].length).filter(([, of]) => of.length)
    .map(([does, of], k) => `${does} ${k ? "it" : "the chance"} in ${of.length}${k ? "" : ` of ${count} common draws`} (${percent(of.length / count)})`);
  place.textContent = whole(`Difference: ${points(now.body - before.body)} points with the values in use. Against ${pinned ? "the pinned world" : "the world as recorded"} it ${told.join(", ").replace(/, ([^,]*)$/, " and $1")}; nine of ten differences lie between ${points(range[0])} and ${points(range[2])} points. ${range[0] > LITTLE || range[2] < -LITTLE ? "Which way it goes is settled: nine of ten point one way." : "Which way it goes is not settled: the nine of ten lie on both sides of nothing, or touch it."}`);
}

function undoing() {
  const list = chips(world, given.sizes, labels), place = $("chips");
  place.replaceChildren();
  if (pinned) list.push({ words: itself() ? "this world is kept" : "compared with the pinned world", undo: () => { pinned = ""; there.rows = []; askBefore(urlOf("play/quick", query(bare(world)))); } });
  for (const one of known.split(",").filter(Boolean)) list.push({ words: `given ${given.names[given.states.indexOf(one.split(":")[0])] ?? ""} ${one.split(":")[1]}`, undo: () => { known = known.split(",").filter((w) => w !== one).join(","); } });
  if (!list.length) { place.textContent = "Nothing changed: the world as recorded."; return; }
  for (const chip of list) place.append(button("chip", `${chip.words} ✕`, () => { chip.undo(); sync(); change(); }, "Undo"));
  place.append(button("mini", "Undo all", () => { world = bare(world); known = ""; sync(); change(); }));
}

/** @param {string} kind @param {string} words @param {() => void} press @param {string} [title] */
function button(kind, words, press, title = "") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = kind;
  made.textContent = words;
  if (title) made.title = title;
  made.addEventListener("click", press);
  return made;
}

function progress() {
  const place = $("run"), before_ = Number(place.dataset.place || 0);
  const state = running ? "run" : here.rows.length ? "done" : "none";
  if (place.dataset.state !== state) {
    place.dataset.state = state;
    place.replaceChildren();
    if (running) {
      const bar = document.createElement("progress");
      bar.setAttribute("aria-label", "Draws done");
      place.append(bar, document.createElement("span"), button("mini", "Stop", () => { here.stop(); running = false; render(); say(); }));
    } else {
      place.append(document.createElement("span"));
      const more = size < 200 ? 200 : size < 1000 ? 1000 : 0;
      place.append(button("mini", state === "none" && size > given.large ? `Work out ${size.toLocaleString("en")} draws` : here.rows.length < size ? "Go on" : "Run again", draw));
      if (more) place.append(button("mini", `More: ${more.toLocaleString("en")}`, () => { size = more; stroke += 1; note(); draw(); }));
    }
  }
  const bar = place.querySelector("progress"), words = place.querySelector("span"), count = here.rows.length;
  if (bar) { bar.max = size; bar.value = count; }
  const ended = count ? `${count < size ? `Stopped: ${count} draws so far` : `${size} draws, every judged number varied`}${settled()}. ${kinds()}` : "";
  const large = state === "none" && size > given.large ? "So many draws take hours: they are begun by a press alone." : "";
  if (words) words.textContent = !running ? whole(ended || large) : before_ ? `The draws of ${before_ > 1 ? `${before_} other worlds` : "another world"} come first` : `${count} of ${size} draws`;
}

/** Say once per pause what is seen, for those who hear it. */
function say() {
  const range = band(bodies());
  $("told").textContent = `Chance of a body ${percent((now ?? before).body)}${range ? `, 5 to 95 per cent of ${here.rows.length} draws: ${between(range)}` : ""}. ${$("who-words").textContent}`;
}

form.querySelectorAll('input[type="number"][data-neutral]').forEach((f) => slider(/** @type {HTMLInputElement} */ (f)));

/** Show the words of every slider. */
function outputs() {
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('input[type="range"]'))) {
    // a fact stands at what it is set to, not at the nearest step of its slider
    const [kind, key] = field.name.split(":"), value = Number((kind === "set" && world.sets.get(key)) || field.value);
    const out = /** @type {HTMLOutputElement | null} */ (field.closest(".sl")?.querySelector("output"));
    const off = value.toPrecision(4) !== Number(field.dataset.neutral).toPrecision(4);
    const words = kind === "lever" ? (given.sizes[key].unit === "times" ? `× ${value}` : `${Math.round(100 * value)} %`) : String(value);
    if (out) { out.textContent = words; out.className = off ? "ch" : ""; }
    field.setAttribute("aria-valuetext", words);
    field.style.setProperty("--p", `${(100 * (value - Number(field.min))) / (Number(field.max) - Number(field.min))}%`);
  }
}

/** Set the form to the world. */
function sync() {
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input"))) {
    const [kind, key] = field.name.split(":");
    if (kind === "lever") field.value = String(world.levers.get(key) ?? field.dataset.neutral);
    else if (kind === "without") field.checked = world.without.has(field.value);
    else if (kind === "set" && key && !world.sets.has(key)) field.closest(".fact")?.remove();
    else if (kind === "set" && key) field.value = world.sets.get(key) ?? "";
  }
  form.querySelectorAll("select").forEach((s) => { s.value = [...s.options].map((o) => o.value).find((v) => v && world.laws.get(v.split(":")[0]) === v.split(":")[1]) ?? ""; });
  finder?.sync();
  outputs();
}

form.addEventListener("input", (event) => {
  const field = event.target;
  if (field instanceof HTMLSelectElement) {
    const [law] = [...field.options].map((o) => o.value).filter(Boolean)[0].split(":");
    world.laws.delete(law);
    if (field.value) world.laws.set(law, field.value.split(":")[1]);
  } else if (!(field instanceof HTMLInputElement) || !field.name || field.id === "find") return;
  else if (field.name === "without") field.checked ? world.without.add(field.value) : world.without.delete(field.value);
  else {
    const [kind, key] = field.name.split(":"), neutral = Number(field.dataset.neutral), reach = Number(field.max) - Number(field.min);
    if (field.type === "range" && !matchMedia("(pointer: none)").matches && Math.abs(Number(field.value) - neutral) < 0.021 * reach && !keyed) field.value = String(neutral);
    if (kind === "lever") Number(field.value) === neutral ? world.levers.delete(key) : world.levers.set(key, Number(field.value));
    else if (field.value !== "") world.sets.set(key, field.value);
  }
  change();
});
let keyed = false;
form.addEventListener("keydown", () => { keyed = true; });
form.addEventListener("pointerdown", () => { keyed = false; });
form.addEventListener("submit", (event) => { event.preventDefault(); finder?.take(); });

/** @type {ReturnType<typeof import("./search.js").searching> | null} */
let finder = null;
/** The search is fetched when somebody looks for it, or the address sets a fact. */
async function find() {
  if (finder) return;
  const { searching } = await import("./search.js");
  finder ??= searching(given.path, world.rest, { slider, labels, has: (key) => world.sets.has(key), value: (key) => world.sets.get(key) ?? "", put: (key, value) => { world.sets.set(key, value); change(); }, drop: (key) => { world.sets.delete(key); sync(); change(); } });
  finder.sync();
}
$("find-help").textContent = "Type a name, a state or a meaning.";
$("find").setAttribute("placeholder", "South Korea trade China");
$("find").addEventListener("focus", find, { once: true });
if (world.sets.size) find();

$("pin").addEventListener("click", () => {
  pinned = kept();
  asRecorded = pinned === "";
  before = now ?? before;
  there.rows = [...here.rows];
  there.same = here.same;
  stroke += 1;
  note();
  render();
});
/** What is handed in to a class is the world as it is seen, without its draws. */
document.getElementById("hand-in")?.addEventListener("submit", (event) => {
  const field = /** @type {HTMLFormElement} */ (event.currentTarget).elements.namedItem("address");
  if (field instanceof HTMLInputElement) field.value = urlOf("play", query(world));
});
copying($("copy"), () => $("cmd").textContent ?? "");
addEventListener("popstate", () => {
  noted = -1; // what is changed from here on is a step of its own
  const words = new URLSearchParams(location.search);
  world = read(location.search.slice(1));
  const was = pinned;
  pinned = words.get("vs") ?? "";
  size = Number(words.get("draws") ?? 40);
  known = words.get("given") ?? "";
  if (was !== pinned) askBefore(urlOf("play/quick", pinned || query(bare(world))));
  sync();
  change(false);
});
addEventListener("resize", later);
addEventListener("pagehide", () => { here.stop(); there.stop(); });
sync();
ask(urlOf("play/quick", query(world)));
unasked();
