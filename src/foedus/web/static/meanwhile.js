/**
 * On a page that shows what is on record while its number is worked out: it looks again without disturbing who reads, and is
 * another page as soon as there is one.
 */

let leaving = false; // who has pressed a link goes there: to load this page anew would take the link back

/** Look whether the answer is there; a server that is gone is asked again as well. */
async function look() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (leaving) return;
  if (answer && !answer.headers.has("retry-after")) location.reload();
  else setTimeout(look, 400);
}

addEventListener("beforeunload", () => {
  leaving = true;
  setTimeout(() => {
    leaving = false; // still here: the other page did not come
    look();
  }, 10_000);
});
setTimeout(look, 500);
