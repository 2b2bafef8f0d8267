/**
 * The years: a year that is pressed, or dragged over, is shown without leaving the page; played, they follow one another.
 * Every year is the page of its own address, fetched as it is: without this a press leads there.
 */
import { leading } from "./asking.js";

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const PAUSE = 120, STEP = 1000;
let number = 0, playing = 0, waiting = 0, stroke = 0, noted = 0, dragged = false;

/** Show the page of another year in the place of this one. @param {string} url @param {boolean} [entry] @param {number} [drag] which drag shows it: each is one step of Back @returns {Promise<boolean>} */
async function show(url, entry = true, drag = 0) {
  const mine = ++number;
  try {
    const answer = await fetch(url, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = document.querySelector("main"), next = page.querySelector("main");
    if (mine !== number || !answer.ok || !now || !next) return false;
    const held = document.activeElement?.id;
    now.replaceChildren(...next.childNodes);
    document.querySelector("footer.foot")?.replaceChildren(...(page.querySelector("footer.foot")?.childNodes ?? []));
    leading(page);
    document.title = page.title;
    if (entry) history[drag && noted === drag ? "replaceState" : "pushState"](null, "", url);
    noted = drag;
    controls();
    if (held) document.getElementById(held)?.focus({ preventScroll: true });
    return true;
  } catch {
    stop();
    return false;
  }
}

/** Put the button that plays beside the others. */
function controls() {
  const place = document.querySelector("main .acts"), next = document.querySelector("main a[rel=next]");
  if (!place || (!next && !playing) || still) return;
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
    const next = document.querySelector("main a[rel=next]");
    if (!(next instanceof HTMLAnchorElement) || !(await show(next.href))) { stop(); return; }
    if (playing) playing = window.setTimeout(step, STEP);
  };
  playing = window.setTimeout(step, 0);
  const button = document.getElementById("run-years");
  if (button) button.textContent = "Stop";
}

/** @param {PointerEvent} event @returns {string} where the year under the pointer leads, empty for none */
function under(event) {
  const link = document.elementFromPoint(event.clientX, event.clientY)?.closest(".years a");
  return link ? new URL(link.getAttribute("href") ?? "", location.href).href : "";
}

document.addEventListener("pointerdown", (event) => {
  dragged = Boolean(under(event));
  stroke += 1;
  if (dragged) stop();
});
document.addEventListener("pointermove", (event) => {
  if (!dragged || !event.buttons) return;
  const url = under(event);
  clearTimeout(waiting);
  if (url && url !== location.href) waiting = window.setTimeout(() => show(url, true, stroke), PAUSE);
});
document.addEventListener("pointerup", () => { dragged = false; });
document.addEventListener("dragstart", (event) => { if (dragged) event.preventDefault(); });
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest(".years a, a[rel=prev], a[rel=next]") : null;
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  stop();
  show(new URL(link.getAttribute("href") ?? "", location.href).href);
});
addEventListener("popstate", () => { stop(); show(location.href, false); });
controls();
