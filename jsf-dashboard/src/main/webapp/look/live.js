// Keeps a page current. Frames of the stream say that something changed; the page is then asked for again, at most once
// in 700 ms, and only its parts marked data-live are renewed. Log lines are written from the frames themselves.
"use strict";

(() => {
  const REFRESH_MILLIS = 700;
  const LINES_MAX = 1000;
  const page = document.getElementById("page");
  const log = document.getElementById("log");

  // Refreshing
  let last = 0;
  let planned = null;
  let busy = false;
  let again = false;

  function changed() {
    if (busy) again = true;
    else if (planned === null) planned = setTimeout(refresh, Math.max(0, last + REFRESH_MILLIS - Date.now()));
  }

  async function refresh() {
    planned = null;
    busy = true;
    last = Date.now();
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.ok) swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (unreachable) {
      // The stream notices the same and says so.
    }
    busy = false;
    if (again) {
      again = false;
      changed();
    }
  }

  function swap(fresh) {
    const before = status();
    for (const part of document.querySelectorAll("[data-live]")) {
      const wanted = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
      if (wanted) Morph.node(part, wanted);
    }
    if (before !== status()) document.getElementById("answer").textContent = "";
    tick();
  }

  const status = () => document.getElementById("status")?.dataset.status;

  // Clocks
  function tick() {
    const now = Date.now();
    for (const e of document.querySelectorAll("[data-since]")) show(e, Words.duration(Math.max(0, now - Date.parse(e.dataset.since))));
    for (const e of document.querySelectorAll("[data-begun]")) {
      const passed = (now - Date.parse(e.dataset.begun)) / 10 / e.dataset.seconds;
      e.firstElementChild.setAttribute("width", Math.min(100, Math.max(0, passed)).toFixed(1) + "%");
    }
    for (const e of document.querySelectorAll("[data-ago]")) show(e, Words.ago(e.dataset.ago, now));
  }

  function show(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  // The log
  const newest = log ? { r: highest("r"), o: highest("o") } : null;
  let unread = 0;

  function highest(letter) {
    return Math.max(-1, ...[...log.children].filter(e => e.id[0] === letter).map(e => Number(e.id.slice(1))));
  }

  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 40;

  function append(frame) {
    const line = Words.line(frame.lastEventId, JSON.parse(frame.data));
    const number = Number(line.id.slice(1));
    if (!(number > newest[line.id[0]])) return;
    newest[line.id[0]] = number;
    const follow = atEnd();
    log.append(row(line));
    while (log.children.length > LINES_MAX) log.firstElementChild.remove();
    if (follow) log.scrollTop = log.scrollHeight;
    else news(unread + 1);
  }

  function row(line) {
    const e = document.createElement("div");
    e.id = line.id;
    e.className = line.tone;
    const at = child(e, "a", "at", line.at.slice(11, 19));
    at.href = line.record ? "/api/v1/records/" + line.record : "#" + line.id;
    at.title = line.at;
    child(e, "span", "k", line.kind);
    const text = child(e, "span", "t", "");
    child(text, "b", "", line.fact);
    text.append(" ");
    child(text, "em", "", line.text);
    return e;
  }

  function child(parent, name, style, text) {
    const e = document.createElement(name);
    if (style) e.className = style;
    e.textContent = text;
    parent.append(e);
    return e;
  }

  function news(count) {
    unread = count;
    const bar = document.getElementById("newer");
    bar.hidden = count === 0;
    bar.textContent = count + " new ↓";
  }

  function toEnd() {
    log.scrollTop = log.scrollHeight;
    news(0);
  }

  if (log) {
    if (!location.hash) log.scrollTop = log.scrollHeight;
    log.addEventListener("scroll", () => unread && atEnd() && news(0), { passive: true });
    document.getElementById("newer").addEventListener("click", toEnd);
  }

  // The stream
  const say = text => { document.getElementById("stream").textContent = text; };
  let source = null;

  function listen() {
    source = new EventSource(page.dataset.stream);
    source.onopen = () => { say(""); changed(); };
    source.onerror = () => {
      say("Live updates paused, catching up…");
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
    };
    for (const name of page.dataset.events.split(" ")) source.addEventListener(name, frame => take(name, frame));
  }

  function take(name, frame) {
    if (log && name !== "snapshot" && frame.lastEventId) append(frame);
    if (name !== "chunk") changed();
    if (name === "end") source.close();
  }

  // Buttons
  async function act(button) {
    if (button.dataset.ask && !confirm(button.dataset.ask)) return;
    const message = button.dataset.say ? prompt(button.dataset.say) : null;
    if (button.dataset.say && !message) return;
    const body = message ? JSON.stringify({ message }) : button.dataset.body || null;
    const answer = document.getElementById("answer");
    button.disabled = true;
    try {
      const got = await fetch(button.dataset.act, { method: button.dataset.method || "POST", headers: { "Content-Type": "application/json" }, body });
      const said = await got.json().catch(() => ({}));
      answer.className = got.ok ? "answer" : "answer bad";
      answer.textContent = got.ok ? "Done: " + (button.dataset.done || said.message || "now " + String(said.state || "").replaceAll("_", " ")) : said.detail || said.title || "Refused with " + got.status;
      answer.scrollIntoView({ block: "nearest" });
      const done = button.closest("[data-gone]");
      if (got.ok && done) done.remove();
      else if (got.ok) button.closest(".result")?.replaceChildren();
      if (got.ok && (!source || source.readyState === EventSource.CLOSED)) listen();
    } catch (unreachable) {
      answer.className = "answer bad";
      answer.textContent = "Expected an answer from the server, but it cannot be reached.";
    }
    button.disabled = false;
    changed();
  }

  document.addEventListener("click", event => {
    const button = event.target.closest("[data-act], [data-copy]");
    if (button && button.dataset.act) act(button);
    else if (button) navigator.clipboard.writeText(button.dataset.copy).then(() => { button.textContent = "Copied"; });
  });
  document.addEventListener("changed", changed);
  document.addEventListener("change", event => {
    const form = event.target.closest("form[data-submit-on-change]");
    if (form) form.submit();
  });

  tick();
  setInterval(tick, 1000);
  if (page && page.dataset.over !== "true") listen();
})();
