// Who is here: a visitor with a cookie of their own, or, in a demonstration, whom they play.
let me = { who: "", persona: null, people: [] };

async function meet(be) {
  const answer = await ask("/chat/me", be === undefined ? null : { be });
  if (answer.status !== 200) throw new Error("not introduced: " + answer.status);
  const before = me.who;
  me = answer.told;
  if (me.who !== before) becomeMe();
}

function becomeMe() {
  for (const stop of waitingFor) stop.abort();
  $("me").hidden = !me.people.length;
  $("me-name").textContent = me.persona ? me.persona.name : WORDS.guest;
  showAll();
  if (!undecided()) greet();
}

// In a demonstration one first chooses whom to be.
function undecided() {
  return me.people.length && !me.persona && !read("met:" + me.who) && !scanned();
}

function greet() {
  if (read("met:" + me.who)) return;
  put("met:" + me.who, "yes");
  if (!scanned()) say({ hello: true }, "");
}

// Old messages are not read aloud again: the log becomes live after they are in it.
function showAll() {
  const log = $("messages");
  log.removeAttribute("role");
  log.setAttribute("aria-live", "off");
  showNothing();
  for (const entry of entries(me.who)) if (!entry.mine || entry.shown) show(entry, press);
  toTheEnd();
  requestAnimationFrame(() => {
    log.setAttribute("role", "log");
    log.setAttribute("aria-live", "polite");
  });
}

function scanned() {
  const scene = /^#s=([\w\-.:]{1,128})$/.exec(location.hash);
  return scene ? scene[1] : "";
}

// A scanned code or a deep link: /chat#s=…; after the # no server and no proxy writes it down.
function followScene() {
  const scene = scanned();
  if (!scene) return;
  history.replaceState(null, "", location.pathname);
  say({ scene }, "");
}

function listPeople() {
  const wanted = $("seek").value.trim();
  const list = $("people");
  list.textContent = "";
  if (!wanted) list.append(person({ id: "", name: WORDS.newcomer, role: WORDS.unbound }));
  let branch = "";
  for (const one of me.people) {
    if (!(one.name + one.role + one.branch).includes(wanted)) continue;
    if (one.branch !== branch) list.append(make("h3", "", (branch = one.branch)));
    list.append(person(one));
  }
  if (!list.childNodes.length) list.append(make("p", "note", WORDS.alone));
}

function person(one) {
  const button = make("button");
  button.type = "button";
  button.append(make("b", "", one.name), make("span", "", one.role));
  if (one.id === (me.persona ? me.persona.id : "")) button.setAttribute("aria-current", "true");
  button.onclick = async () => {
    await meet(one.id);
    close($("chooser"));
    $("words").focus();
  };
  return button;
}
