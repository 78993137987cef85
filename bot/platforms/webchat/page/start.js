// The page itself: what its controls do.
function open(dialog) {
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
}

function close(dialog) {
  if (!dialog.hasAttribute("open")) return;
  if (dialog.close) dialog.close();
  else dialog.removeAttribute("open");
}

// Asks before something that cannot be undone; true when the person agrees.
function sure(words) {
  const [title, text, yes] = words;
  $("sure-title").textContent = title;
  $("sure-text").textContent = text;
  $("sure-yes").textContent = yes;
  open($("sure"));
  return new Promise((decide) => {
    $("sure-yes").onclick = () => {
      decide(true);
      close($("sure"));
    };
    $("sure").onclose = () => decide(false);
  });
}

function write(text) {
  $("words").value = text;
  grow();
}

function grow() {
  const words = $("words");
  words.style.height = "auto";
  words.style.height = words.scrollHeight + "px";
}

// A number means the button that carries it on the screen.
function numbered(text) {
  const number = text.replace(/[１-９]/, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  if (!/^[1-9]$/.test(number)) return undefined;
  const heard = entries(me.who).filter((one) => !one.mine);
  const offered = heard.length ? heard[heard.length - 1].buttons || [] : [];
  return offered[Number(number) - 1];
}

function submit() {
  const text = $("words").value.trim();
  if (!text || !me.who) return;
  const button = numbered(text);
  if (button) press(button);
  else say(spoken && text === spoken.trim() ? { text, voice: true } : { text }, text);
  spoken = "";
  write("");
}

function look() {
  const root = document.documentElement;
  const large = read("type") === "large";
  root.dataset.type = large ? "large" : "";
  root.dataset.shade = read("shade") || "";
  $("larger").setAttribute("aria-pressed", String(large));
  for (const input of document.getElementsByName("shade")) input.checked = input.value === root.dataset.shade;
}

async function leave() {
  close($("menu"));
  if (!(await sure(WORDS.leave))) return;
  const who = me.who;
  await meet("");
  forget(who);
  if (undecided()) choose();
}

async function clear() {
  close($("menu"));
  if (!(await sure(WORDS.clear))) return;
  keepAll(me.who, queue());
  showAll();
  notice(WORDS.cleared, 6);
}

function wire() {
  $("write").onsubmit = (event) => {
    event.preventDefault();
    submit();
    $("words").focus();
  };
  $("words").oninput = grow;
  $("words").onkeydown = (event) => {
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    submit();
  };
  for (const button of document.querySelectorAll("[data-say]")) {
    button.onclick = () => me.who && say({ text: button.dataset.say }, button.dataset.say);
  }
  $("larger").onclick = () => {
    put("type", read("type") === "large" ? null : "large");
    look();
    toTheEnd();
  };
  for (const input of document.getElementsByName("shade")) {
    input.onchange = () => {
      put("shade", input.value || null);
      look();
    };
  }
  $("more").onclick = () => open($("menu"));
  $("me").onclick = choose;
  $("chooser").onclose = greet;
  $("seek").oninput = listPeople;
  $("seek").onkeydown = (event) => {
    const first = $("people").querySelector("button");
    if (event.key === "Enter" && event.keyCode !== 229 && first) first.click();
  };
  $("newest").onclick = toTheEnd;
  $("log").onscroll = () => nearTheEnd() && ($("newest").hidden = true);
  $("voice").onclick = voicePressed;
  $("clear").onclick = clear;
  $("leave").onclick = leave;
  for (const button of document.querySelectorAll(".close")) {
    button.onclick = () => close(button.closest("dialog"));
  }
  window.addEventListener("storage", (event) => {
    if (event.key === "zhibu:said:" + me.who) showAll();
    else if (!event.key || !event.key.startsWith("zhibu:said:")) look();
  });
  window.addEventListener("hashchange", followScene);
  window.addEventListener("resize", () => nearTheEnd() && toTheEnd());
}

function choose() {
  $("seek").value = "";
  listPeople();
  open($("chooser"));
}

async function start() {
  look();
  wire();
  offerVoice();
  $("line").textContent = WORDS.opening;
  for (let tries = 0; !me.who; tries++) {
    try {
      await meet();
    } catch (unreachable) {
      $("line").textContent = WORDS.off;
      $("line").className = "line off";
      await rest(backoff(tries));
    }
  }
  connected = false;
  setConnected(true);
  followScene();
  listen();
  if (undecided()) choose();
  else if (window.matchMedia("(pointer: fine)").matches) $("words").focus();
}

start();
