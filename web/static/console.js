/* What no form can do: keep the place, and say what came of it. */
"use strict";
(function () {
  /* After a swap the words of what was done are read out: a live region speaks when it changes. */
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.detail.target && event.detail.target.id !== "page") return;
    const said = document.getElementById("said");
    if (said && !said.hidden) {
      const words = said.textContent;
      said.textContent = "";
      requestAnimationFrame(function () { said.textContent = words; });
    }
    const main = document.getElementById("main");
    if (main && document.activeElement === document.body) main.focus({ preventScroll: true });
  });
})();
