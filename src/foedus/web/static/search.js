/**
 * One search over every fact of the case and every parameter of the theory; what is chosen becomes a slider.
 */

/**
 * @typedef {{key: string, label: string, value: number, low: number, high: number, unit: string, about: string, source: string, drawn: boolean}} Choice
 * @typedef {{slider: (f: HTMLInputElement) => void, labels: Map<string, string>, has: (key: string) => boolean, value: (key: string) => string, put: (key: string, value: string) => void, drop: (key: string) => void}} Doors
 */

/** @param {string} path @param {[string, string][]} rest @param {Doors} doors */
export function searching(path, rest, doors) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById("find"));
  const list = /** @type {HTMLElement} */ (document.getElementById("found"));
  const facts = /** @type {HTMLElement} */ (document.getElementById("facts"));
  const help = /** @type {HTMLElement} */ (document.getElementById("find-help"));
  /** @type {Choice[]} */
  let all = [];
  /** @type {Choice[]} */
  let shown = [];
  let at = -1;
  /** @type {Promise<void> | null} */
  let loading = null;
  field.placeholder = "korea trade, reliability …";
  help.textContent = "By name, state or meaning.";
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", "found");
  field.setAttribute("aria-expanded", "false");

  function load() {
    loading ??= fetch(`${path}/choices${rest.length ? `?${new URLSearchParams(rest)}` : ""}`).then((r) => r.json()).then((found) => {
      all = found;
      all.forEach((c) => doors.labels.set(c.key, c.label));
      help.textContent = `By name, state or meaning: ${all.filter((c) => c.key.includes(".")).length} facts, ${all.filter((c) => !c.key.includes(".")).length} parameters.`;
    }).catch(() => { loading = null; });
    return loading;
  }

  function close() { list.hidden = true; field.setAttribute("aria-expanded", "false"); at = -1; }

  function look() {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = words.length ? all.filter((c) => { const text = `${c.label} ${c.key} ${c.about}`.toLowerCase(); return words.every((w) => text.includes(w)); }) : [];
    const first = (/** @type {Choice} */ c) => (words.every((w) => c.label.toLowerCase().includes(w)) ? 0 : 1);
    shown = shown.sort((a, b) => first(a) - first(b)).slice(0, 12);
    list.replaceChildren();
    shown.forEach((c, k) => {
      const row = document.createElement("button"), small = document.createElement("small");
      row.type = "button";
      row.tabIndex = -1;
      row.id = `found-${k}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(k === at));
      row.textContent = c.label;
      small.textContent = `${short(c.value)} ${c.unit} · ${c.about.slice(0, 90)}`;
      row.append(small);
      row.addEventListener("click", () => choose(c));
      list.append(row);
    });
    if (words.length && all.length && !shown.length) list.textContent = "Nothing has this name.";
    list.hidden = !words.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
  }

  /** @param {number} v */
  const short = (v) => String(Number(v.toPrecision(4)));

  /** @param {Choice} c */
  function choose(c) {
    close();
    field.value = "";
    if (!doors.has(c.key)) doors.put(c.key, short(c.value));
    show(c).focus();
  }

  /** Make the slider of a fact or parameter, or find the one there is. @param {Choice} c @returns {HTMLInputElement} */
  function show(c) {
    const there = /** @type {HTMLInputElement | null} */ (document.getElementById(`fact-${c.key}`));
    if (there?.type === "range") return there;
    there?.closest(".fact")?.remove();
    const box = document.createElement("div"), label = document.createElement("label"), out = document.createElement("output");
    const input = document.createElement("input"), ticks = document.createElement("div"), told = document.createElement("p"), off = document.createElement("button");
    box.className = "sl fact";
    label.htmlFor = input.id = `fact-${c.key}`;
    label.append(`${c.label} `, out);
    const now = Number(doors.value(c.key) || c.value), low = Math.min(c.low, now), high = Math.max(c.high, now);
    Object.assign(input, { type: "number", name: `set:${c.key}`, min: short(low), max: short(high), step: "any" });
    input.dataset.neutral = String(c.value);
    input.value = String(now);
    ticks.className = "ticks";
    for (const end of [low, high]) { const s = document.createElement("span"); s.textContent = short(end); ticks.append(s); }
    told.className = "small soft";
    told.textContent = `${c.unit ? `${c.unit}. ` : ""}${c.about}${c.source ? ` (${c.source.length > 110 ? `${c.source.slice(0, c.source.lastIndexOf(" ", 110))} …` : c.source})` : ""}. In the case ${short(c.value)}.${c.drawn && c.key.includes(".") ? " Set by hand it is not drawn any more." : ""}`;
    Object.assign(off, { type: "button", className: "mini off", textContent: "Back to the case" });
    off.addEventListener("click", () => doors.drop(c.key));
    box.append(label, input, ticks, told, off);
    facts.append(box);
    doors.slider(input);
    input.type = "range";
    input.step = String((high - low) / 200);
    input.value = String(now);
    return input;
  }

  field.addEventListener("focus", load);
  if (document.activeElement === field) load().then(look); // what was typed before this was here counts too
  field.addEventListener("input", async () => { at = -1; await load(); look(); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = Math.max(0, Math.min(shown.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)));
      [...list.children].forEach((row, k) => { row.setAttribute("aria-selected", String(k === at)); if (k === at) row.scrollIntoView({ block: "nearest" }); });
      field.setAttribute("aria-activedescendant", `found-${at}`);
    }
    if (event.key === "Enter") { event.preventDefault(); take(); }
  });
  document.addEventListener("click", (event) => { if (event.target instanceof Node && !list.contains(event.target) && event.target !== field) close(); });

  function take() {
    const wanted = shown[Math.max(0, at)];
    if (wanted && field.value) choose(wanted);
  }

  return {
    take,
    /** Make a slider of every fact that the address sets. */
    sync: () => {
      const set = [...facts.querySelectorAll("input")].map((i) => i.name.slice(4));
      const missing = () => all.filter((c) => doors.has(c.key) && !(document.getElementById(`fact-${c.key}`) instanceof HTMLInputElement && /** @type {HTMLInputElement} */ (document.getElementById(`fact-${c.key}`)).type === "range"));
      if (all.length) missing().forEach(show);
      else if (set.length) load().then(() => missing().forEach(show));
    },
  };
}
