/**
 * The numbers of a case: found by name, state, reason or how they are set; without this script all of them stand in the table.
 */

const line = /** @type {HTMLElement} */ (document.getElementById("find-numbers"));
const table = /** @type {HTMLDetailsElement} */ (document.getElementById("numbers"));
const field = /** @type {HTMLInputElement} */ (line.querySelector("input"));
const told = /** @type {HTMLElement} */ (line.querySelector("[role=status]"));
const rows = /** @type {HTMLElement[]} */ ([...table.querySelectorAll("tbody tr")]);
const texts = rows.map((row) => `${row.textContent} ${row.dataset.key}`.toLowerCase());

function look() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  rows.forEach((row, k) => { row.hidden = !words.every((w) => texts[k].includes(w)); found += row.hidden ? 0 : 1; });
  told.textContent = words.length ? `${found || "None"} of ${rows.length}` : "";
  if (words.length) table.open = true;
}
/** Open the table for who comes to look something up. @param {boolean} write whether to begin writing at once */
function come(write) {
  if (location.hash !== "#inputs" && !write) return;
  table.open = true;
  if (write) setTimeout(() => field.focus({ preventScroll: true }));
}
line.hidden = false;
field.addEventListener("input", look);
document.querySelectorAll('a[href="#inputs"]').forEach((way) => way.addEventListener("click", () => come(true)));
come(false);
look();
