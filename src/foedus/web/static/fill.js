/**
 * Forms that are answered while they are filled in: the page of the same address is fetched on each pause, and what it
 * says takes the place of what stood there. Without this the form is sent by its button, and says the same.
 */
import { copying, offline } from "./asking.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("fill"));
let number = 0, timer = 0;

/** @param {string} [more] */
const address = (more = "") => `${form.getAttribute("action")}?${new URLSearchParams(/** @type {any} */ (new FormData(form)))}${more}`;

/** Take the parts of a page that was fetched; the field that is being filled in keeps its place. @param {string} html @param {boolean} fields */
function take(html, fields) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const id of fields ? ["fields", "outcome"] : ["outcome"]) {
    const now = document.getElementById(id), next = page.getElementById(id);
    if (!now || !next) continue;
    const open = [...now.querySelectorAll("details")].map((d) => d.open);
    const held = now.contains(document.activeElement) ? /** @type {HTMLInputElement} */ (document.activeElement) : null;
    const at = held && "selectionStart" in held ? held.selectionStart : null;
    now.replaceChildren(...next.childNodes);
    [...now.querySelectorAll("details")].forEach((d, k) => { d.open = open[k] ?? d.open; });
    const again = held && held.id ? document.getElementById(held.id) : null;
    if (again instanceof HTMLElement) again.focus();
    if (at !== null && again instanceof HTMLInputElement && again.type === "text") again.setSelectionRange(at, at);
  }
  const foot = page.querySelector("footer.foot");
  if (foot) document.querySelector("footer.foot")?.replaceChildren(...foot.childNodes);
  document.querySelectorAll("[data-copies]").forEach((b) => copying(/** @type {HTMLElement} */ (b), () => document.getElementById(b.getAttribute("data-copies") ?? "")?.textContent ?? ""));
  look();
}

/** Fetch a page and show it, unless something newer was asked meanwhile. @param {string} url @param {boolean} fields */
async function ask(url, fields) {
  const mine = ++number;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { accept: "text/html" } });
    const html = await answer.text();
    if (mine !== number) return;
    if (!answer.ok) { location.assign(url); return; }
    history.replaceState(null, "", answer.url);
    take(html, fields);
  } catch {
    if (mine === number) offline();
  } finally {
    if (mine === number) form.removeAttribute("aria-busy");
  }
}

/** While draws are worked out, look again. */
function look() {
  clearTimeout(timer);
  if (document.querySelector("#outcome progress")) timer = window.setTimeout(() => ask(location.href, false), 1000);
}

form.addEventListener("change", (event) => {
  clearTimeout(timer);
  ask(address(), event.target instanceof HTMLSelectElement || ["fact", "to", "set", "year"].includes(/** @type {HTMLInputElement} */ (event.target).name));
});
form.addEventListener("input", (event) => {
  if (event.target instanceof HTMLSelectElement) return;
  clearTimeout(timer);
  timer = window.setTimeout(() => ask(address(), false), 450);
});
form.addEventListener("submit", (event) => {
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (button && button.name === "draws") {
    event.preventDefault();
    ask(address(`&draws=${button.value}`), false);
  }
});
document.querySelectorAll("[data-copies]").forEach((b) => copying(/** @type {HTMLElement} */ (b), () => document.getElementById(b.getAttribute("data-copies") ?? "")?.textContent ?? ""));
look();
