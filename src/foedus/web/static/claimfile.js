/**
 * A claim from its file: chosen or dropped, it is read into the form by the reader of such files, and kept in this browser under
 * its name, where it is offered again. Nothing of it is kept anywhere else.
 */
const form = /** @type {HTMLFormElement} */ (document.getElementById("fill"));
const place = document.createElement("p"), label = document.createElement("label"), field = document.createElement("input"), wrong = document.createElement("div");
field.type = "file";
field.id = "own-file";
field.accept = ".yaml,.yml";
label.htmlFor = field.id;
label.textContent = "Or read a claim from its file (YAML), chosen or dropped here: ";
wrong.setAttribute("role", "alert");
place.className = "small own-file";
place.append(label, field);
form.before(place, wrong);
const told = sessionStorage.getItem("of the file");
if (told) say([told]);
sessionStorage.removeItem("of the file");

/** @param {string[]} words */
function say(words) {
  wrong.replaceChildren(...words.map((w) => { const p = document.createElement("p"); p.className = "problem-line"; p.textContent = w; return p; }));
}

/** @param {File | undefined} file */
async function take(file) {
  if (!file) return;
  const answer = await fetch(`${form.getAttribute("action")}/read`, { method: "POST", body: file }).catch(() => null);
  if (!answer) { say(["The file could not be read: the workbench does not answer. Try again."]); return; }
  const found = await answer.json().catch(() => ({ says: ["The file could not be read just now. Try again."] }));
  if (!answer.ok) { say(found.says); return; }
  if (found.says.length) sessionStorage.setItem("of the file", found.says.join(" "));
  location.assign(`${found.address}&file=${encodeURIComponent(file.name)}`);
}

field.addEventListener("change", () => take(field.files?.[0]));
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => {
  const files = /** @type {DragEvent} */ (event).dataTransfer;
  if (!files?.types.includes("Files")) return;
  event.preventDefault();
  if (kind === "drop") take(files.files[0]);
});

export {};
