/* What no form can do: say what came of it, and count while people arrive. */
"use strict";
(function () {
  let source = null;
  let quietly = false;
  let slow = 0;

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
      live.querySelector("[data-line]").hidden = true;
      if (changed) refresh();
    });
    source.addEventListener("gone", function () {
      source.close();
      if (!busy()) location.assign("/console/enter");
    });
    source.onerror = function () {
      live.querySelector("[data-line]").hidden = false;
      if (source.readyState === EventSource.CLOSED) setTimeout(watch, 5000);
    };
  }

  /* The lists follow the count, but never under the hand of somebody who ticks or writes. */
  function busy() {
    return document.querySelector("main input:checked, main details[open], main input:focus, main select:focus, main [data-sent]");
  }

  let soon = 0;
  function refresh() {
    clearTimeout(soon);
    soon = setTimeout(function () {
      if (busy()) return;
      quietly = true;
      htmx.ajax("GET", location.href, { target: "#page", select: "#page", swap: "outerHTML show:none" });
    }, 1500);
  }

  /* Those that are as good as the same as `one`, also after the page was made anew. */
  function alike(one) {
    function likeness(each) {
      return each.tagName + (each.getAttribute("href") || each.value || each.textContent) + (each.form ? each.form.getAttribute("action") : "");
    }
    return Array.from(document.querySelectorAll("#page a, #page button, #page summary, #main")).filter(function (each) { return likeness(each) === likeness(one); });
  }

  let held = null;
  document.addEventListener("htmx:beforeSwap", function () {
    const at = document.activeElement;
    held = quietly && at && at.closest("#page") ? { at: at, place: alike(at).indexOf(at) } : null;
  });

  /* A live region speaks when it changes, and the swap brought it with its words already in it.
     What came by itself takes nobody's place on the page. */
  function settle() {
    if (quietly) {
      const same = held && alike(held.at)[held.place];
      if (same) same.focus({ preventScroll: true });
    } else {
      const said = document.getElementById("said");
      if (said && !said.hidden) say(said, said.textContent);
      if (document.activeElement === document.body || !document.activeElement) {
        const main = document.getElementById("main");
        if (main) main.focus({ preventScroll: true });
      }
    }
    quietly = false;
    near();
    watch();
  }

  function say(said, words) {
    said.textContent = "";
    requestAnimationFrame(function () { said.textContent = words; });
  }

  /* Said on the page as it stands: what was filled in stays. */
  function tell(words, look) {
    const said = document.getElementById("said");
    if (!said) return;
    said.className = "said here" + look;
    said.hidden = false;
    say(said, words);
  }

  const worded = document.body.dataset;
  document.addEventListener("htmx:beforeRequest", function () {
    const said = document.getElementById("said");
    if (quietly) return;
    if (said && said.classList.contains("here")) said.hidden = true;
    clearTimeout(slow);
    slow = setTimeout(function () { tell(worded.slow, ""); }, 4000);
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    clearTimeout(slow);
    release(event.detail.elt);
    if (!event.detail.xhr.status) quietly = false;
  });
  ["htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function () { if (!quietly) tell(worded.lost, " trouble"); });
  });

  /* A page of ours that says why there is nothing to see is shown; any other answer that something
     went wrong leaves the page as it is. */
  document.addEventListener("htmx:beforeSwap", function (event) {
    const answer = event.detail.xhr;
    if (answer.status < 400) return;
    const said = new DOMParser().parseFromString(answer.responseText, "text/html").querySelector("#page .said");
    if (!quietly && said && event.detail.requestConfig.verb === "get") return;
    event.detail.shouldSwap = false;
    if (quietly) quietly = false;
    else if (said && said.hasAttribute("data-renew")) renew(said.textContent);
    else tell(said ? said.textContent : worded.odd, " trouble");
  });

  /* Somebody came in anew meanwhile: the forms are made theirs, with what is in them. */
  function renew(words) {
    fetch(location.href).then(function (answer) { return answer.text(); }).then(function (text) {
      const page = new DOMParser().parseFromString(text, "text/html");
      let anew = false;
      document.querySelectorAll("main form[method=post]").forEach(function (form) {
        const fresh = Array.from(page.querySelectorAll("main form[method=post]")).find(function (each) { return each.getAttribute("action") === form.getAttribute("action"); });
        if (!fresh || fresh.elements.csrf.value === form.elements.csrf.value) return;
        form.elements.csrf.value = fresh.elements.csrf.value;
        anew = true;
      });
      tell(anew ? worded.renewed : words, " trouble");
    }).catch(function () { tell(worded.lost, " trouble"); });
  }

  /* On a narrow screen the pages stand in one row: where one is must be seen in it. */
  function near() {
    const here = document.querySelector(".side nav [aria-current]");
    const row = here && here.closest("ul");
    if (row) row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }

  /* A tap is taken once, and is seen to be taken; long work says that it is under way. */
  document.addEventListener("submit", function (event) {
    const form = event.target, button = event.submitter;
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.setAttribute("data-sent", "");
    if (form.matches("[hx-boost=false]")) setTimeout(release, 3000, form);
    if (!button) return;
    button.setAttribute("aria-busy", "true");
    if (button.dataset.busy) requestAnimationFrame(function () {
      button.dataset.idle = button.textContent;
      button.textContent = button.dataset.busy;
    });
  }, true);

  function release(form) {
    if (!form.hasAttribute("data-sent")) return;
    form.removeAttribute("data-sent");
    form.querySelectorAll("[aria-busy]").forEach(function (button) {
      button.removeAttribute("aria-busy");
      if (button.dataset.idle) button.textContent = button.dataset.idle;
    });
  }
  window.addEventListener("pageshow", function () { document.querySelectorAll("[data-sent]").forEach(release); });

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
