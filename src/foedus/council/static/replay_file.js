/**
 * The replay in one file: a slider that steps through what happened. Without this script everything is there to read.
 */
(() => {
  const $ = (/** @type {string} */ id) => document.getElementById(id);
  const all = (/** @type {string} */ q) => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(q)]);
  const at = /** @type {HTMLInputElement | null} */ ($("at")), play = $("play"), who = /** @type {HTMLSelectElement | null} */ ($("who"));
  if (!at || !play || !who) return;
  for (const el of all("time[data-hour]")) {  // the hour of the reader; the title says universal time
    const then = new Date(/** @type {HTMLTimeElement} */ (el).dateTime);
    if (!Number.isNaN(then.getTime())) el.textContent = then.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  }
  for (const id of ["scrub", "now", "pick"]) $(id)?.removeAttribute("hidden");
  const moments = all(".moment"), states = all("#states>li"), numbers = moments.map((m) => Number(m.dataset.n)), last = Number(at.max);
  /** @param {string} name @param {string} words */
  const put = (name, words) => { const el = document.querySelector(`[data-now="${name}"]`); if (el) el.textContent = words; };
  /** @param {number} k Of the moments, how many have passed. */
  function show(k) {
    const n = numbers[k - 1] ?? 0;
    for (const el of all("[data-n]")) if (el.closest("#states") === null) el.classList.toggle("later", Number(el.dataset.n) > n);
    for (const el of all("[data-from]")) {
      const past = el.classList.contains("version") && k < last && Number(el.dataset.until ?? Infinity) <= n;
      el.hidden = Number(el.dataset.from) > n || past;
    }
    const x = `${(100 * (k - 0.5)) / last}%`, hand = $("hand");
    hand?.setAttribute("x1", x);
    hand?.setAttribute("x2", x);
    const m = moments[k - 1] ?? null;
    const said = m?.querySelector("q")?.textContent ?? "";
    put("when", m?.querySelector(".when")?.textContent ?? "Before anything happened");
    put("words", m ? (m.querySelector("p")?.textContent ?? "").replace(said ? `: ${said}` : "", "") : "");
    put("said", said);
    const s = states.filter((e) => Number(e.dataset.n) <= n).pop();
    put("texts", s?.children[0].textContent || "Nothing is tabled.");
    put("in_force", s?.children[1].textContent || "Nothing yet.");
    at?.style.setProperty("--p", `${(100 * (k - 1)) / Math.max(last - 1, 1)}%`);
    at?.setAttribute("aria-valuetext", m?.querySelector("p")?.textContent ?? "the beginning");
  }
  let timer = 0;
  const stop = () => { clearInterval(timer); timer = 0; play.textContent = "Play"; };
  at.addEventListener("input", () => { stop(); show(Number(at.value)); });
  play.addEventListener("click", () => {
    if (timer) { stop(); return; }
    if (Number(at.value) >= last) at.value = "1";
    play.textContent = "Stop";
    timer = window.setInterval(() => {
      at.value = String(Number(at.value) + 1);
      show(Number(at.value));
      if (Number(at.value) >= last) stop();
    }, 900);
  });
  who.addEventListener("change", () => { for (const m of moments) m.hidden = Boolean(who.value) && m.dataset.who !== who.value; });
  for (const mark of all("circle[data-n]")) mark.addEventListener("click", () => { stop(); at.value = String(numbers.indexOf(Number(mark.dataset.n)) + 1); show(Number(at.value)); });
  show(last);
})();
