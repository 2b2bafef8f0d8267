/**
 * Draft a body: press a state or drag it, and see at once who gains, who refuses, and the best single exchange.
 */
import { asker, copying, offline, stream } from "./asking.js";
import { fine, percent, quantile, shifts, signed } from "./marks.js";

/** @typedef {{members: string[], rule: string, gains: Record<string, number>, consents: Record<string, number>, agree: number, joined: Record<string, number>, losers: string[], says: string[], best: [string, string, number] | null, best_says: string, command: string}} Found */

const root = /** @type {HTMLElement} */ (document.getElementById("draft"));
const given = JSON.parse(root.dataset.draft ?? "{}");
const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @type {Found} */
let found = given.found;
/** @type {string[]} */
let members = [...found.members];
let rule = found.rule, pauseTimer = 0, drawTimer = 0, focus = "";
/** The chance that all agree, draw by draw, of the body that is seen. @type {number[]} */
let drawn = [];
let running = false, wrong = "", asOpened = true, stopped = () => {};
const pools = [$("in"), $("out")];

const words = () => [`members=${members.join(",")}`, ...(rule === "consensus" ? [] : [`rule=${rule}`]), ...(given.query ? [given.query] : [])].join("&");
const ask = asker({
  answered: (/** @type {Found} */ answer, url) => { if (!url || !url.endsWith(words())) return; found = answer; $("problem").hidden = true; render(); },
  refused: (says) => { $("problem").textContent = says; $("problem").hidden = false; },
  slow: (on) => { $("hair").hidden = !on; if (on) $("told").textContent = "working out"; },
  gone: offline,
});

/** Draw the body as it is, from when there is a pause. @param {number} pause */
function draw(pause) {
  stopped();
  [drawn, running, wrong] = [[], false, ""];
  sure();
  clearTimeout(drawTimer);
  if (members.length < 3 || !given.draws) return;
  drawTimer = window.setTimeout(() => {
    running = true;
    stopped = stream(`${given.path}/draws?${words()}`, {
      about: (of) => { $("likeliest").textContent = of.likeliest; sure(); },
      drawn: (row, count) => { if (count === drawn.length + 1) drawn.push(row.agree); sure(); },
      ended: (says) => { [running, wrong] = [false, says]; sure(); tell(); },
      waits: () => {}, gone: offline,
    });
    sure();
  }, pause);
}

/** How sure the number is, by the draws that are there. */
function sure() {
  const ends = drawn.length >= given.fewest ? given.band.map((/** @type {number} */ share) => fine(quantile(drawn, share))) : null;
  if (ends || !asOpened) $("band").textContent = ends ? `5–95 % of ${drawn.length} draws: ${ends.join(" to ")}`.replace(/ %/g, "\u00a0%") : "No draws yet: nothing is said about certainty.";
  $("run").textContent = wrong || (running ? `${drawn.length} of ${given.draws} draws` : "");
  $("cmd").textContent = (found.command ?? given.command).replace(/--draws \d+/, `--draws ${drawn.length === given.draws ? given.draws : 0}`);
}

/** Say once per pause what is seen, for those who hear it. */
function tell() {
  $("told").textContent = `${members.length} members, all agree: ${fine(found.agree)}. ${drawn.length ? $("band").textContent : ""} ${found.says[1]} ${found.best_says} ${$("likeliest").textContent}`;
}

/** @param {string[]} next */
function body(next) {
  members = given.states.filter((/** @type {string} */ s) => next.includes(s) || s === given.hub);
  asOpened = false;
  draw(400);
  render();
  if (members.length < 3) return;
  ask(`${given.path}/draft/quick?${words()}`);
  clearTimeout(pauseTimer);
  pauseTimer = window.setTimeout(() => {
    const url = `${given.path}/draft?${words()}`;
    if (url !== location.pathname + location.search) history.pushState(null, "", url);
  }, 400);
}

/** @param {string} state */
const move = (state) => { focus = state; body(members.includes(state) ? members.filter((s) => s !== state) : [...members, state]); };

/** @param {string} state @returns {HTMLElement} */
function token(state) {
  const inside = members.includes(state), known = found.members.join() === members.join(), hub = state === given.hub;
  const made = document.createElement("a"), small = document.createElement("small"), told = document.createElement("span");
  made.className = `tk${hub ? " hub" : ""}${inside && known && found.gains[state] < 0 ? " no" : ""}`;
  made.dataset.state = state;
  if (!hub) {
    made.setAttribute("role", "button");
    made.tabIndex = 0;
  }
  const value = inside ? signed(found.gains[state]) : `→ ${fine(found.joined[state] ?? NaN)}`;
  small.textContent = `${hub ? "hub " : ""}${known ? value : "…"}`;
  told.className = "sr";
  told.textContent = hub ? "" : `, ${inside ? "take out" : "put in"}`;
  made.append(`${given.names[state]} `, small, told);
  return made;
}

