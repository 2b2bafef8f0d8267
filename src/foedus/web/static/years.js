/**
 * The years: a year that is pressed, or dragged over, is shown without leaving the page; played, they follow one another.
 * Every year is the page of its own address, fetched as it is: without this a press leads there. While one drags no draws are
 * begun, and the last year wins; when there is a pause the address follows. The answer has this with the first touch.
 */
import { leading } from "./asking.js";
import { sofar, yearly } from "./frame.js";

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const PAUSE = 300, STEP = 1000, AGAIN = 2000;
let last = "", number = 0, playing = 0, waiting = 0, stroke = 0, noted = 0, dragged = false, next = "", busy = false;

/** Put the nodes of an element in the place of those of another, around what stays in the hand. @param {Element} now @param {Element} other @param {Element | null} stays */
function around(now, other, stays) {
  const held = [...now.children].find((c) => stays && c.contains(stays));
  const like = held && [...other.children].find((c) => (held === stays ? c.nodeName === "FIGCAPTION" : c.nodeName === held.nodeName && c.className === held.className && c.getAttribute("aria-labelledby") === held.getAttribute("aria-labelledby")));
  if (!held || !like) { now.replaceChildren(...other.childNodes); return; }
  const nodes = [...other.childNodes], at = nodes.indexOf(like);
  for (const node of [...now.childNodes]) if (node !== held && node !== told) node.remove();
  held.before(...nodes.slice(0, at));
  (held.nextSibling === told ? told : held).after(...nodes.slice(held === stays ? at : at + 1));
  if (held !== stays) around(held, like, stays);
}

