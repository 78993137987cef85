/* A final in a hall. What the room sees is the last that was heard; a minute of silence changes
   nothing but the note that says so. */
"use strict";
(function () {
  const at = function (id) { return document.getElementById(id); };
  let heard = Date.now();
  let source = null;

  function made(tag, words, look) {
    const each = document.createElement(tag);
    if (words !== undefined) each.textContent = words;
    if (look) each.className = look;
    return each;
  }

  function lines(list, items) {
    list.replaceChildren.apply(list, items);
  }

  function show(wall) {
    const question = wall.question;
    at("phase").textContent = wall.phase === "ahead" ? wall.opens + " 开始"
      : wall.phase === "over" ? "比赛结束，成绩由组织方核对后公布"
      : question ? "第 " + question.number + " 题，共 " + wall.total + " 题" + (question.several ? "（多选）" : "")
      : "共 " + wall.total + " 题";
    at("stage").classList.toggle("alone", !question);
    at("asked").hidden = !question;
    if (question) ask(question);
    stand(wall.teams);
    at("buzz").hidden = !question;
    buzz(wall);
    fit();
  }

  /* As large as the room between top and foot allows. */
  function fit() {
    const stage = at("stage");
    let size = 1;
    stage.style.setProperty("--fit", size);
    while (size > 0.5 && stage.scrollHeight > stage.clientHeight + 1) {
      size -= 0.04;
      stage.style.setProperty("--fit", size);
    }
  }

  function ask(question) {
    const shown = question.right.length > 0;
    const options = question.options.length ? question.options : ["对", "错"];
    const letters = question.options.length ? "ABCDEFGH" : "✓✗";
    at("stem").textContent = question.stem;
    at("asked").classList.toggle("shown", shown);
    lines(at("options"), options.map(function (words, place) {
      const right = question.right.includes(place);
      const each = made("li", undefined, right ? "right" : "");
      each.append(made("b", letters[place]), made("span", words), made("i", right ? "正确答案" : ""));
      return each;
    }));
    at("why").hidden = !(shown && question.explanation);
    at("why").textContent = question.explanation;
  }

  function stand(teams) {
    if (!teams.length) {
      lines(at("teams"), [made("li", "还没有得分", "none")]);
      return;
    }
    lines(at("teams"), teams.map(function (team) {
      const each = made("li");
      const score = made("b", String(team.score));
      score.append(made("small", "分"));
      each.append(made("span", String(team.rank)), made("span", team.who), score);
      return each;
    }));
  }

  function buzz(wall) {
    const before = at("buzzed").children.length;
    at("buzz-says").textContent = wall.open ? "发「抢答」" : wall.buzzed.length ? "抢答顺序" : "抢答已停";
    at("buzz-says").classList.toggle("open", wall.open);
    lines(at("buzzed"), wall.buzzed.map(function (one, place) {
      const each = made("li", one.who ? one.team + " " + one.who : one.team, place >= before ? "new" : "");
      each.append(made("small", place ? "＋" + one.after.toFixed(2) + " 秒" : "最先"));
      return each;
    }));
  }

  function tick() {
    const silent = Date.now() - heard;
    const lost = silent > 25000 || (source.readyState !== EventSource.OPEN && silent > 3000);
    at("line").hidden = !lost;
    if (lost) at("line").textContent = "网络断开，正在重连";
  }

  function connect() {
    source = new EventSource(document.body.dataset.live);
    source.addEventListener("screen", function () { heard = Date.now(); });
    source.addEventListener("wall", function (event) {
      heard = Date.now();
      show(JSON.parse(event.data));
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
  window.addEventListener("resize", fit);
  show(JSON.parse(document.body.dataset.first));
  connect();
  setInterval(tick, 500);
})();
