// From what was said to what is seen. Only text nodes are made: whatever a name or an answer
// contains, it is read, never run.
const $ = (id) => document.getElementById(id);

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

const two = (n) => String(n).padStart(2, "0");

function clock(at) {
  const time = new Date(at);
  return two(time.getHours()) + ":" + two(time.getMinutes());
}

function day(at) {
  const then = new Date(at);
  const midnight = new Date().setHours(0, 0, 0, 0);
  if (at >= midnight) return WORDS.today;
  if (at >= midnight - 86400000) return WORDS.yesterday;
  return `${then.getMonth() + 1}月${then.getDate()}日（${WORDS.weekday(then.getDay())}）`;
}

const shown = new Map(); // id of an entry → its element
let lastDay = "";

function nearTheEnd() {
  const log = $("log");
  return log.scrollHeight - log.scrollTop - log.clientHeight < 120;
}

function toTheEnd() {
  const log = $("log");
  log.scrollTop = log.scrollHeight;
  $("newest").hidden = true;
}

// Of an answer that is taller than the screen, the beginning is read first.
function beginInSight(element) {
  const log = $("log");
  const above = log.getBoundingClientRect().top - element.getBoundingClientRect().top;
  if (above > -8) log.scrollTop -= above + 8;
}

function show(entry, press) {
  const stay = !nearTheEnd() && !entry.mine;
  const old = shown.get(entry.id);
  const element = entry.mine ? mine(entry) : theirs(entry, press);
  if (old) {
    element.classList.add("still");
    old.replaceWith(element);
  } else {
    if (day(entry.at) !== lastDay) {
      lastDay = day(entry.at);
      $("messages").append(make("p", "day", lastDay));
    }
    $("messages").append(element);
  }
  shown.set(entry.id, element);
  markLast();
  if (stay) $("newest").hidden = Boolean(old);
  else toTheEnd();
  if (!stay && !entry.mine) beginInSight(element);
}

function unshow(id) {
  if (shown.has(id)) shown.get(id).remove();
  shown.delete(id);
}

function showNothing() {
  $("messages").textContent = "";
  shown.clear();
  lastDay = "";
}

// The newest answer carries the numbers; the newest of mine says that it has arrived.
function markLast() {
  for (const [side, mark] of [[".theirs", "last"], [".mine", "newest-mine"]]) {
    const all = $("messages").querySelectorAll(".said" + side);
    all.forEach((one, n) => one.classList.toggle(mark, n === all.length - 1));
  }
}

function mine(entry) {
  const said = make("div", "said mine");
  said.setAttribute("aria-live", "off"); // whoever wrote it knows; what fails is told by a notice
  const bubble = make("div", "bubble");
  bubble.append(make("span", "unseen", WORDS.me), make("span", "text", entry.shown));
  said.append(bubble);
  const under = make("div", "under");
  under.append(make("time", "", clock(entry.at)));
  if (entry.state === "sent") under.append(make("span", "fine", WORDS.sent));
  else under.append(make("span", entry.state === "sending" ? "" : "bad", WORDS[entry.state]));
  if (entry.state === "held" || entry.state === "failed") {
    const again = make("button", "", WORDS.resend);
    const drop = make("button", "", WORDS.drop);
    again.type = drop.type = "button";
    again.onclick = () => resend(entry);
    drop.onclick = () => dropIt(entry);
    under.append(again, drop);
  }
  said.append(under);
  return said;
}

function theirs(entry, press) {
  const said = make("div", "said theirs");
  const bubble = make("div", "bubble");
  bubble.append(make("span", "unseen", WORDS.bot));
  if (/^[A-Za-z0-9+/=]+$/.test(entry.picture || "")) {
    const picture = make("img");
    picture.alt = WORDS.picture;
    picture.src = "data:image/png;base64," + entry.picture;
    picture.onload = () => nearTheEnd() && toTheEnd();
    bubble.append(picture);
  }
  if (entry.title) bubble.append(make("h2", "", entry.title));
  if (entry.text) bubble.append(linked(entry.text));
  const names = Object.keys(entry.fields || {});
  if (names.length) {
    const list = make("dl");
    for (const name of names) list.append(make("dt", "", name), make("dd", "", entry.fields[name]));
    bubble.append(list);
  }
  said.append(bubble);
  const offered = entry.buttons || [];
  if (offered.length) {
    const row = make("div", "buttons");
    offered.forEach((one, n) => {
      const button = make("button");
      button.type = "button";
      button.append(make("span", "number", String(n + 1)), make("span", "", one.label));
      button.onclick = () => press(one);
      row.append(button);
    });
    said.append(row);
  }
  return said;
}

// Only addresses of our own site become links: others may come out of what somebody typed.
function linked(text) {
  const line = make("div", "text");
  const ours = location.origin + "/";
  for (const part of text.split(/(https?:\/\/[\w\-.~:/?#@!$&*+,;=%[\]]+)/)) {
    if (part.startsWith(ours)) {
      const link = make("a", "", part);
      link.href = part;
      link.rel = "noopener";
      line.append(link);
    } else line.append(part);
  }
  return line;
}
