/* What no form can do: say what came of it, and count while people arrive. */
"use strict";
(function () {
  let source = null;

  function watch() {
    const live = document.querySelector("[data-live]");
    if (source) source.close();
    source = null;
    if (!live) return;
    source = new EventSource(live.dataset.live);
    source.addEventListener("count", function (event) {
      const count = JSON.parse(event.data);
      const came = live.querySelector("[data-count=came]");
      const changed = came.textContent !== String(count.came);
      came.textContent = count.came;
      live.querySelector("[data-count=expected]").textContent = count.expected;
      live.querySelector(".bar-came").setAttribute("width", count.expected ? 100 * count.came / count.expected : 0);
      if (changed) refresh();
    });
    source.addEventListener("gone", function () { location.assign("/console/enter"); });
  }

  /* The lists follow the count, but never under the hand of somebody who ticks or writes. */
  let soon = 0;
  function refresh() {
    clearTimeout(soon);
    soon = setTimeout(function () {
      const busy = document.querySelector("main input:checked, main details[open], main input:focus, main select:focus");
      if (!busy) htmx.ajax("GET", location.href, { target: "#page", select: "#page", swap: "outerHTML show:none" });
    }, 1500);
  }

  /* A live region speaks when it changes, and the swap brought it with its words already in it. */
  function settle() {
    const said = document.getElementById("said");
    if (said && !said.hidden) {
      const words = said.textContent;
      said.textContent = "";
      requestAnimationFrame(function () { said.textContent = words; });
    }
    if (document.activeElement === document.body || !document.activeElement) {
      const main = document.getElementById("main");
      if (main) main.focus({ preventScroll: true });
    }
    near();
    watch();
  }

  /* On a narrow screen the pages stand in one row: where one is must be seen in it. */
  function near() {
    const here = document.querySelector(".side nav [aria-current]");
    const row = here && here.closest("ul");
    if (row) row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }

  /* Long work says that it is under way, and is not begun twice. */
  document.addEventListener("submit", function (event) {
    const button = event.submitter;
    if (!button || !button.dataset.busy) return;
    requestAnimationFrame(function () {
      button.setAttribute("aria-busy", "true");
      button.textContent = button.dataset.busy;
    });
  });

  document.addEventListener("click", function (event) {
    const all = event.target.closest && event.target.closest("[data-tick]");
    if (!all) return;
    all.form.querySelectorAll("input[type=checkbox]").forEach(function (each) {
      each.checked = all.dataset.tick !== "" && each.dataset.kind === all.dataset.tick;
    });
  });

  /* On a narrow screen: all pages at once instead of a row of them. */
  document.addEventListener("click", function (event) {
    const all = event.target.closest && event.target.closest("[data-all]");
    if (!all) return;
    const open = all.getAttribute("aria-expanded") !== "true";
    all.setAttribute("aria-expanded", String(open));
    document.getElementById(all.getAttribute("aria-controls")).classList.toggle("every", open);
    if (!open) near();
  });

  document.addEventListener("change", function (event) {
    if (!event.target.matches("[data-file]")) return;
    const file = event.target.files[0];
    event.target.closest("label").querySelector("[data-picked]").textContent = file ? file.name : "还没有选";
  });

  document.documentElement.classList.add("scripted");
  document.addEventListener("htmx:afterSettle", settle);
  document.addEventListener("DOMContentLoaded", function () { near(); watch(); });
})();
