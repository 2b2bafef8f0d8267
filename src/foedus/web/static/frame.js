/**
 * What every page has besides reading: a button that copies the address, and menus that close.
 */

const bare = () => location.href.replace(/#.*/, ""), asOpened = bare(), local = /^(localhost|127\.|\[::1\])/.test(location.hostname);

/** @returns {string} the link that stays, or the address where the page has changed it or is not cited */
function lasting() {
  const stays = document.getElementById("cite-link");
  return stays instanceof HTMLAnchorElement && bare() === asOpened ? stays.href : bare();
}

/** Put a button at the end of the bar that copies it. */
function copyButton() {
  const bar = document.querySelector("header.bar");
  if (!bar || !navigator.clipboard) return;
  const button = document.createElement("button");
  button.className = "btn";
  button.type = "button";
  button.textContent = "Copy link";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(lasting());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    setTimeout(() => { button.textContent = "Copy link"; }, 1200);
  });
  bar.append(button);
}

/** Close the list of cases with Escape or by a press beside it. */
function closingMenu() {
  const menu = document.querySelector("details.cases");
  if (!(menu instanceof HTMLDetailsElement)) return;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
}

/** On a map, show the ties of the state that is pointed at, alone; a press near it leads to its reasons, as one on it does. */
function isolatedTies() {
  for (const svg of document.querySelectorAll("figure.map svg")) {
    svg.addEventListener("click", (event) => {
      const { clientX, clientY } = /** @type {MouseEvent} */ (event);
      const far = (/** @type {Element} */ g, b = (g.querySelector("circle") ?? g).getBoundingClientRect()) => Math.hypot(clientX - b.x - b.width / 2, clientY - b.y - b.height / 2);
      const [near] = [...svg.querySelectorAll("[data-state]")].sort((a, b) => far(a) - far(b));
      if (!(near instanceof SVGAElement) || far(near) > (event.target instanceof Element && event.target.closest("a") ? 12 : 24)) return;
      event.preventDefault(); // of a tie that lies there as well
      location.assign(near.href.baseVal);
    });
    for (const group of svg.querySelectorAll("[data-state]")) {
      const state = group.getAttribute("data-state") ?? "";
      const ties = [...svg.querySelectorAll(".tie")];
      const of = (/** @type {Element} */ tie) =>
        [tie.getAttribute("data-a"), tie.getAttribute("data-b"), ...(tie.getAttribute("data-members") ?? "").split(" ")].includes(state);
      group.addEventListener("pointerenter", () => {
        svg.classList.add("isolated");
        ties.forEach((tie) => tie.classList.toggle("on", of(tie)));
      });
      group.addEventListener("pointerleave", () => svg.classList.remove("isolated"));
    }
  }
}

/** A table that another page has, or another place of this one, is put here when it is opened; without script its link leads there. */
function laterTables() {
  document.addEventListener("toggle", async ({ target: place }) => {
    if (!(place instanceof Element && place.matches(".later"))) return;
    for (const link of place.querySelectorAll("a")) {
      const here = link.pathname === location.pathname, text = here ? "" : await fetch(link.href).then((r) => r.text(), () => "");
      const table = (here ? document : new DOMParser().parseFromString(text, "text/html")).querySelector(`${link.hash}>.scroll`);
      if (table) link.replaceWith(table.cloneNode(true));
    }
  }, true);
}

/** On a trial, the arrow keys walk through the claims. */
function walkingKeys() {
  document.addEventListener("keydown", (event) => {
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (!rel || event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement) return;
    const link = document.querySelector(`main a[rel=${rel}]`);
    if (link instanceof HTMLAnchorElement) location.assign(`${link.href}#ev`);
  });
}

/** A page that has changed its address hands out what its address says now. */
function takingAlong() {
  document.querySelector(".take")?.addEventListener("click", (event) => {
    if (event.target instanceof HTMLAnchorElement && bare() !== asOpened) event.target.search = location.search;
  });
}

