/**
 * A world as the address says it: levers, facts and parameters, mechanisms switched off, laws replaced, in one order;
 * and how it is asked while a slider moves.
 */

/**
 * @typedef {{levers: Map<string, number>, sets: Map<string, string>, without: Set<string>, laws: Map<string, string>, rest: [string, string][]}} World
 * @typedef {{label: string, unit: string, neutral: number}} Size
 */

const REST = ["year", "seed", "calibration"];

/** @param {string} query @returns {World} */
export function read(query) {
  /** @type {World} */
  const world = { levers: new Map(), sets: new Map(), without: new Set(), laws: new Map(), rest: [] };
  for (const [key, said] of new URLSearchParams(query)) {
    const at = said.search(/[:=]/), name = said.slice(0, at), value = said.slice(at + 1);
    if (key === "lever" && at > 0) world.levers.set(name, Number(value));
    else if (key === "set" && at > 0) world.sets.set(name, value);
    else if (key === "law" && at > 0) world.laws.set(name, value);
    else if (key === "without" && said) world.without.add(said);
    else if (REST.includes(key)) world.rest.push([key, said]);
  }
  return world;
}

/** @param {string} v @returns {string} percent signs as the server writes them */
const written = (v) => encodeURIComponent(v).replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%40/g, "@");

/** @param {World} world @param {[string, string][]} [more] @returns {string} the words of its address, in their one order */
export function query(world, more = []) {
  /** @type {[string, string][]} */
  const pairs = [...world.sets].map(([k, v]) => ["set", `${k}:${v}`]);
  world.levers.forEach((v, k) => pairs.push(["lever", `${k}:${v}`]));
  world.without.forEach((v) => pairs.push(["without", v]));
  world.laws.forEach((v, k) => pairs.push(["law", `${k}:${v}`]));
  const rest = [...world.rest, ...more], order = ["year", "draws", "seed", "calibration", "vs", "v"];
  rest.sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]));
  return [...pairs, ...rest].map(([k, v]) => `${k}=${written(v)}`).join("&");
}

/** @param {World} world @returns {boolean} */
export const changed = (world) => world.levers.size + world.sets.size + world.without.size + world.laws.size > 0;

/** @param {World} world @returns {World} */
export const bare = (world) => ({ levers: new Map(), sets: new Map(), without: new Set(), laws: new Map(), rest: world.rest });

/**
 * Every change in words, with what undoes it.
 * @param {World} world @param {Record<string, Size>} sizes @param {Map<string, string>} labels of facts and parameters
 * @returns {{words: string, undo: () => void}[]}
 */
export function chips(world, sizes, labels) {
  const found = [];
  for (const [k, v] of world.levers) found.push({ words: sizes[k]?.unit === "times" ? `${sizes[k].label} × ${v}` : `${sizes[k]?.label ?? k}: ${Math.round(100 * v)} %`, undo: () => { world.levers.delete(k); } });
  for (const [k, v] of world.sets) found.push({ words: `${labels.get(k) ?? k} = ${v}`, undo: () => { world.sets.delete(k); } });
  for (const k of world.without) found.push({ words: `without ${labels.get(`without ${k}`) ?? k}`, undo: () => { world.without.delete(k); } });
  for (const [k, v] of world.laws) found.push({ words: `${k} = ${v}`, undo: () => { world.laws.delete(k); } });
  return found;
}

/** @param {string} word @returns {string} as a shell reads it */
const shell = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'"'"'`)}'`);

/** @param {string} plain the command of the case as it stands, with ``--draws 0`` last @param {World} world @param {number} draws @param {string} given who agrees, as the address says it @returns {string} */
export function command(plain, world, draws, given) {
  /** @type {string[]} */
  const words = [];
  world.sets.forEach((v, k) => words.push("--set", shell(`${k}=${v}`)));
  world.levers.forEach((v, k) => words.push("--lever", shell(`${k}=${v}`)));
  world.without.forEach((v) => words.push("--without", shell(v)));
  world.laws.forEach((v, k) => words.push("--law", shell(`${k}=${v}`)));
  for (const one of given.split(",").filter(Boolean)) words.push("--given", shell(one.replace(":", "=")));
  const parts = plain.split(" "), at = parts.findIndex((p) => p.startsWith("--"));
  const head = at < 0 ? parts : parts.slice(0, at), tail = (at < 0 ? [] : parts.slice(at)).join(" ");
  const size = draws === 200 ? "" : `--draws ${draws}`;
  return [...head, ...words, tail.includes("--draws") ? tail.replace(/--draws \d+/, size) : [tail, size].join(" ").trim()].join(" ").replace(/ +/g, " ").trim();
}

/* ---------- asking: at most one question under way, the last position wins, what is slow or gone is said ---------- */

const TAB = Math.random().toString(36).slice(2, 12);
const SLOW = 400;

/**
 * @template T
 * @param {{answered: (found: T, url: string) => void, refused: (says: string) => void, slow: (on: boolean) => void, gone: (on: boolean) => void}} tell
 * @param {string} [tab] which of this tab's questions these are: a newer one of the same takes the place of an older one
 * @returns {(url: string) => void} asks for an address; a newer one takes the place of one that waits
 */
