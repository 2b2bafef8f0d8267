/**
 * A judged number as three sliders on one scale, the value and the two ends of its range, each beside the field that says it
 * exactly: what is typed moves its slider, what is moved is written into its field. Without script the fields are all there is.
 */

const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-scale]"));
const [least, most, step] = (place?.dataset.scale ?? "0 1 0.01").split(" ").map(Number);
const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (document.getElementById(name));
const NAMES = ["low", "value", "high"];
const sliders = new Map();

/** @param {number} v @returns {string} as one writes it: no more digits than a step of the scale has */
const plain = (v) => String(Number(v.toFixed(Math.max(0, Math.min(12, Math.ceil(-Math.log10(step)) + 1)))));

/** Put every slider where its field is, and the band from the one end to the other behind all three. */
function sync() {
  const share = (/** @type {string} */ name) => Math.max(0, Math.min(100, (100 * (Number(field(name).value) - least)) / (most - least)));
  for (const [name, slider] of sliders) {
    if (field(name).value.trim() !== "" && Number.isFinite(Number(field(name).value))) slider.value = field(name).value;
    slider.style.setProperty("--a", `${share("low")}%`);
    slider.style.setProperty("--b", `${share("high")}%`);
  }
}

/** What is moved: the value takes an end along that it meets, an end stops at the value. @param {string} name */
function moved(name) {
  const now = (/** @type {string} */ n) => Number(field(n).value), at = Number(sliders.get(name).value);
  const held = name === "low" ? Math.min(at, now("value")) : name === "high" ? Math.max(at, now("value")) : at;
  field(name).value = held === at ? plain(at) : field("value").value;
  if (name === "value" && at < now("low")) field("low").value = field("value").value;
  if (name === "value" && at > now("high")) field("high").value = field("value").value;
  sync();
}

/** @param {string} name */
function slider(name) {
  const found = document.createElement("input"), label = document.querySelector(`label[for=${name}]`);
  Object.assign(found, { type: "range", min: String(least), max: String(most), step: "any", className: "on-scale" });
  found.setAttribute("aria-label", `${label?.textContent}, as a slider`);
  found.step = String(step);
  sliders.set(name, found);
  label?.after(found);
  found.addEventListener("input", () => moved(name));
  field(name).addEventListener("input", sync);
}

if (place) {
  NAMES.forEach(slider);
  place.classList.add("sliding");
  place.nextElementSibling?.removeAttribute("hidden");
  document.querySelector("form.fill")?.addEventListener("filled", sync);
  sync();
}

export {};