/** Show the page of another year in the place of this one. @param {string} url @param {boolean} [entry] @param {number} [drag] which drag shows it: each is one step of Back @param {string} [asked] the address that is asked, where it is another @returns {Promise<boolean>} */
async function show(url, entry = true, drag = 0, asked = url) {
  const mine = ++number;
  try {
    const answer = await fetch(asked, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = document.querySelector("main"), other = page.querySelector("main"), slider = document.getElementById("at-year");
    if (mine !== number || !answer.ok || !now || !other) return false;
    const high = placed(), held = document.activeElement?.id, open = [...now.querySelectorAll("details")].map((d) => d.open);
    around(now, other, slider && slider === document.activeElement ? slider : null);
    [...now.querySelectorAll("details")].forEach((d, k) => { d.open = open[k] ?? d.open; });
    document.querySelector("footer.foot")?.replaceChildren(...(page.querySelector("footer.foot")?.childNodes ?? []));
    leading(page);
    document.title = page.title;
    if (entry) {
      history[drag && noted === drag ? "replaceState" : "pushState"](null, "", url);
      noted = drag;
    }
    controls();
    if (!document.getElementById("at-year")) yearly();
    if (high !== undefined) scrollBy({ top: (placed() ?? high) - high, behavior: "instant" });
    if (held) document.getElementById(held)?.focus({ preventScroll: true });
    return true;
  } catch {
    stop();
    return false;
  }
}

/** Follow a drag: at most one year is asked for at a time, without draws; with a pause the page and its address are those of the year. @param {string} url */
async function follow(url) {
  next = url;
  mark(url);
  clearTimeout(waiting);
  waiting = window.setTimeout(() => rest(url), PAUSE);
  if (busy) return;
  busy = true;
  while (next) {
    const asked = next;
    next = "";
    const quick = new URL(asked);
    quick.searchParams.set("draws", "0");
    if (await show(asked, false, stroke, quick.href)) tell(asked);
    mark(next || asked);
  }
  busy = false;
}

const told = document.createElement("p");
[told.id, told.className] = ["year-said", "small"];
told.setAttribute("role", "status");

/** Say what the year comes to below its slider, where one drags: the headline may be out of sight. @param {string} url */
function tell(url) {
  const slider = document.getElementById("at-year"), big = document.querySelector("main .big"), say = document.querySelector(big ? "main h1" : "main .said")?.textContent ?? "";
  if (slider && slider.nextSibling !== told) slider.after(told);
  if (slider) told.style.marginLeft = slider.style.marginLeft;
  const words = [big?.querySelector("b")?.textContent, big?.querySelector("strong")?.textContent].filter(Boolean).join(" ");
  told.textContent = `${every().find((a) => leads(a) === url)?.textContent ?? ""}: ${words ? `${words}. ` : ""}${say}`;
}

/** @returns {number | undefined} where the years are on the screen, if they are: they stay there while what is above them changes */
function placed() {
  const at = document.querySelector("figure.time")?.getBoundingClientRect();
  return at && at.top < innerHeight && at.bottom > 0 ? at.top : undefined;
}

/** @param {string} url */
async function rest(url) {
  if (busy || next) { waiting = window.setTimeout(() => rest(url), PAUSE); return; }
  if (!(await show(url, url !== location.href, stroke))) return;
  mark(url);
  tell(url);
  again(url);
}

/** Draws that are under way are looked at again, as the page itself would. @param {string} url */
function again(url) {
  if (document.querySelector("main .run progress")) setTimeout(async () => { if (location.href === url && !busy && !dragged && (await show(url, false, stroke))) { mark(url); again(url); } }, AGAIN);
}

const every = () => [...document.querySelectorAll(".years a")];

/** Where a year leads, with the draws that the address asks for: a page that is shown while one drags has none. @param {Element | null | undefined} a */
function leads(a) {
  if (!a) return "";
  const url = new URL(a.getAttribute("href") ?? "", location.href).href, own = /[?&](draws=\d+)/.exec(location.search)?.[1];
  return own ? url.replace(/draws=\d+/, own) : url.replace(/([?&])draws=\d+(&|$)/, (_, at, more) => (more ? at : ""));
}

/** Mark the year that is on its way, on the picture and on the slider, before its page is there. @param {string} url */
function mark(url) {
  const years = every(), at = years.findIndex((a) => leads(a) === url), slider = document.getElementById("at-year");
  years.forEach((a, k) => a.classList.toggle("on", k === at));
  if (!(slider instanceof HTMLInputElement) || at < 0) return;
  slider.value = String(at);
  slider.setAttribute("aria-valuetext", years[at].textContent ?? "");
}

/** Put the button that plays beside the others. */
function controls() {
  const place = document.querySelector("main .acts"), onward = document.querySelector("main a[rel=next]");
  if (!place || (!onward && !playing) || still) return;
  const button = document.createElement("button");
  button.type = "button";
  button.id = "run-years";
  button.className = "btn";
  button.textContent = playing ? "Stop" : "Play the years";
  button.addEventListener("click", () => (playing ? stop() : play()));
  place.append(button);
}

function stop() {
  clearTimeout(playing);
  playing = 0;
  const button = document.getElementById("run-years");
  if (button) button.textContent = "Play the years";
}

/** A year a second, as long as there is a next one. */
function play() {
  const step = async () => {
    const onward = document.querySelector("main a[rel=next]");
    if (!(onward instanceof HTMLAnchorElement) || !(await show(onward.href))) { stop(); return; }
    if (playing) playing = window.setTimeout(step, STEP);
  };
  playing = window.setTimeout(step, 0);
  const button = document.getElementById("run-years");
  if (button) button.textContent = "Stop";
}

/** @param {PointerEvent} event @returns {string} where the year under the pointer leads, empty for none */
function under(event) {
  return leads(document.elementFromPoint(event.clientX, event.clientY)?.closest(".years a"));
}

const hand = {
  pointerdown: (/** @type {PointerEvent} */ event) => {
    last = under(event);
    dragged = Boolean(last);
    stroke += 1;
    if (dragged) stop();
    if (dragged || (event.target instanceof Element && event.target.id === "at-year")) window.stop(); // a page that would look again by itself does not while it is dragged
  },
  pointermove: (/** @type {PointerEvent} */ event) => {
    if (!dragged || !event.buttons) return;
    const url = under(event);
    if (url && url !== last) { last = url; follow(url); }
  },
  pointerup: () => { dragged = false; },
};
for (const [kind, does] of Object.entries(hand)) document.addEventListener(kind, /** @type {EventListener} */ (does));
document.addEventListener("input", (event) => {
  const slider = event.target;
  if (slider instanceof HTMLInputElement && slider.id === "at-year") follow(leads(every()[Number(slider.value)]));
});
document.addEventListener("keydown", () => { stroke += 1; });
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest(".years a, a[rel=prev], a[rel=next]") : null;
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  stop();
  const url = leads(link);
  show(url).then((there) => { if (there) { tell(url); again(url); } });
});
addEventListener("popstate", () => { stop(); show(location.href, false).then(() => mark(location.href)); });
controls();
for (const event of sofar()) hand[/** @type {keyof typeof hand} */ (event.type)](/** @type {PointerEvent} */ (event));
