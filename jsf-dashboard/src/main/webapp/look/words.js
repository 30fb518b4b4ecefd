// Figures and log lines as the pages write them (Display.java, LogLine.java, Words.java): change both.
"use strict";

const Words = (() => {
  const INPUT = /"(?:command|file_path|path|pattern|query|url|description|prompt)"\s*:\s*"((?:[^"\\]|\\.)*)/;
  const FIELDS = ["reason", "exit_code", "message", "text", "input_preview", "output_preview"];
  const FAILED = ["tool_failed", "tool_blocked", "error"];
  const QUIET = ["stream_chunk", "thinking", "prompt_submitted", "otlp"];
  const SEEN = { tool_started: "tool", tool_completed: "tool done", tokens_used: "tokens", stream_chunk: "output", subagent_started: "subagent", subagent_stopped: "subagent done" };
  const TEXT_MAX = 400;
  const two = n => String(n).padStart(2, "0");

  function duration(millis) {
    const s = Math.floor(millis / 1000);
    if (millis < 100) return millis + " ms";
    if (s < 60) return (millis / 1000).toFixed(1) + " s";
    return s < 3600 ? `${Math.floor(s / 60)} m ${two(s % 60)} s` : `${Math.floor(s / 3600)} h ${two(Math.floor(s % 3600 / 60))} m`;
  }

  function ago(iso, now) {
    const s = Math.max(0, Math.floor((now - Date.parse(iso)) / 1000));
    if (s < 5) return "now";
    if (s < 60) return s + " s ago";
    if (s < 3600) return Math.floor(s / 60) + " m ago";
    return s < 172800 ? Math.floor(s / 3600) + " h ago" : Math.floor(s / 86400) + " d ago";
  }

  function cost(usd) {
    const value = Number(usd);
    return "$" + value.toFixed(value !== 0 && value < 0.01 ? 4 : 2);
  }

  const whole = n => String(n ?? 0).replace(/\B(?=(\d{3})+$)/g, "\u202f");

  function preview(text) {
    const input = text.startsWith("{") ? INPUT.exec(text) : null;
    return (input ? input[1].replaceAll("\\n", " ").replaceAll('\\"', '"') : text).replace(/\s+/g, " ").trim();
  }

  function words(data) {
    const all = [];
    if ("input_tokens" in data) {
      all.push("in " + whole(data.input_tokens), "out " + whole(data.output_tokens), "cache read " + whole(data.cache_read_tokens));
    }
    if (data.cost_usd != null) all.push(cost(data.cost_usd));
    if (data.duration_ms != null) all.push(duration(data.duration_ms));
    for (const field of FIELDS) {
      const value = data[field] == null ? "" : String(data[field]);
      if (value.trim()) all.push((field === "exit_code" ? "exit " : "") + preview(value));
    }
    const text = all.join(" · ");
    return text.length <= TEXT_MAX ? text : text.slice(0, TEXT_MAX - 1) + "…";
  }

  // A frame of the stream as a line: {id, at, kind, tone, record, fact, text}.
  function line(cursor, data) {
    const [entries, seq] = cursor.split(".");
    const at = data.at || new Date().toISOString();
    if (data.record) {
      const kind = data.kind.replace(/^[a-z]+\./, "").replace(/\.v\d+$/, "").replaceAll("_", " ");
      const said = data.result && typeof data.result === "object" ? data.result : data;
      return { id: "r" + (entries - 1), at, kind, tone: kind === "failed" ? "failed" : "record", record: data.record, fact: data.phase_id || "", text: words(said) };
    }
    const tone = FAILED.includes(data.type) ? "failed" : QUIET.includes(data.type) ? "quiet" : data.type === "message" ? "said" : "tool";
    return { id: "o" + seq, at, kind: SEEN[data.type] || data.type.replaceAll("_", " "), tone, record: null, fact: data.tool_name || data.agent_name || "", text: words(data) };
  }

  return { duration, ago, line };
})();
