// Bringing what was said to the assistant: one after the other, again until it is certain, under
// the same id, so that it counts once.
const FRESH = 10 * 60 * 1000; // ms: what waited longer is not sent without asking
const PATIENCE = 15000; // ms until a request is given up and made again

let speaking = false;
let retry = 0;
let retryAt = 0;
let connected = true;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const backoff = (tries) => Math.min(30000, 1000 * Math.pow(2, tries)) * (0.75 + Math.random() / 2);

async function ask(path, body, patience) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience || PATIENCE);
  waitingFor.add(stop);
  try {
    const response = await fetch(path, {
      method: body ? "POST" : "GET",
      headers: body ? { "content-type": "application/json" } : {},
      body: body && JSON.stringify(body),
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
      signal: stop.signal,
    });
    const after = 1000 * Number(response.headers.get("retry-after") || 0);
    const told = /json/.test(response.headers.get("content-type") || "") ? await response.json() : {};
    return { status: response.status, told, after };
  } finally {
    clearTimeout(timer);
    waitingFor.delete(stop);
  }
}
const waitingFor = new Set();

function setConnected(now) {
  if (connected === now) return;
  connected = now;
  $("line").textContent = now ? WORDS.on : WORDS.off;
  $("line").className = now ? "line on" : "line off";
  notice(now ? "" : WORDS.kept);
  if (now) {
    retry = 0;
    flush();
  } else markWaiting();
}

function markWaiting() {
  for (const entry of queue()) {
    if (entry.state === "sending") change(entry, { state: "waiting" });
  }
}

let noticeTimer = 0;
function notice(text, seconds) {
  clearTimeout(noticeTimer);
  $("notice").textContent = text;
  $("notice").hidden = !text;
  if (text && seconds) noticeTimer = setTimeout(() => notice(connected ? "" : WORDS.kept), 1000 * seconds);
}

const queue = () => entries(me.who).filter((one) => one.state === "sending" || one.state === "waiting");

function change(entry, to) {
  Object.assign(entry, to);
  keep(me.who, entry);
  show(entry);
}

// `what` is what goes to the server: {text}, {tap}, {scene} or {hello}; `shown` what is seen.
function say(what, shown) {
  const entry = { id: newId(), mine: true, at: Date.now(), what, shown,
    state: connected ? "sending" : "waiting" };
  keep(me.who, entry);
  if (shown) show(entry);
  flush();
}

function press(button) {
  say({ tap: button.tap }, button.label);
}

function resend(entry) {
  change(entry, { state: connected ? "sending" : "waiting", at: Date.now() });
  flush();
}

function dropIt(entry) {
  unkeep(me.who, entry.id);
  unshow(entry.id);
  $("words").focus();
}

async function flush() {
  if (speaking || !me.who) return;
  speaking = true;
  try {
    for (let next = queue()[0]; next; next = queue()[0]) {
      if (Date.now() - next.at > FRESH) {
        const to = next.shown ? { state: "held" } : { state: "sent" };
        next.shown ? change(next, to) : unkeep(me.who, next.id);
      } else if (!(await bring(next))) break;
    }
  } finally {
    speaking = false;
    thinking(false);
  }
}

// True when the next may go: this one has arrived, or never will.
async function bring(entry) {
  const as = me.who;
  const dots = setTimeout(() => thinking(true), 350);
  let answer;
  try {
    answer = await ask("/chat/messages", Object.assign({ id: entry.id, who: as }, entry.what));
  } catch (unreachable) {
    if (me.who !== as) return true; // broken off because somebody else is here now
    setConnected(false);
    return later(0);
  } finally {
    clearTimeout(dots);
    thinking(false);
  }
  setConnected(true);
  if (answer.status === 200 || answer.status === 202) return arrived(as, entry, answer);
  if (answer.status === 401 || answer.status === 409) return stranger(as, entry);
  if (answer.status === 429 || answer.status >= 500) return later(answer.after);
  change(entry, { state: "failed" });
  notice(WORDS.failed, 6);
  return true;
}

function arrived(as, entry, answer) {
  retry = 0;
  if (entry.shown) change(entry, { state: "sent" });
  else unkeep(as, entry.id);
  if (answer.status === 202) askAgain(as, entry, 0);
  else hearOne(as, Object.assign({ id: "re:" + entry.id }, answer.told));
  return true;
}

// The answer takes long. The same id asked for again brings it, where no letter has brought it
// before; a message that a hurried server had let fall is taken up then.
const asked = new Set();

async function askAgain(as, entry, times) {
  asked.add(entry.id);
  await pause([4000, 12000, 30000][times]);
  if (me.who !== as || !asked.has(entry.id)) return;
  const body = Object.assign({ id: entry.id, who: as }, entry.what);
  const answer = await ask("/chat/messages", body).catch(() => ({ status: 0 }));
  if (me.who !== as || !asked.has(entry.id)) return;
  if (answer.status === 200) {
    asked.delete(entry.id);
    hearOne(as, Object.assign({ id: "re:" + entry.id }, answer.told));
  } else if (times < 2) askAgain(as, entry, times + 1);
}

function later(after) {
  const wait = Math.max(after, backoff(retry++));
  clearTimeout(retryAt);
  retryAt = setTimeout(flush, wait);
  return false;
}

// The cookie is gone, or another window has become somebody else: nothing is said in their name.
async function stranger(as, entry) {
  await meet();
  if (me.who === as) return later(0);
  unkeep(as, entry.id);
  if (entry.what.text && !$("words").value) write(entry.what.text);
  notice(me.persona ? WORDS.other(me.persona.name) : WORDS.again, 12);
  return true;
}

function thinking(yes) {
  const end = nearTheEnd();
  $("thinking").hidden = !yes;
  if (end) toTheEnd();
}
