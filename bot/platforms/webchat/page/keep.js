// What this device remembers: the conversation, what is not sent yet, and how the page looks.
// Every change is written onto what is there now, so that two windows do not undo each other.
const MOST = 200; // entries
const ROOM = 400000; // characters: a tenth of what browsers allow
const PICTURE = 30000; // characters: a larger picture is shown, but not kept

const memory = {}; // where the browser keeps nothing for us

function read(name) {
  try {
    return localStorage.getItem("zhibu:" + name);
  } catch (refused) {
    return name in memory ? memory[name] : null;
  }
}

function put(name, value) {
  try {
    if (value === null) localStorage.removeItem("zhibu:" + name);
    else localStorage.setItem("zhibu:" + name, value);
  } catch (refused) {
    memory[name] = value;
  }
}

function entries(who) {
  try {
    const kept = JSON.parse(read("said:" + who) || "[]");
    return Array.isArray(kept) ? kept : [];
  } catch (broken) {
    return [];
  }
}

function keep(who, entry) {
  const light = Object.assign({}, entry);
  if (light.picture && light.picture.length > PICTURE) delete light.picture;
  const all = entries(who);
  const at = all.findIndex((one) => one.id === entry.id);
  if (at < 0) all.push(light);
  else all[at] = light;
  keepAll(who, all);
}

function unkeep(who, id) {
  keepAll(who, entries(who).filter((one) => one.id !== id));
}

function keepAll(who, all) {
  let kept = all.slice(-MOST);
  let text = JSON.stringify(kept);
  while (text.length > ROOM && kept.length > 1) {
    kept = kept.slice(Math.ceil(kept.length / 4));
    text = JSON.stringify(kept);
  }
  put("said:" + who, text);
}

function forget(who) {
  put("said:" + who, null);
  put("met:" + who, null);
}

// 132 bits: nobody else ever has the same, and a message sent twice counts once.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(22));
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return Array.from(bytes, (byte) => letters[byte & 63]).join("");
}
