/**
 * Given that a state agrees: once the draws of a world are there, the server weighs them by who agrees, in the words of its page.
 */

const AGAIN = 3_000;

/**
 * @param {HTMLElement} place what is replaced
 * @param {{url: () => string, ready: () => boolean, given: (known: string) => void, said: (words: string) => void}} of
 *   url of the page with the draws that are there, whether they are, and what is told of a press and of what came of it
 * @returns {{old: () => void, weigh: () => void}} to say that the draws are of another world now, and that they are there
 */
export function weighing(place, of) {
  let number = 0, due = false, seen = false, held = "";

  async function weigh() {
    due = true;
    if (!seen || !of.ready()) return;
    due = false;
    const mine = ++number, answer = await fetch(of.url(), { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) { // a server that has no time now is asked again, as long as it is looked at
      if (mine === number) { due = true; setTimeout(() => { if (due) weigh(); }, AGAIN); }
      return;
    }
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(place.id);
    if (mine !== number || !next) return;
    place.replaceChildren(...next.childNodes);
    place.classList.remove("old");
    const again = [...place.querySelectorAll("a")].find((a) => name(a) === held);
    if (held && again) { again.focus({ preventScroll: true }); of.said(place.querySelector(".said")?.textContent ?? ""); }
    held = "";
  }

  /** @param {Element} link @returns {string} whose switch it is, and which */
  const name = (link) => `${link.closest("[role=group]")?.getAttribute("aria-label")} ${link.firstChild?.textContent}`;

  // what happened since it was last told comes in one list, of which the last holds
  new IntersectionObserver((list) => { seen = list[list.length - 1].isIntersecting; if (seen && due) weigh(); }, { rootMargin: "200px" }).observe(place);
  place.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || link.hash === "#find" || link.pathname !== location.pathname) return;
    event.preventDefault();
    held = name(link);
    of.given(new URL(link.href).searchParams.get("given") ?? "");
    weigh();
  });
  return { old: () => { number += 1; place.classList.add("old"); }, weigh };
}
