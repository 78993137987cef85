/* The link's token stands after the #, where no server, proxy or preview sees it. */
"use strict";
(function () {
  function take() {
    const token = location.hash.slice(1);
    if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return;
    const form = document.getElementById("by-link");
    form.elements.link.value = token;
    form.hidden = false;
    document.getElementById("ask-for-link").hidden = true;
    history.replaceState(null, "", location.pathname);
    form.querySelector("button").focus();
  }
  window.addEventListener("hashchange", take);
  take();
})();
