// Hovering over a state on the map isolates its ties; without this script everything still reads.
document.querySelectorAll("figure.map svg").forEach(function (svg) {
  var ties = svg.querySelectorAll(".tie");
  function show(/** @type {string | null} */ id) {
    svg.classList.toggle("isolated", !!id);
    ties.forEach(function (t) {
      var members = (t.getAttribute("data-members") || "").split(" ");
      t.classList.toggle("on", t.getAttribute("data-a") === id || t.getAttribute("data-b") === id || (!!id && members.indexOf(id) >= 0));
    });
  }
  svg.querySelectorAll("[data-state]").forEach(function (dot) {
    dot.addEventListener("mouseenter", function () { show(dot.getAttribute("data-state")); });
    dot.addEventListener("mouseleave", function () { show(null); });
  });
});
// On a telephone one screen comes first and the rest is folded, a press on its title away; a link into it opens it.
function unfolded() {
  var at = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  if (!at) return;
  at.querySelectorAll(":scope > details").forEach(function (d) { d.setAttribute("open", ""); });
  for (var d = at.closest("details"); d; d = d.parentElement && d.parentElement.closest("details")) d.setAttribute("open", "");
}
if (window.matchMedia("(max-width: 600px)").matches) {
  document.querySelectorAll("main > section").forEach(function (section, n) {
    var head = section.querySelector(":scope > h2");
    if (n === 0 || !head) return;
    var fold = document.createElement("details"), name = document.createElement("summary");
    section.insertBefore(fold, head);
    name.appendChild(head);
    fold.appendChild(name);
    while (fold.nextSibling) fold.appendChild(fold.nextSibling);
  });
  unfolded();
  window.addEventListener("hashchange", unfolded);
}
window.addEventListener("beforeprint", function () {
  document.querySelectorAll("details").forEach(function (d) { d.open = true; });
});
