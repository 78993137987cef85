/* The screen in the room: the codes turn by the server's clock, also while it cannot be reached. */
"use strict";
(function () {
  const at = function (id) { return document.getElementById(id); };
  const pictures = [at("qr-a"), at("qr-b")];
  let told = JSON.parse(document.body.dataset.first);
  let ahead = told.now * 1000 - Date.now();
  let heard = Date.now();
  let shown = null;

  function now() { return (Date.now() + ahead) / 1000; }

  function slot() {
    return told.slots.find(function (each) { return !each.ends || (each.begins <= now() && now() < each.ends); });
  }

  function show(each) {
    const key = told.state + told.manner + (each ? each.qr : "");
    if (key === shown) return;
    shown = key;
    const words = told.manner === "word";
    if (told.state !== "open") {
      at("label").textContent = told.state === "soon" ? "签到" : "本场";
      at("code").textContent = told.state === "soon" ? told.opens : "签到结束";
      at("say").textContent = told.state === "soon" ? "开放" : "补签请在七天内发「补签」";
      at("qr").hidden = true;
    } else if (!each) {
      at("code").textContent = "稍候";
      at("say").textContent = "网络恢复后，新的码会自己出现；也可以请组织委员点名。";
      at("qr").hidden = true;
    } else {
      at("label").textContent = words ? "扫码，或给支部助手发" : "扫码，或发「签到」加这个码";
      at("code").textContent = words ? "签到" : each.code.length === 6 ? each.code.slice(0, 3) + " " + each.code.slice(3) : each.code;
      at("say").textContent = words ? "" : "发：签到 " + each.code;
      at("qr").hidden = false;
      turn(each.qr);
    }
    at("code").classList.toggle("words", words || told.state !== "open");
    at("turn").hidden = !(each && each.ends && told.state === "open");
  }

  /* The next picture is ready before the last one goes. */
  function turn(address) {
    const next = pictures.find(function (each) { return !each.classList.contains("on"); }) || pictures[0];
    next.src = address;
    next.decode().catch(function () {}).then(function () {
      if (next.src !== new URL(address, location.href).href && next.getAttribute("src") !== address) return;
      pictures.forEach(function (each) { each.classList.toggle("on", each === next); });
    });
  }

  function tick() {
    const each = slot();
    show(each);
    if (each && each.ends) at("left").style.transform = "scaleX(" + Math.max(0, (each.ends - now()) / (each.ends - each.begins)) + ")";
    const silent = Date.now() - heard;
    const lost = silent > 25000 || (source && source.readyState !== EventSource.OPEN && silent > 3000);
    at("line").hidden = !lost;
    if (lost) at("line").textContent = "网络断开，正在重连";
  }

  function hear(event) {
    heard = Date.now();
    return JSON.parse(event.data);
  }

  function number(id, value) {
    const was = at(id).textContent;
    if (was === String(value)) return;
    at(id).textContent = value;
    at(id).classList.remove("came");
    if (id === "came") requestAnimationFrame(function () { at(id).classList.add("came"); });
  }

  let source = null;
  function connect() {
    source = new EventSource(document.body.dataset.live);
    source.addEventListener("screen", function (event) {
      told = hear(event);
      ahead = told.now * 1000 - Date.now();
      tick();
    });
    source.addEventListener("count", function (event) {
      const count = hear(event);
      number("came", count.came);
      number("expected", count.expected);
      number("on-leave", count.on_leave);
      at("leave").hidden = !count.on_leave;
    });
    source.addEventListener("gone", function () { location.assign("/console/enter"); });
    source.onerror = function () {
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
    };
  }

  at("full").addEventListener("click", function () {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  });
  connect();
  tick();
  setInterval(tick, 200);
})();