function render() {
  const outside = given.states.filter((/** @type {string} */ s) => !members.includes(s));
  pools[0].replaceChildren(...members.map(token));
  pools[1].replaceChildren(...outside.map(token));
  if (focus) { /** @type {HTMLElement | null} */ (root.querySelector(`[data-state="${focus}"]`))?.focus(); focus = ""; }
  root.querySelectorAll("[data-rule]").forEach((a) => (a.getAttribute("data-rule") === rule ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current")));
  if (members.length < 3) {
    $("agree").textContent = "–";
    $("says").textContent = "A body needs the hub and at least two others.";
    $("best").textContent = $("likeliest").textContent = "";
    $("do").hidden = true;
    return;
  }
  $("agree").textContent = fine(found.agree);
  $("says").textContent = found.says[1];
  $("best").textContent = found.best_says;
  $("do").hidden = !found.best;
  sure();
  const ranked = [...found.members].sort((a, b) => found.gains[a] - found.gains[b]);
  const rows = ranked.map((s) => ({ words: given.names[s], value: found.gains[s], beside: percent(found.consents[s]) }));
  $("who").innerHTML = shifts(rows, innerWidth <= 720 ? 354 : 520, "What the body would bring each member", 0, ["gain", "agrees"]);
  $("members").replaceChildren(...ranked.map((s) => {
    const row = document.createElement("tr");
    [given.names[s], signed(found.gains[s]), percent(found.consents[s])].forEach((t, k) => { const cell = document.createElement("td"); cell.textContent = t; if (k) cell.className = "n"; row.append(cell); });
    return row;
  }));
}

/* ---------- press, keyboard, drag ---------- */
/** @type {{state: string, x: number, y: number, ghost: HTMLElement | null} | null} */
let hand = null;
let dragged = false;

root.addEventListener("click", (event) => {
  const at = event.target instanceof Element ? event.target : null;
  const tk = at?.closest(".tk"), ready = at?.closest("a.ready"), way = at?.closest("[data-rule]");
  if (tk instanceof HTMLElement) {
    event.preventDefault();
    if (!dragged && tk.dataset.state !== given.hub) move(tk.dataset.state ?? "");
    dragged = false;
  } else if (ready instanceof HTMLAnchorElement) {
    event.preventDefault();
    body((new URL(ready.href).searchParams.get("members") ?? "").split(","));
  } else if (way) {
    event.preventDefault();
    rule = way.getAttribute("data-rule") ?? rule;
    body(members);
  } else if (at?.id === "do" && found.best) {
    event.preventDefault();
    const [out, into] = found.best;
    body([...members.filter((s) => s !== out), ...(into ? [into] : [])]);
  }
});
root.addEventListener("keydown", (event) => {
  const tk = event.target instanceof HTMLElement ? event.target.closest(".tk") : null;
  if (!(tk instanceof HTMLElement)) return;
  if ((event.key === "Enter" || event.key === " ") && tk.dataset.state !== given.hub) {
    event.preventDefault();
    move(tk.dataset.state ?? "");
  }
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const all = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(".tk:not(.hub)")]);
    all[(all.indexOf(tk) + step + all.length) % all.length]?.focus();
  }
});
root.addEventListener("dragstart", (event) => event.preventDefault());
root.addEventListener("pointerdown", (event) => {
  const tk = event.target instanceof Element ? event.target.closest(".tk") : null;
  dragged = false;
  if (tk instanceof HTMLElement && tk.dataset.state !== given.hub && event.button === 0) hand = { state: tk.dataset.state ?? "", x: event.clientX, y: event.clientY, ghost: null };
});
addEventListener("pointermove", (event) => {
  if (!hand) return;
  if (!hand.ghost) {
    if (Math.hypot(event.clientX - hand.x, event.clientY - hand.y) < 6) return;
    const tk = /** @type {HTMLElement} */ (root.querySelector(`[data-state="${hand.state}"]`));
    hand.ghost = /** @type {HTMLElement} */ (tk.cloneNode(true));
    hand.ghost.classList.add("held");
    tk.classList.add("drag");
    document.body.append(hand.ghost);
  }
  hand.ghost.style.left = `${event.clientX - 40}px`;
  hand.ghost.style.top = `${event.clientY - 18}px`;
  const over = document.elementFromPoint(event.clientX, event.clientY);
  pools.forEach((p) => p.classList.toggle("over", over !== null && p.contains(over)));
});
addEventListener("pointerup", (event) => {
  if (!hand) return;
  const { state, ghost } = hand, over = ghost ? document.elementFromPoint(event.clientX, event.clientY) : null;
  hand = null;
  if (!ghost) return;
  dragged = true;
  ghost.remove();
  root.querySelectorAll(".drag").forEach((e) => e.classList.remove("drag"));
  pools.forEach((p) => p.classList.remove("over"));
  const pool = pools.find((p) => over && p.contains(over));
  if (pool && (pool === pools[0]) !== members.includes(state)) move(state);
});
addEventListener("pointercancel", () => { hand?.ghost?.remove(); hand = null; });
addEventListener("popstate", () => {
  const at = new URLSearchParams(location.search);
  rule = at.get("rule") ?? "consensus";
  members = given.states.filter((/** @type {string} */ s) => s === given.hub || (at.get("members") ?? given.found.members.join()).split(",").includes(s));
  ask(`${given.path}/draft/quick?${words()}`);
  asOpened = false;
  draw(400);
});
addEventListener("pagehide", () => stopped());
addEventListener("resize", render);
copying($("copy"), () => $("cmd").textContent ?? "");
render();
draw(0);
