/**
 * On a page that shows what is on record while its number is worked out: it looks again without disturbing who reads, and is
 * another page as soon as there is one.
 */

/** Look whether the answer is there; a server that is gone is asked again as well. */
async function look() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (answer && !answer.headers.has("retry-after")) location.reload();
  else setTimeout(look, 400);
}

setTimeout(look, 500);
