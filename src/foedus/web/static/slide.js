/**
 * The one slider of a page about power: while it moves the page of each place is fetched and shown around it, the last position
 * wins, and the address follows when there is a pause. Without this the slider is a number field with a button.
 */
import { leading, offline } from "./asking.js";
import { slider } from "./marks.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("form.slide"));
const field = /** @type {HTMLInputElement} */ (form.querySelector("input[type=number]"));
const out = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
const wrong = /** @type {HTMLElement} */ (form.querySelector("[role=alert]")), told = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
const neutral = field.dataset.neutral ?? "", PAUSE = 300, AGAIN = 2000;
let next = "", busy = false, seen = location.pathname + location.search, pause = 0, again = 0, stroke = 0, noted = -1, keyed = false;

form.classList.add("script");
field.value = field.defaultValue; // a browser that comes back keeps what was moved, the page does not
if (neutral) slider(field);
else field.type = "range";
outputs();

function outputs() {
  const { before = "", after = "" } = form.dataset, value = Number(field.value);
  out.textContent = `${before}${value}${after}`;
  out.className = neutral && field.value !== neutral ? "ch" : "";
  field.setAttribute("aria-valuetext", out.textContent);
  field.style.setProperty("--p", `${(100 * (value - Number(field.min))) / (Number(field.max) - Number(field.min))}%`);
}

const urlNow = () => (field.value === neutral ? form.dataset.plain : form.dataset.url?.replace("~", field.value)) ?? "";

/** Ask for the place where the slider is; at most one question is under way. */
async function ask() {
  busy = true;
  while (next) {
    const url = next;
    next = "";
    try {
      const answer = await fetch(url, { headers: { accept: "text/html" } }), text = await answer.text();
      offline(false);
      if (answer.status === 429 || answer.status === 503) {
        await new Promise((done) => { setTimeout(done, 1000 * Number(answer.headers.get("retry-after") || 1)); });
        next ||= url;
        continue;
      }
      show(new DOMParser().parseFromString(text, "text/html"), url, answer.ok);
    } catch {
      offline(true);
      await new Promise((done) => { setTimeout(done, 1500); });
      next ||= url;
    }
  }
  busy = false;
}

/** @param {Document} page @param {string} url @param {boolean} taken */
function show(page, url, taken) {
  const main = document.querySelector("main"), home = main?.querySelector(".home"), other = page.querySelector("main .home");
  wrong.hidden = taken && Boolean(other);
  wrong.textContent = page.querySelector("main .problem, main p")?.textContent ?? "";
  if (!main || !home || !other || !taken) return;
  const open = [...main.querySelectorAll("details")].map((d) => d.open);
  [...home.children].forEach((section, k) => around(section, other.children[k]));
  for (const node of [...main.children]) if (node !== home && !node.matches("#offline")) node.remove();
  main.append(...[...(other.parentElement?.children ?? [])].filter((node) => node !== other));
  [...main.querySelectorAll("details")].forEach((d, k) => { d.open = open[k] ?? d.open; });
  for (const part of [".foot .cmd", ".foot .made-with"]) document.querySelector(part)?.replaceWith(...page.querySelectorAll(part));
  leading(page);
  document.title = page.title;
  seen = url;
  clearTimeout(again); // draws that are under way are looked at again, as the page itself would
  if (main.querySelector(".run progress")) again = window.setTimeout(() => { if (!next && seen === url) { next = url; if (!busy) ask(); } }, AGAIN);
}

/** Put the parts of a section in the place of those of another, around the slider, which stays in the hand. @param {Element} section @param {Element | undefined} other */
function around(section, other) {
  if (!other) return;
  const held = section.contains(form), theirs = other.querySelector("form.slide"), nodes = [...other.childNodes], at = theirs ? nodes.indexOf(theirs) : -1;
  if (!held || at < 0) { section.replaceChildren(...nodes); return; }
  for (const node of [...section.childNodes]) if (node !== form) node.remove();
  form.before(...nodes.slice(0, at));
  form.after(...nodes.slice(at + 1));
}

/** The page says its number once per pause, and its address follows; each drag is one step of Back. */
function rest() {
  if (busy || next) { pause = window.setTimeout(rest, PAUSE); return; }
  const url = urlNow();
  if (url !== location.pathname + location.search) history[noted === stroke ? "replaceState" : "pushState"](null, "", url);
  noted = stroke;
  told.textContent = `${out.textContent}: ${document.querySelector("main .big")?.textContent?.trim() ?? ""}`;
}

form.addEventListener("input", () => {
  const reach = Number(field.max) - Number(field.min);
  if (neutral && !keyed && Math.abs(Number(field.value) - Number(neutral)) < 0.021 * reach) field.value = neutral;
  told.textContent = "";
  outputs();
  next = urlNow();
  if (!busy) ask();
  clearTimeout(pause);
  pause = window.setTimeout(rest, PAUSE);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("keydown", () => { keyed = true; stroke += 1; });
form.addEventListener("pointerdown", () => { keyed = false; stroke += 1; });
for (const kind of ["pointerdown", "keydown"]) form.addEventListener(kind, () => stop(), { once: true }); // a page that would look again by itself does not while it is moved
addEventListener("popstate", () => location.reload());