/** Draw the picture of a page as PNG, with two dots to each of its units. @param {string} address @returns {Promise<string>} */
async function asPng(address) {
  const svg = await (await fetch(address)).text(), [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const image = new Image(2 * Number(width), 2 * Number(height)), canvas = document.createElement("canvas");
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d")?.drawImage(image, 0, 0, image.width, image.height);
  return canvas.toDataURL("image/png");
}

/** Where the server draws no PNG, the browser does. */
function drawingPng() {
  const svg = document.querySelector('.take a[href*=".svg"]');
  if (!(svg instanceof HTMLAnchorElement) || document.querySelector('.take a[href*=".png"]')) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mini";
  button.textContent = "picture (PNG)";
  button.addEventListener("click", async () => {
    const link = document.createElement("a");
    link.href = await asPng(svg.href);
    link.download = svg.pathname.split("/").slice(2).join("-").replace(".svg", ".png");
    link.click();
  });
  svg.after(" · ", button);
}

/** The address in full, in what is cited too where others can reach the server. @param {Element} place */
function reachable(place) {
  const link = place.querySelector("#cite-link");
  if (link instanceof HTMLAnchorElement) link.textContent = `${link.href}${local ? ` (this machine's${document.querySelector(".cmd") ? ": others run the command" : ""})` : ""}`;
  const called = link?.closest("dd")?.previousElementSibling;
  if (local && called) called.textContent = "Link on this machine"; // it stays as long as foedus runs here, and for nobody else
  if (local) return;
  for (const [id, before] of [["cite-text", ", in the workbench "], ["cite-bibtex", ", in the workbench \\texttt{"]]) {
    const said = place.querySelector(`#${id}`)?.firstChild;
    if (said) said.textContent = (said.textContent ?? "").replace(`${before}/`, `${before}${location.origin}/`);
  }
}

/** What is cited is of the page as it is now: a page that changes its address asks for it again, and each part can be copied. */
export function citing() {
  const place = document.getElementById("cite");
  if (!(place instanceof HTMLDetailsElement)) return;
  if (location.hash === "#cite") setTimeout(() => { place.open = true; });
  document.querySelectorAll(".to-cite").forEach((way) => way.addEventListener("click", () => { place.open = true; }));
  place.addEventListener("toggle", async () => {
    if (!place.open) return;
    if (bare() !== asOpened) {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const now = page.querySelector("#cite dl");
      if (now) place.querySelector("dl")?.replaceWith(now);
    }
    reachable(place);
    for (const value of place.querySelectorAll("dd:not(.plain)")) {
      if (!navigator.clipboard || value.querySelector("button")) continue;
      const button = document.createElement("button"), text = value.querySelector("a")?.href ?? value.textContent ?? "";
      button.type = "button";
      button.className = "mini";
      button.textContent = "Copy";
      button.addEventListener("click", () => navigator.clipboard.writeText(text));
      value.append(button);
    }
  });
}

/** A page that looks again by itself opens again what was open in it. */
function stayingOpen() {
  const key = `open ${location.pathname}`, all = () => [...document.querySelectorAll("main details")];
  const kept = (sessionStorage.getItem(key) ?? "").split(",");
  all().forEach((d, k) => { if (d instanceof HTMLDetailsElement && kept.includes(String(k))) d.open = true; });
  document.addEventListener("toggle", () => sessionStorage.setItem(key, all().flatMap((d, k) => (d.hasAttribute("open") ? [k] : [])).join(",")), true);
}

/** In print every figure says where it is from: its address, and the hash of what it shows. */
function sourced() {
  const hash = document.querySelector(".made-with")?.textContent?.match(/(case|result) hash \w+/g)?.pop() ?? "";
  document.querySelectorAll("main figure").forEach((figure) => {
    const there = figure.nextElementSibling, line = there?.matches(".printed") ? there : document.createElement("p");
    line.className = "printed small soft";
    line.textContent = `${lasting().slice(local ? location.origin.length : 0)} · ${hash}`;
    figure.after(line);
  });
}

/** On a narrow screen the bar shows where one is. */
function hereInBar() {
  const here = document.querySelector(".bar nav [aria-current]"), bar = here?.parentElement;
  if (here instanceof HTMLElement && bar) bar.scrollLeft = here.offsetLeft + (here.offsetWidth - bar.clientWidth) / 2 - bar.offsetLeft;
}

/** Below the years of an answer a slider walks through them; what that takes comes with the first touch. */
export function yearly() {
  const time = document.querySelector("figure.time"), years = [...(time?.querySelectorAll(".years a") ?? [])];
  const [first, last] = [years[0], years[years.length - 1]].map((a) => a?.querySelector("rect")?.getBBox()), at = document.createElement("input");
  if (!(time instanceof HTMLElement) || !first || !last) return;
  at.type = "range";
  at.id = "at-year";
  at.max = String(years.length - 1);
  at.value = String(years.findIndex((a) => a.textContent?.startsWith(time.dataset.year ?? "")));
  at.setAttribute("aria-label", "Year");
  at.setAttribute("aria-valuetext", time.dataset.year ?? "");
  const wide = last.width ? 100 / (/** @type {SVGElement} */ (years[0]).ownerSVGElement?.viewBox.baseVal.width ?? 840) : 0; // it lies below the picture where that is drawn wide, and is as wide as a telephone
  at.style.marginLeft = `${wide * first.x}%`;
  at.style.width = `${wide * (last.x + last.width - first.x) || 100}%`;
  time.querySelector("figcaption")?.before(at);
  time.addEventListener("mousedown", (event) => { if (event.target instanceof Element && event.target.closest(".years")) event.preventDefault(); }); // a link that is dragged away, or framed
  if (!early) return;
  for (const kind of ["pointerdown", "pointermove", "pointerup"]) document.addEventListener(kind, (event) => { if (early?.length || (kind === "pointerdown" && event.target instanceof Node && time.contains(event.target))) early?.push(event); });
  if (!document.querySelector('script[src*="years.js"]')) for (const kind of ["pointerenter", "pointerdown", "focusin"]) time.addEventListener(kind, () => import(new URL("years.js", import.meta.url).href), { once: true });
}

/** @type {Event[] | null} */
let early = [];

/** What was pressed and dragged before that which follows it was there, which goes on from it. */
export function sofar() {
  const done = early ?? [];
  early = null;
  return done;
}

if (document.querySelector(".run progress")) stayingOpen();
addEventListener("beforeprint", sourced);
hereInBar();
copyButton();
citing();
drawingPng();
takingAlong();
walkingKeys();
laterTables();
closingMenu();
isolatedTies();
yearly();
