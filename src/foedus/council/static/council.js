/**
 * The council room in the browser: what changes is put in, what is typed is kept, what is sent is sent until it is answered.
 * Without this script every page reads and acts all the same.
 */

const body = document.body;
const base = body.dataset.base ?? "", token = body.dataset.token ?? "", page = body.dataset.page ?? "", person = body.dataset.person ?? "";
const $ = (/** @type {string} */ id) => document.getElementById(id);
const all = (/** @type {string} */ q, /** @type {ParentNode} */ from = document) => /** @type {HTMLElement[]} */ ([...from.querySelectorAll(q)]);
let ahead = Number(body.dataset.now ?? 0) - Date.now() / 1000;
const now = () => Date.now() / 1000 + ahead;

/* ---------- clocks ---------- */
/** @param {number} seconds @returns {string} */
function left(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s >= 172800) return `${Math.floor(s / 86400)} days`;
  const two = (/** @type {number} */ v) => String(v).padStart(2, "0");
  return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)} h` : `${Math.floor(s / 60)}:${two(s % 60)}`;
}
/** The hour of a moment where the reader is; nothing where clocks show the same as in the room. @param {number} at @param {string} zone */
function own(at, zone) {
  try {
    const here = (/** @type {string | undefined} */ timeZone) => new Date(at * 1000).toLocaleString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", weekday: "short", day: "numeric", month: "short" });
    return here(zone) === here(undefined) ? "" : `(${here(undefined)} where you are)`;
  } catch { return ""; }
}
/** Turn hours of the log into those of the reader, with the day where that is another; the title says universal time. @param {ParentNode} [from] */
function hours(from = document) {
  for (const el of all("time[data-hour]", from)) {
    const then = new Date(/** @type {HTMLTimeElement} */ (el).dateTime), hour = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit" });
    if (Number.isNaN(then.getTime())) continue;
    const today = then.toDateString() === new Date(now() * 1000).toDateString();
    el.textContent = then.toLocaleString("en-GB", today ? hour : { day: "numeric", month: "short", ...hour });
    delete el.dataset.hour;
  }
}
const said = new Set();
function clocks() {
  for (const el of all("[data-until]")) {
    const until = Number(el.dataset.until), rest = until - now(), words = left(rest);
    if (el.textContent !== words) el.textContent = words;
    if ("say" in el.dataset) for (const mark of [300, 60, 15]) {
      const key = `${until} ${mark}`;
      if (rest <= mark && rest > mark - 3 && !said.has(key)) { said.add(key); tell(`${mark >= 60 ? `${mark / 60} minute${mark > 60 ? "s" : ""}` : `${mark} seconds`} left.`); }
    }
  }
  for (const el of all("[data-own]")) {
    const words = own(Number(el.dataset.own), el.dataset.zone ?? "UTC");
    if (el.textContent !== words) el.textContent = words;
  }
  for (const el of all("[data-after]")) el.hidden = now() < Number(el.dataset.after);
  for (const el of all("li[data-runs]")) {  // minutes of the plan go on with the clock, not with what happens
    const most = Number(el.dataset.most), used = Math.max(0, now() - Number(el.dataset.runs)) / 60, bar = el.querySelector("progress"), words = el.querySelector(".n");
    if (bar) { bar.value = Math.min(used, most); bar.classList.toggle("over", used > most); }
    const told = `${used.toFixed(0)} of ${most}`;
    if (words && words.textContent !== told) words.textContent = told;
  }
  for (const el of all("progress[data-thread]")) {
    const bar = /** @type {HTMLProgressElement} */ (el);
    bar.value = Math.max(0, Math.min(bar.max, Number(bar.dataset.thread) - now()));
  }
}

/* ---------- what is told to those who listen ---------- */
/** @type {string[]} */
let telling = [];
let tellTimer = 0;
/** @param {string} words */
function tell(words) {
  telling.push(words);
  clearTimeout(tellTimer);
  tellTimer = window.setTimeout(() => { const el = $("told"); if (el) el.textContent = telling.slice(-4).join(" "); telling = []; }, 900);
}
let noteTimer = 0;
/** Show something above the page, and say it once to those who listen. @param {string} words @param {boolean} [good] */
function note(words, good = false) {
  const el = $("note");
  if (!el) return;
  el.className = `notice${good ? " ok" : ""}`;
  el.textContent = words;
  if (words) tell(words);
  clearTimeout(noteTimer);
  if (good) noteTimer = window.setTimeout(() => { el.textContent = ""; }, 10000);  // it lies above the page, and the log has it
}
/** Say that an act is taken; where the page is loaded anew for it, behind that. @param {string} label @param {boolean} leaves */
function taken(label, leaves) {
  const words = `Sent, and taken by the room: ${label.replace(/[ …]+$/, "")}.`;
  if (!leaves) { note(words, true); return; }
  try { sessionStorage.setItem(keyOf("taken"), words); } catch { /* it is told by what the page shows */ }
}
/** Focus something that need not be a field, and leave the page where it is. @param {Element | null | undefined} el */
function focus(el) {
  if (!(el instanceof HTMLElement)) return;
  if (!el.matches("a, button, summary, input, select, textarea")) el.tabIndex = -1;
  el.focus({ preventScroll: true });
}

/* ---------- drafts: here at once, on the server soon after ---------- */
const keyOf = (/** @type {string} */ place) => `foedus ${base} ${person} ${place}`;
/** @typedef {{text: string, base: number, was: string}} Kept */
/** @returns {Kept} */
function kept(/** @type {string} */ place) {
  try { return { text: "", base: 0, was: "", ...JSON.parse(localStorage.getItem(keyOf(place)) ?? "{}") }; } catch { return { text: "", base: 0, was: "" }; }
}
function keep(/** @type {string} */ place, /** @type {Partial<Kept>} */ what) {
  try { localStorage.setItem(keyOf(place), JSON.stringify({ ...kept(place), ...what })); } catch { /* full or forbidden: the server keeps it */ }
}
/** How often each draft had been kept when the page was made: what is typed on is typed on that. @type {Record<string, number>} */
const bases = JSON.parse(body.dataset.bases || "{}");
const forget = (/** @type {string} */ place) => { try { localStorage.removeItem(keyOf(place)); } catch { /* nothing was kept */ } };
/** @type {Map<string, number>} */
const timers = new Map(), last = new Map();

async function put(/** @type {HTMLTextAreaElement | HTMLInputElement} */ field, leaving = false) {
  const place = field.dataset.place ?? "", here = kept(place), text = field.value;
  last.set(place, Date.now());
  try {
    const answer = await fetch(`${base}/draft`, { method: "PUT", keepalive: leaving, headers: { "content-type": "application/json", "x-foedus-token": token }, body: JSON.stringify({ place, text, base: here.base, was: here.was }) });
    if (!answer.ok) throw new Error(String(answer.status));
    const got = await answer.json();
    keep(place, { base: got.base, was: got.text });
    if (got.merged && field.value === text) { field.value = got.text; keep(place, { text: got.text }); note("You typed in two places. Both are kept; lines that differ are marked with ≠."); }
    stateOf(field, "Kept here and on the server");
  } catch { stateOf(field, "Kept here; the server does not answer"); }
}
function stateOf(/** @type {HTMLElement} */ field, /** @type {string} */ words) {
  const el = field.closest("form")?.querySelector(".kept");
  if (el) el.textContent = words;
}
function typed(/** @type {HTMLTextAreaElement | HTMLInputElement} */ field) {
  const place = field.dataset.place ?? "";
  keep(place, { text: field.value });
  stateOf(field, "Kept here …");
  clearTimeout(timers.get(place));
  const late = Date.now() - (last.get(place) ?? 0) > 3000 && last.has(place);
  timers.set(place, window.setTimeout(() => put(field), late ? 0 : 400));
}
/** Fill in what was typed before, where the page has nothing. */
function restore(/** @type {ParentNode} */ from = document) {
  for (const el of all("[data-place]", from)) {
    const field = /** @type {HTMLTextAreaElement} */ (el), here = kept(field.dataset.place ?? "");
    const place = field.dataset.place ?? "";
    if (!here.text) { if (field.value) keep(place, { text: field.value, was: field.value, base: bases[place] ?? 0 }); continue; }
    if (!field.value || field.value === here.was) field.value = here.text;
    else if (field.value !== here.text) { const theirs = field.value; field.value = here.text; keep(field.dataset.place ?? "", { was: here.was || theirs }); typed(field); }
    if (field.value && from === document) { const details = field.closest(".acts details"); if (details instanceof HTMLDetailsElement) details.open = true; }
  }
}
document.addEventListener("input", (event) => {
  const field = event.target;
  if ((field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) && field.dataset.place) typed(field);
});
addEventListener("pagehide", () => { for (const el of all("[data-place]")) { const f = /** @type {HTMLTextAreaElement} */ (el); if (f.value !== kept(f.dataset.place ?? "").was) put(f, true); } });

/* ---------- acts: sent until they are answered ---------- */
/** @returns {string} */
const fresh = () => [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, "0")).join("");
/** @param {HTMLFormElement} form @param {HTMLElement | null} by the button that was pressed */
async function send(form, by) {
  const data = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  if (by instanceof HTMLButtonElement && by.name) data.set(by.name, by.value);
  form.dataset.key ??= fresh();
  data.set("key", form.dataset.key);
  const buttons = all("button", form), label = (by ?? buttons[0])?.textContent?.trim() ?? "";
  buttons.forEach((b) => { /** @type {HTMLButtonElement} */ (b).disabled = true; });
  for (let wait = 500; ; wait = Math.min(wait * 2, 8000)) {
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded", "x-foedus-token": token }, body: data });
      if (answer.status === 429 || answer.status >= 502) throw new Error("later");
      const got = await answer.json();
      if (answer.ok) done(form, got, label); else refused(form, got);
      break;
    } catch {
      stateOf(form.querySelector("textarea") ?? form, "Not sent yet; it is sent again by itself");
      await new Promise((r) => setTimeout(r, wait));
    }
  }
  delete form.dataset.key;
  buttons.forEach((b) => { /** @type {HTMLButtonElement} */ (b).disabled = false; });
  begun([]);
}
/** @param {HTMLFormElement} form @param {{back?: string}} got @param {string} label what the button says */
function done(form, got, label) {
  for (const el of all("[data-place]", form)) { clearTimeout(timers.get(el.dataset.place ?? "")); /** @type {HTMLTextAreaElement} */ (el).value = ""; forget(el.dataset.place ?? ""); }
  note("");
  if (!("stays" in form.dataset)) taken(label, Boolean(got.back));
  if (got.back) {
    const same = new URL(got.back, location.href).href.split("#")[0] === location.href.split("#")[0];
    location.assign(got.back);
    if (same) location.reload();  // another fragment alone loads nothing
    return;
  }
  if ("stays" in form.dataset) { stateOf(form, ""); /** @type {HTMLElement | null} */ (form.querySelector("textarea"))?.focus(); return; }
  const details = form.closest("details");
  if (details instanceof HTMLDetailsElement && !details.classList.contains("more-acts")) { details.open = false; }
  form.reset();
  if (document.activeElement === body || form.contains(document.activeElement)) {  // where it was opened, or the acts that are open
    focus(details instanceof HTMLDetailsElement && !details.classList.contains("more-acts") ? details.querySelector("summary") : form.closest("[data-part]"));
  }
  later();
}
/** @param {HTMLFormElement} form @param {{sentence?: string, allowed?: string[]}} got */
function refused(form, got) {
  const more = got.allowed?.length ? ` Open to you now: ${got.allowed.join(", ")}.` : "";
  note(`${got.sentence ?? "This was not taken."}${more} What you typed is kept.`);
  $("note")?.scrollIntoView({ block: "nearest" });
}
/** Begin a new wording with that of the article, unless something else is written already. @param {Element | null} form */
function begins(form) {
  const choice = /** @type {HTMLSelectElement | null} */ (form?.querySelector("select[name=article]") ?? null);
  const area = /** @type {HTMLTextAreaElement | null} */ (form?.querySelector("textarea[name=words]") ?? null);
  if (!choice || !area) return;
  const known = [...choice.options].map((o) => o.dataset.words ?? "");
  if (area.value === "" || known.includes(area.value)) area.value = choice.selectedOptions[0]?.dataset.words ?? "";
}

document.addEventListener("change", (event) => { if (event.target instanceof HTMLSelectElement && event.target.name === "article") begins(event.target.form); });
document.addEventListener("toggle", (event) => { if (event.target instanceof HTMLDetailsElement && event.target.open) begins(event.target.querySelector("form")); }, true);
document.addEventListener("paste", (event) => {
  const field = event.target, more = event.clipboardData?.getData("text") ?? "";
  if (field instanceof HTMLTextAreaElement && field.maxLength > 0 && field.value.length - (field.selectionEnd - field.selectionStart) + more.length > field.maxLength) note(`${field.maxLength} characters fit here: the end of what you pasted is left out. Send it in parts.`);
});
/** Ask once before what cannot be undone. @param {HTMLFormElement} form @returns {boolean} whether it was asked just now */
function twice(form) {
  const button = form.querySelector("button"), words = button?.textContent ?? "";
  if (!button || !form.dataset.twice || form.dataset.asked) return false;
  form.dataset.asked = "yes";
  button.textContent = form.dataset.twice;
  tell(form.dataset.twice);
  setTimeout(() => { delete form.dataset.asked; button.textContent = words; }, 6000);
  return true;
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form instanceof HTMLFormElement && twice(form)) { event.preventDefault(); return; }
  if (form instanceof HTMLFormElement && "act" in form.dataset) { event.preventDefault(); if (!form.dataset.key) { pressed(); send(form, event.submitter); } }
});
/** Whether the last key was the g of “go to”. */
let going = false;
/** Go to the table, or to the channels. @param {string} key */
function go(key) {
  tab(key === "c" ? "channels" : "table");
  const there = key === "c" ? $("draft") ?? document.querySelector(".log") : document.querySelector(".paper");
  if (there instanceof HTMLElement) { if (key === "t") there.tabIndex = -1; there.focus(); }
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target instanceof HTMLTextAreaElement) event.target.form?.requestSubmit();
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLSelectElement || event.metaKey || event.ctrlKey || event.altKey) return;
  const after = going;
  going = event.key === "g";
  if (after && (event.key === "t" || event.key === "c")) { event.preventDefault(); go(event.key); return; }
  if (event.key === "/") { const more = $("more"); if (more instanceof HTMLDetailsElement) { event.preventDefault(); more.open = true; more.querySelector("summary")?.focus(); } }
});

/* ---------- what changes ---------- */
/** Parts that wait because somebody is in them. @type {Map<string, string>} */
const kept_back = new Map();
const PRESSED = "button, summary, a, label, select, input, textarea";
/** What the hand is at, and until when it is taken to be about to press there. */
const hand = { el: /** @type {Element | null} */ (null), until: 0, free: 0, timer: 0 };
function hovers(/** @type {Event} */ event) {
  hand.el = event.target instanceof Element ? event.target.closest(PRESSED) : null;
  hand.until = hand.el && Date.now() > hand.free ? Date.now() + 2000 : 0;
  clearTimeout(hand.timer);
  if (kept_back.size) hand.timer = window.setTimeout(later, hand.el ? 2100 : 0);
}
/** It has pressed: what comes of it is shown at once. */
function pressed() { hand.until = 0; hand.free = Date.now() + 3000; }
for (const kind of ["pointermove", "pointerdown"]) document.addEventListener(kind, hovers, { passive: true });
/** Do something to the page and hold what is under the hand, or has the focus, where it is on the glass. @param {() => void} what */
function held(what) {
  const at = [hand.el, document.activeElement].find((el) => el?.isConnected && el.closest("main") && el.matches(PRESSED) && el.getClientRects().length);
  const part = at?.closest("[data-part]"), before = at?.getBoundingClientRect().top ?? 0, of = part?.getBoundingClientRect().top ?? 0;
  what();
  if (!at) return;
  const moved = at.isConnected ? at.getBoundingClientRect().top - before : part?.isConnected ? part.getBoundingClientRect().top - of : 0;
  if (Math.abs(moved) >= 1) scrollBy(0, moved);
}
/** @param {HTMLElement} el @returns {boolean} whether somebody types in it, or has something open */
function busy(el) {
  if (Date.now() < hand.until && hand.el && el.contains(hand.el)) return true;
  if (el.contains(document.activeElement) && document.activeElement !== el && document.activeElement?.matches("input, textarea, select")) return true;
  const fields = (/** @type {string} */ q) => all(q, el).filter((f) => !f.closest(".acts details:not([open])"));  // what is folded is kept as a draft
  return fields("textarea, input[type=text]").some((f) => /** @type {HTMLTextAreaElement} */ (f).value !== /** @type {HTMLTextAreaElement} */ (f).defaultValue)
    || fields("input[type=radio], input[type=checkbox]").some((f) => /** @type {HTMLInputElement} */ (f).checked !== /** @type {HTMLInputElement} */ (f).defaultChecked)
    || all(":scope details[open] form, form[data-key]", el).length > 0;
}
/** Say in a part that waits that something else is open to its reader meanwhile. @param {HTMLElement} el */
function news(el) {
  if (el.querySelector(".news")) return;
  const line = Object.assign(document.createElement("p"), { className: "news small", textContent: "Something changed here meanwhile: send or fold what you have open to see it." });
  el.prepend(line);
  tell(line.textContent ?? "");
}
/** What stands beside open forms. @type {WeakMap<Element, string>} */
const shown = new WeakMap();
/** Put what is open now beside a form that somebody has open in it, and leave that form alone. @param {HTMLElement} el @param {string} html @returns {boolean} whether there is such a form */
function beside(el, html) {
  const open = [...el.children].filter((c) => c.matches("details[open], form[data-key]"));
  const at = Date.now() < hand.until && hand.el && el.contains(hand.el) ? hand.el : null;
  if (!open.length || (at && !open.some((c) => c.contains(at)))) return false;  // what is under the hand does not move
  const made = document.createElement("template"), of = (/** @type {Element} */ c) => c.id || [...c.querySelectorAll("input[name=kind], input[name=id]")].map((f) => /** @type {HTMLInputElement} */ (f).value).join(" ");
  const had = new Set([...el.children].map(of));
  if (shown.get(el) === html) return true;
  shown.set(el, html);
  const came = new Set([...el.children].filter((c) => c.matches(".came")).map(of));
  made.innerHTML = html;
  for (const c of [...el.children]) if (!open.includes(c)) c.remove();
  let next = el.firstElementChild;
  for (const c of [...made.content.children]) {
    const same = open.find((o) => of(o) === of(c));
    if (same) { next = same.nextElementSibling; continue; }
    const fresh_ = !had.has(of(c)) && c.querySelector(".warn, .main");
    if (fresh_) tell(`${c.querySelector(".btn")?.textContent} is open to you now.`);
    if (fresh_ || came.has(of(c))) { c.classList.add("came"); open[0].before(c); } else el.insertBefore(c, next);
    restore(c);
  }
  for (const field of all("input[name=token]", el)) /** @type {HTMLInputElement} */ (field).value = token;
  hours(el);
  return true;
}
/** @param {string} name @param {string} html */
function change(name, html) {
  for (const el of all(`[data-log="${CSS.escape(name)}"]`)) grow(el, html);
  for (const el of all(`[data-part="${CSS.escape(name)}"]`)) {
    if (name.startsWith("acts-") && beside(el, html)) { kept_back.set(name, html); continue; }
    if (busy(el)) { kept_back.set(name, html); hand.timer ||= window.setTimeout(later, 2100); if (!(hand.el && el.contains(hand.el)) || el.querySelector("details[open] form")) news(el); continue; }
    kept_back.delete(name);
    shown.delete(el);
    const focused = el.contains(document.activeElement) ? document.activeElement?.id : "";
    const folded = el.contains(document.activeElement) && document.activeElement?.matches("summary") ? document.activeElement.parentElement?.id : "";
    const inside = el.contains(document.activeElement);
    const top = el.scrollTop, on = el.querySelector("a[aria-current]"), how = on?.getAttribute("aria-current");  // all are told the same list; which of it is open each page knows
    el.innerHTML = html;
    if (on && how) all("a", el).find((a) => a.getAttribute("href") === on.getAttribute("href"))?.setAttribute("aria-current", how);
    el.scrollTop = top;
    for (const field of all("input[name=token]", el)) /** @type {HTMLInputElement} */ (field).value = token;
    if (focused) document.getElementById(focused)?.focus();
    if (folded) document.getElementById(folded)?.querySelector("summary")?.focus();
    if (inside && document.activeElement === body) focus(el);
    restore(el);
    hours(el);
  }
}
/** Add lines at the end; what is there stays. @param {HTMLElement} el @param {string} html */
function grow(el, html) {
  const made = document.createElement("template"), list = el.querySelector("ol");
  made.innerHTML = html;
  if (!list) return;
  const most = Math.max(0, ...all("li", list).map((li) => Number(li.dataset.n))), down = el.scrollHeight - el.scrollTop - el.clientHeight < 40;
  for (const li of all("li", /** @type {any} */ (made.content))) if (Number(li.dataset.n) > most) list.append(li);
  hours(list);
  if (down) el.scrollTop = el.scrollHeight;
}
function later() {
  hand.timer = 0;
  held(() => { for (const [name, html] of [...kept_back]) change(name, html); });
  begun([]);
}
document.addEventListener("focusout", () => setTimeout(later, 100));
document.addEventListener("toggle", (event) => { if (event.target instanceof HTMLDetailsElement && !event.target.open) { pressed(); setTimeout(later, 50); }; }, true);

/* ---------- what is still worked out comes by itself ---------- */
async function awaited() {
  const main = document.querySelector("main[data-waits]");
  if (!main) return;
  const answer = await fetch(location.href).catch(() => null);
  const now = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main") : null;
  if (now && !main.contains(document.activeElement)) main.replaceWith(now);
  setTimeout(awaited, 4000);
}
setTimeout(awaited, 4000);

/* ---------- how it is told: by one stream for all windows of a browser; where none comes through, by asking ---------- */
let heard = Date.now(), tried = 0, leads = false, shut = false;
/** @type {EventSource | null} */
let source = null;
let mark = body.dataset.mark ?? "";
const windows = base && mark && "BroadcastChannel" in globalThis ? new BroadcastChannel(`foedus ${base} ${person} ${page}`) : null;
const me = fresh();
/** The window that has the stream, as far as this one knows. */
let leader = "";
const live = (/** @type {string} */ how) => { body.dataset.live = how; };

/** Take in what the room tells, from whichever window. @param {string} name @param {string} data */
function take(name, data) {
  heard = Date.now();
  online();
  if (name === "beat") ahead = Number(data) - Date.now() / 1000;
  if (name === "shut") { shut = true; source?.close(); note("Your link was taken back by the facilitator."); }
  if (name !== "parts") return;
  const got = JSON.parse(data);
  if (got.mark === mark) return;
  if (got.from && got.from !== mark) { ask(); return; }
  mark = got.mark;
  held(() => { for (const [part, html] of Object.entries(got.parts)) change(part, String(html)); });
  clocks();
  counted(Object.keys(got.parts));
  begun(Object.keys(got.parts));
  const head = document.querySelector(".paper .hd p b")?.textContent;
  if (head && head !== toldHead) { toldHead = head; tell(head); }
}
/** Ask once what changed since what is shown. */
async function ask() {
  try {
    const answer = await fetch(`${base}/parts.json?page=${page}&mark=${mark}`, { headers: { accept: "application/json" } });
    if (answer.status === 403) { take("shut", ""); return; }
    if (!answer.ok) return;
    heard = Date.now();
    online();
    if (answer.status === 200) take("parts", await answer.text());
  } catch { /* the room does not answer; it is asked again */ }
}
function connect() {
  source?.close();
  tried = Date.now();
  source = new EventSource(`${base}/stream?page=${page}&mark=${mark}`);
  for (const name of ["beat", "parts", "shut"]) source.addEventListener(name, (event) => { live("stream"); take(name, event.data); windows?.postMessage({ of: me, name, data: event.data }); });
}
function lead() {
  leads = true;
  leader = me;
  windows?.postMessage({ of: me, name: "leads", data: "" });
  connect();
}
function follow(/** @type {string} */ who) {
  leads = false;
  leader = who;
  source?.close();
  source = null;
  live("follows");
  ask();
}
/** Follow the window that has the stream, or have it where nobody answers. */
function join() {
  if (!windows) { lead(); return; }
  leader = "";
  windows.postMessage({ of: me, name: "who", data: "" });
  setTimeout(() => { if (!leader && !leads) lead(); }, 200 + Math.random() * 300);
}
windows?.addEventListener("message", (event) => {
  const { of, name, data } = event.data;
  if (name === "who") { if (leads) windows.postMessage({ of: me, name: "leads", data: "" }); return; }
  if (name === "bye") { if (of === leader) join(); return; }
  if (name === "leads") { if (!leads || of < me) { if (leader !== of) follow(of); } else windows.postMessage({ of: me, name: "leads", data: "" }); return; }
  if (!leads) { leader = of; take(name, data); }
});
addEventListener("pageshow", (event) => { if (event.persisted && mark && !shut) { leads = false; source?.close(); ask(); join(); } });
addEventListener("pagehide", () => { if (leads) windows?.postMessage({ of: me, name: "bye", data: "" }); });
let toldHead = document.querySelector(".paper .hd p b")?.textContent ?? "";
/** Parts whose first text or first place to talk has come, while something was typed or sent. @type {Set<string>} */
const first = new Set();
/** Load the page anew where its first text or first place to talk has come, unless somebody types: then a link says so. @param {string[]} names */
function begun(names) {
  const none = document.querySelector('[data-part="paper-none"]');
  for (const n of names) if ((none && n.startsWith("paper-") && n !== "paper-none") || (document.querySelector('[data-log="log-"]') && n.startsWith("log-"))) first.add(n);
  if (!first.size) return;
  const typing = all("textarea, input[type=text]").some((f) => /** @type {HTMLInputElement} */ (f).value && (!f.dataset.place || f === document.activeElement));
  if (!typing && !document.querySelector("form[data-key]")) { first.clear(); location.reload(); return; }  // drafts that lie in the page are there again
  const text = [...first].find((n) => n.startsWith("paper-"));
  if (!text || !none || none.querySelector(".news")) return;
  const line = Object.assign(document.createElement("p"), { className: "news" }), link = Object.assign(document.createElement("a"), { href: `${base}?text=${text.slice(6)}`, textContent: "A text lies on the table now: open it." });
  line.append(link, " What you typed is kept.");
  none.replaceChildren(line);
  tell(line.textContent ?? "");
}
/** Say at a channel that is not open that something new is in it. @param {string[]} names */
function counted(names) {
  for (const name of names.filter((n) => n.startsWith("log-"))) {
    const link = document.querySelector(`.tabs a[data-channel="${CSS.escape(name.slice(4))}"]`);
    if (!link || link.hasAttribute("aria-current")) continue;
    const number = Number(link.querySelector(".new")?.textContent ?? 0) + 1;
    const mark_ = link.querySelector(".new") ?? link.appendChild(Object.assign(document.createElement("span"), { className: "new" }));
    mark_.textContent = String(number);
    mark_.setAttribute("aria-label", `${number} new`);
  }
}
function online() { const el = $("offline"); if (el && !el.hidden) { el.hidden = true; tell("Connected again."); } }
setInterval(() => {
  const el = $("offline");
  if (!base || !el || Date.now() - heard < 20000) return;
  el.hidden = false;
  el.textContent = "Not connected. What you type is kept, and sent when the room answers.";
}, 1000);
document.addEventListener("visibilitychange", () => {
  if (document.hidden || !mark || shut || Date.now() - heard < 16000) return;
  ask();  // a telephone that was asleep believes that it is connected
  if (leads) connect(); else join();
});
setInterval(() => {
  const late = Date.now() - heard > 20000, closed = leads && source?.readyState === 2;
  if (!mark || shut || (!late && !closed)) return;
  live("asks");
  ask();
  if (Date.now() - tried > 30000) { if (leads) connect(); else join(); tried = Date.now(); }
}, 3000);
/** Show until when this person has what lasts longer for them than others see, and say what is new of it. @param {string} html */
function own_hours(html) {
  const el = $("longer"), made = document.createElement("p");
  if (!el) return;
  made.innerHTML = html;
  const of = (/** @type {Element} */ p) => [p.firstChild?.textContent?.slice(0, 30), ...all("b", p).map((b) => b.dataset.until)].join(" ");
  if (of(made) === of(el)) return;
  el.innerHTML = html;
  el.hidden = !html;
  clocks();
  if (html) tell(el.textContent ?? "");
}
/** Where a page that no stream changes was made, and what it has said since: branch, year and phase. */
let stands = body.dataset.phase ?? "";
const PLACES = /** @type {Record<string, string>} */ ({ orders: "/orders", reading: "/year", debrief: "/debrief" });
/** Say on a page without a stream where the room is now, with a link, and show that in its strip. @param {string} at */
async function moved(at) {
  const el = $("moved");
  if (!el || mark || !at || at === stands) return;
  const [branch, year, phase = ""] = at.split("."), back = stands.split(".")[0] !== branch;
  stands = at;
  el.hidden = at === body.dataset.phase;
  const strip = document.querySelector("ul.phases");
  const answer = strip ? await fetch(location.href).catch(() => null) : null;
  const fresh_ = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("ul.phases") : null;
  if (fresh_) strip?.replaceWith(fresh_);
  if (el.hidden) return;
  const called = fresh_?.querySelector("[aria-current]")?.textContent?.trim() || `${phase[0]?.toUpperCase()}${phase.slice(1)}`;
  const link = document.createElement("a"), there = base + (PLACES[phase] ?? "");
  link.href = document.querySelector(`header nav a[href="${CSS.escape(there)}"]`) ? there : base;
  link.textContent = "Go there";
  el.replaceChildren(phase === "paused" ? "The room is paused. " : `The room has gone ${back ? "back" : "on"} to ${called}, ${year}. `, link);
  tell(el.textContent ?? "");
}
setInterval(async () => {
  if (!base || document.hidden) return;
  try {
    const answer = await fetch(`${base}/here`, { method: "POST", headers: { "x-foedus-token": token } });
    if (answer.ok) moved(answer.headers.get("x-foedus-phase") ?? "");
    if (answer.ok) own_hours(answer.status === 200 ? await answer.text() : "");
    if (answer.ok && !mark) { heard = Date.now(); online(); }  // a page without a stream hears by this that the room is there
  } catch { /* the room is away, and it is said after a while */ }
}, 8000);

/* ---------- views of a telephone, links with a secret ---------- */
for (const button of all(".tabbar button[data-t]")) button.addEventListener("click", () => tab(button.dataset.t ?? "table"));
/** @param {string} name */
function tab(name) {
  const room = document.querySelector("main.room");
  if (!(room instanceof HTMLElement)) return;
  room.dataset.tab = name;
  all(".tabbar button").forEach((b) => (b.dataset.t === name ? b.setAttribute("aria-current", "true") : b.removeAttribute("aria-current")));
  const log = document.querySelector(".log");
  if (log) log.scrollTop = log.scrollHeight;
}
const hashed = () => { if (location.hash === "#channels") tab("channels"); };
hashed();
addEventListener("hashchange", hashed);
const entering = document.querySelector("form[data-enter]");
/** A link that is opened, or put right where a wrong one was, goes in by itself; what is a place on the page is no code. */
const go_in = () => {
  const code = location.hash.slice(1), field = entering?.querySelector("input[name=secret]");
  if (!(entering instanceof HTMLFormElement) || !(field instanceof HTMLInputElement) || !code || $(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname);
  entering.requestSubmit();
};
go_in();
addEventListener("hashchange", go_in);
for (const el of all(".log")) el.scrollTop = el.scrollHeight;
const slider = document.querySelector("input[type=range][name=at]");
if (slider instanceof HTMLInputElement) {
  const fill = () => slider.style.setProperty("--p", `${(100 * Number(slider.value)) / Math.max(Number(slider.max), 1)}%`);
  fill();
  slider.addEventListener("input", fill);
  slider.addEventListener("change", () => slider.form?.requestSubmit());
}

restore();
hours();
clocks();
try {
  const words = sessionStorage.getItem(keyOf("taken"));
  sessionStorage.removeItem(keyOf("taken"));
  if (words) {
    note(words, true);
    addEventListener("load", () => setTimeout(() => focus($(location.hash.slice(1) || "main")), 50));  // the browser goes to the fragment first
  }
} catch { /* forbidden: the page itself shows what became of it */ }
setInterval(clocks, 250);
if (base && mark) join();
