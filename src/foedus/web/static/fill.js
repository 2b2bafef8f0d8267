/**
 * Forms that are answered while they are filled in: the page of the same address is fetched on each pause, and what it
 * says takes the place of what stood there. Without this the form is sent by its button, and says the same.
 */
import { copying, leading, offline } from "./asking.js";
import { citing } from "./frame.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("fill"));
let number = 0, timer = 0, looking = 0, pressed = false;

/** @param {string} [more] */
const address = (more = "") => `${form.getAttribute("action")}?${new URLSearchParams(/** @type {any} */ (new FormData(form)))}${more}`;

/**
 * Put the parts of one element in the place of those of another, all but the one that is being filled in: it stays where
 * it is, with what has been typed into it since.
 * @param {Element} now @param {Element} next @param {Element | null} held @param {Element | null} twin
 */
function merge(now, next, held, twin) {
  const kept = held && [...now.children].find((c) => c.contains(held)), same = twin && [...next.children].find((c) => c.contains(twin));
  if (!kept || !same) { now.replaceChildren(...next.childNodes); return; }
  const all = [...next.childNodes], place = all.indexOf(same);
  [...now.childNodes].forEach((c) => { if (c !== kept) c.remove(); });
  kept.before(...all.slice(0, place));
  kept.after(...all.slice(place + 1));
  if (kept !== held) merge(kept, same, held, twin);
}

/** Take the parts of a page that was fetched. @param {string} html @param {boolean} fields */
function take(html, fields) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const id of fields ? ["fields", "outcome"] : ["outcome"]) {
    const now = document.getElementById(id), next = page.getElementById(id);
    if (!now || !next) continue;
    const open = [...now.querySelectorAll("details")].map((d) => d.open);
    const held = now.contains(document.activeElement) ? document.activeElement : null;
    merge(now, next, held, held && held.id ? page.getElementById(held.id) : null);
    [...now.querySelectorAll("details")].forEach((d, k) => { d.open = open[k] ?? d.open; });
  }
  const foot = page.querySelector("footer.foot");
  if (foot) document.querySelector("footer.foot")?.replaceChildren(...foot.childNodes);
  const bar = document.querySelector("header.bar");
  document.querySelectorAll(".bar .to-cite").forEach((way) => way.remove());
  page.querySelectorAll(".bar .to-cite").forEach((way) => (way.matches(".slim") ? bar?.querySelector("nav")?.append(way) : bar?.insertBefore(way, bar.querySelector(":scope > button"))));
  citing();
  leading(page);
  copies();
  look();
}

/** Give every button that copies something its work. */
function copies() {
  document.querySelectorAll("[data-copies]").forEach((b) => copying(/** @type {HTMLElement} */ (b), () => document.getElementById(b.getAttribute("data-copies") ?? "")?.textContent ?? ""));
}

/** Fetch a page and show it, unless something newer was asked meanwhile. @param {string} url @param {boolean} fields @param {boolean} [lead] to the first field that lacks something */
async function ask(url, fields, lead = false) {
  const mine = ++number;
  clearTimeout(looking);
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { accept: "text/html" } });
    const html = await answer.text();
    while (pressed && mine === number) await new Promise((done) => { setTimeout(done, 40); }); // what is being pressed stays where it is
    if (mine !== number) return;
    if (!answer.ok) { location.assign(url); return; }
    offline(false);
    history.replaceState(null, "", answer.url);
    take(html, fields);
    if (lead) document.getElementById(document.querySelector(".problem-line")?.id.replace("-wrong", "") ?? "")?.focus();
  } catch {
    if (mine === number) offline(true);
  } finally {
    if (mine === number) form.removeAttribute("aria-busy");
  }
}

/** While draws are worked out, look again. */
function look() {
  clearTimeout(looking);
  if (document.querySelector("#outcome progress")) looking = window.setTimeout(() => ask(location.href, false), 1000);
}

form.addEventListener("change", (event) => {
  clearTimeout(timer);
  const more = event.target instanceof HTMLSelectElement || ["fact", "to", "year"].includes(/** @type {HTMLInputElement} */ (event.target).name);
  timer = window.setTimeout(() => ask(address(), more), 120);
});
form.addEventListener("input", (event) => {
  document.getElementById(`${/** @type {HTMLElement} */ (event.target).id}-wrong`)?.remove();
  if (event.target instanceof HTMLSelectElement) return;
  clearTimeout(timer);
  timer = window.setTimeout(() => ask(address(), false), 450);
});
form.addEventListener("submit", (event) => {
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (button && button.name === "drop") {
    event.preventDefault();
    clearTimeout(timer);
    ask(address(`&drop=${encodeURIComponent(button.value)}`), true).then(() => document.getElementById("fact")?.focus());
  }
  if (button && button.name === "draws") {
    event.preventDefault();
    clearTimeout(timer); // what was typed last is in this very question, and asked once more it would take its place
    ask(address(`&draws=${button.value}`), true, true);
  }
});
form.addEventListener("filled", () => ask(address(), true)); // what was put back into its fields is answered as if it were typed
addEventListener("pointerdown", () => { pressed = true; }, true);
for (const kind of ["pointerup", "pointercancel", "dragend"]) addEventListener(kind, () => { setTimeout(() => { pressed = false; }); }, true);
copies();
look();
