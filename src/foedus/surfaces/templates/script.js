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
window.addEventListener("beforeprint", function () {
  document.querySelectorAll("details").forEach(function (d) { d.open = true; });
});
