// Speaking instead of typing, where the browser recognises speech. It does so itself: no sound
// reaches us. What it understood is shown first, and sent by hand.
const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
let ear = null;
let spoken = "";

function offerVoice() {
  $("voice").hidden = !Recognition || read("deaf") === "yes";
}

async function voicePressed() {
  if (ear) return ear.stop();
  const local = await hearsLocally();
  if (!local && read("voice") !== "agreed" && !(await sure(WORDS.hear))) return undefined;
  if (!local) put("voice", "agreed");
  return hearSpeech(local);
}

async function hearsLocally() {
  try {
    const can = await Recognition.available({ langs: ["zh-CN"], processLocally: true });
    return can === "available";
  } catch (unknown) {
    return false;
  }
}

function hearSpeech(local) {
  ear = new Recognition();
  ear.lang = "zh-CN";
  ear.interimResults = true;
  if (local) ear.processLocally = true;
  ear.onresult = (event) => {
    spoken = Array.from(event.results, (result) => result[0].transcript).join("");
    write(spoken);
  };
  ear.onerror = (event) => {
    const never = ["network", "service-not-allowed", "language-not-supported"].includes(event.error);
    if (never) put("deaf", "yes");
    if (event.error !== "aborted") notice(never ? WORDS.deaf : WORDS.unheard, 8);
  };
  ear.onend = () => {
    ear = null;
    $("voice").setAttribute("aria-pressed", "false");
    if ($("notice").textContent === WORDS.listening) notice("");
    offerVoice();
    $(spoken ? "send" : "words").focus();
  };
  spoken = "";
  $("voice").setAttribute("aria-pressed", "true");
  notice(WORDS.listening);
  ear.start();
}
