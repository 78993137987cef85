// What the assistant says later: the page asks, and the server answers when there is something.
const tab = newId();
let got = []; // letters we have, until the server knows
let unread = 0;
let asleep = 0; // when the page was last put away
let wake = () => {};

function hearOne(who, letter) {
  const entry = Object.assign({ at: Date.now() }, letter);
  if (!entry.id) entry.id = "letter:" + entry.key;
  const known = entries(who).some((one) => one.id === entry.id);
  if (known) return;
  keep(who, entry);
  if (who !== me.who) return;
  show(entry, press);
  if (document.hidden) document.title = `（${++unread}）${TITLE}`;
}
const TITLE = document.title;

async function listen() {
  for (let tries = 0; ; ) {
    await awake();
    const as = me.who;
    try {
      const query = `?tab=${tab}&who=${as}&got=${encodeURIComponent(got.join(","))}`;
      const answer = await ask("/chat/events" + query, null, 40000);
      if (answer.status === 200) {
        tries = 0;
        if (answer.told.letters.length) asked.clear();
        for (const letter of answer.told.letters) hearOne(as, letter);
        got = answer.told.letters.map((letter) => letter.key);
        setConnected(true);
      } else if (answer.status === 401 || answer.status === 409) {
        await meet();
        if (me.who === as) await rest(backoff(tries++));
      } else await rest(Math.max(answer.after, backoff(tries++)));
    } catch (cut) {
      if (as !== me.who) continue;
      if (cut.name !== "AbortError") setConnected(false);
      await rest(backoff(tries++));
    }
  }
}

// A page in the background for five minutes keeps no connection; it asks again when looked at.
async function awake() {
  while (document.hidden && asleep && Date.now() - asleep > 300000) await rest(300000);
}

function rest(ms) {
  return Promise.race([pause(ms), new Promise((done) => (wake = done))]);
}

document.addEventListener("visibilitychange", () => {
  asleep = document.hidden ? Date.now() : 0;
  if (document.hidden) return;
  unread = 0;
  document.title = TITLE;
  wake();
  flush();
});
window.addEventListener("online", () => {
  wake();
  flush();
});
window.addEventListener("offline", () => setConnected(false));
