/**
 * What is being filled in stays in this browser, so that a closed tab loses nothing: the address of the page, and what was
 * typed since. Nothing of it is sent anywhere. Under `file=` of the address it has a name of its own.
 */

/** @typedef {{href: string, fields: [string, string][], when: number}} Draft */

const asked = new URLSearchParams(location.search), named = asked.get("file"), path = location.pathname;
if (named !== null) sessionStorage.setItem(`file ${path}`, named);
const KEY = `${path} ${sessionStorage.getItem(`file ${path}`) ?? ""}`;
const form = () => /** @type {HTMLFormElement | null} */ (document.querySelector("form.fill"));

/** @returns {Promise<IDBDatabase>} */
const opened = () => new Promise((done, failed) => {
  const request = indexedDB.open("foedus", 1);
  request.onupgradeneeded = () => { request.result.createObjectStore("drafts"); };
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

/** @param {(drafts: IDBObjectStore) => IDBRequest} act @returns {Promise<any>} */
async function drafts(act) {
  const base = await opened();
  return new Promise((done, failed) => {
    const request = act(base.transaction("drafts", "readwrite").objectStore("drafts"));
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

/** @returns {string} the address of the page without the name of a draft */
function here() {
  const words = new URLSearchParams(location.search);
  words.delete("file");
  return path + (words.size ? `?${words}` : "");
}

/** Keep the page as it is now. */
function keep() {
  const filled = form();
  const fields = filled ? [...new FormData(filled)].map(([k, v]) => [k, String(v)]) : [];
  return drafts((all) => all.put({ href: here(), fields, when: Date.now() }, KEY));
}

/** What the form says. @returns {string} */
const filledIn = () => { const filled = form(); return filled ? JSON.stringify([...new FormData(filled)]) : ""; };

/** Put what was typed back into its fields, of those with one name each its own, and have it answered where it is more than the address says, which may ask for draws; rows of numbers stand in the address, and are as many as it says. @param {[string, string][]} fields */
function fill(fields) {
  /** @type {Map<string, string[]>} */
  const left = new Map(), before = filledIn();
  for (const [k, v] of fields) left.set(k, [...(left.get(k) ?? []), v]);
  for (const field of form()?.elements ?? []) {
    const name = /** @type {HTMLInputElement} */ (field).name, said = left.get(name) ?? [];
    if (!name || name === "fact" || name === "to" || field.getAttribute("type") === "hidden") continue;
    if (field instanceof HTMLInputElement && ["radio", "checkbox"].includes(field.type)) {
      if (said.length || field.type === "checkbox") field.checked = said.includes(field.value);
    } else if (said.length && (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) field.value = /** @type {string} */ (said.shift());
  }
  if (filledIn() !== before) form()?.dispatchEvent(new Event("filled"));
}

/** Offer to go on with what was being filled in. @param {Draft} draft */
function offer(draft) {
  const place = document.createElement("p"), link = document.createElement("a"), drop = document.createElement("button");
  place.className = "note";
  place.setAttribute("role", "status");
  link.href = draft.href;
  link.className = drop.className = "btn";
  link.textContent = "Go on with it";
  if (draft.href === here()) link.addEventListener("click", (event) => { event.preventDefault(); place.remove(); fill(draft.fields); });
  drop.type = "button";
  drop.textContent = "Forget it";
  drop.addEventListener("click", async () => { await drafts((all) => all.delete(KEY)); place.remove(); });
  place.append(`What you were filling in here on ${new Date(draft.when).toLocaleDateString("en-GB", { day: "numeric", month: "long" })} is still in this browser. `, link, " ", drop);
  form()?.before(place);
}

/** @returns {Promise<void>} */
async function begin() {
  const draft = /** @type {Draft | undefined} */ (await drafts((all) => all.get(KEY)));
  const bare = [...asked.keys()].every((k) => ["case", "base", "file"].includes(k));
  // somebody who comes to an empty form anew is asked first: what is loaded again, or named, goes on by itself
  const anew = /** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType("navigation")[0])?.type === "navigate";
  if (draft?.href === here() && !(bare && anew && named === null)) fill(draft.fields);
  else if (draft && bare && named !== null) location.replace(draft.href);
  else if (draft && bare) offer(draft);
  else if (!bare) await keep();
}

begin().catch(() => {}); // a browser that keeps nothing says nothing: the address has all that was taken
document.addEventListener("input", (event) => { if (event.target instanceof Element && form()?.contains(event.target)) keep().catch(() => {}); });