export function asker(tell, tab = "") {
  const whose = TAB + tab;
  let underWay = "", next = "";

  async function go() {
    const url = next;
    next = "";
    underWay = url;
    const late = setTimeout(() => tell.slow(true), SLOW);
    try {
      const response = await fetch(url, { headers: { "x-tab": whose } });
      tell.gone(false);
      if (response.status === 429 || response.status === 503) {
        await pause(1000 * Number(response.headers.get("retry-after") || 1));
        next ||= url;
      } else if (response.ok && response.status !== 204) {
        const found = await response.json();
        if (!next || next === url) tell.answered(found, url);
        else tell.answered(found, "");
      } else if (!response.ok) tell.refused((await response.text()).trim());
    } catch {
      tell.gone(true);
      await pause(1500);
      next ||= url;
    } finally {
      clearTimeout(late);
      tell.slow(false);
      underWay = "";
      if (next) go();
    }
  }

  return (url) => {
    next = url;
    if (!underWay) go();
  };
}

/** @param {number} ms @returns {Promise<void>} */
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** Other tabs of this browser: a server answers six at once over HTTP/1.1, so one that is not looked at gives its stream up. */
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("foedus streams") : null;

/** Milliseconds without a first word after which a stream is asked for piece by piece: something on the way holds it back (judged: what is first said of a stream comes within one second, on a busy machine within three). */
const HELD_BACK = 5000;

/**
 * Draws as they come, in their order; closing it lets the server stop after the draw in hand. A tab that is not looked at
 * lets go when another begins, and goes on when it is looked at again. Where no stream comes through, what is there is
 * asked for every second.
 * @param {string} url
 * @param {{drawn: (row: any, count: number) => void, about: (found: any) => void, ended: (says: string) => void, gone: (on: boolean) => void, waits: (before: number) => void}} tell
 * @returns {() => void} stops it
 */
export function stream(url, tell) {
  /** @type {EventSource} */
  let source, over = false, parked = false, polled = false, got = 0, late = 0;
  const close = () => { over = true; clearTimeout(late); source.close(); tabs?.removeEventListener("message", park); document.removeEventListener("visibilitychange", wake); };
  const end = (/** @type {string} */ says) => { close(); tell.ended(says); };
  const park = (/** @type {MessageEvent} */ event) => { if (event.data !== TAB && document.hidden && !over && !polled) { parked = true; clearTimeout(late); source.close(); } };
  const wake = () => { if (parked && !document.hidden && !over) open(); };
  /** @type {Record<string, (data: any, id: number) => void>} */
  const heard = {
    message: (data, id) => { if (id > got) { got = id; tell.drawn(data, id); } },
    about: (data) => { clearTimeout(late); tell.about(data); },
    place: (data) => tell.waits(data.before),
    problem: (data) => end(data.says),
    done: () => end(""),
  };
  tabs?.addEventListener("message", park);
  document.addEventListener("visibilitychange", wake);
  open();
  return close;

  function open() {
    parked = false;
    tabs?.postMessage(TAB);
    source = new EventSource(url);
    source.onopen = () => tell.gone(false);
    source.onmessage = (event) => heard.message(JSON.parse(event.data), Number(event.lastEventId));
    for (const name of ["about", "place", "problem", "done"]) source.addEventListener(name, (event) => heard[name](JSON.parse(event.data), 0));
    source.onerror = () => {
      if (over) return;
      if (source.readyState === EventSource.CLOSED) poll();
      else { clearTimeout(late); tell.gone(true); }
    };
    late = window.setTimeout(poll, HELD_BACK);
  }

  async function poll() {
    if (polled || over || parked) return;
    polled = true;
    clearTimeout(late);
    source.close();
    while (!over) {
      try {
        const answer = await fetch(url, { headers: { "x-poll": "1", "last-event-id": String(got) } }), text = await answer.text();
        if (over) return;
        tell.gone(false);
        if (answer.status === 429) { await pause(1000 * Number(answer.headers.get("retry-after") || 1)); continue; }
        if (!answer.ok) return end(text.trim() || "The draws cannot be had just now.");
        for (const block of text.split("\n\n")) {
          const said = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/)));
          if (said.data && !over) heard[said.event ?? "message"]?.(JSON.parse(said.data), Number(said.id));
        }
      } catch { tell.gone(true); await pause(1000); }
    }
  }
}

/** Say once, at the top of the page, that nobody answers; what is seen stays. @param {boolean} on */
export function offline(on) {
  const there = document.getElementById("offline");
  if (!on) { there?.remove(); return; }
  if (there) return;
  const band = document.createElement("p");
  band.id = "offline";
  band.className = "offline";
  band.setAttribute("role", "status");
  band.textContent = "Not connected; what you see stays. Trying again.";
  document.querySelector("main")?.prepend(band);
}

/** Let the bar lead on from a page that took the place of this one. @param {Document} page */
export function leading(page) {
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".bar nav a"));
  page.querySelectorAll(".bar nav a").forEach((next, k) => links[k]?.setAttribute("href", next.getAttribute("href") ?? ""));
}

/** @param {HTMLElement | null} button @param {() => string} words */
export function copying(button, words) {
  if (!button || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words()).then(() => { button.textContent = "Copied"; }, () => { button.textContent = "Not copied"; });
    setTimeout(() => { button.textContent = "Copy"; }, 1200);
  });
}
