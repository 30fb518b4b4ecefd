package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.audit.Finding;
import io.fourfold.audit.StoredRow;
import io.fourfold.audit.ThreadChecks;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Refused;
import io.fourfold.log.InvalidRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Recomputes a thread's records on this machine: what the server says of itself is not believed. */
final class ThreadVerify {

    private static final int PAGE_RECORDS = 100;

    /** Parents whose whereabouts are remembered; others are asked for again. */
    private static final int KNOWN_MAX = 10_000;

    private static final int NOT_FOUND = 404;

    private final Client client;
    private final ApiClient api;
    private final String thread;
    private final ThreadChecks checks;
    private final Map<String, Boolean> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KNOWN_MAX;
        }
    };
    private long records;
    private long wrong;
    private long dangling;

    ThreadVerify(Client client, String thread) {
        this.client = client;
        this.api = client.api();
        this.thread = thread;
        this.checks = new ThreadChecks(thread);
    }

    int run() {
        long from = 0;
        for (JsonNode next = page(from); next.isNumber(); next = page(from)) {
            if (next.asLong() <= from) {
                throw new Exit(
                        Exit.FAILED, "Expected records after version " + from + ", but the server repeats itself.");
            }
            from = next.asLong();
        }
        String summary = records + " records of " + thread + ", " + wrong + " wrong, " + dangling + " dangling parents";
        if (!client.json()) {
            client.output().line(summary);
        }
        return wrong == 0 ? Exit.OK : Exit.FAILED;
    }

    /** Verifies one page; the version the next one begins with, null at the end. */
    private JsonNode page(long from) {
        JsonNode page =
                api.get("/threads/" + ApiClient.escaped(thread) + "/records?from=" + from + "&limit=" + PAGE_RECORDS);
        page.path("records").forEach(this::verify);
        return page.path("next");
    }

    private void verify(JsonNode record) {
        List<String> faults = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        try {
            StoredRow row = StoredRow.parse(record.toString()).canonical();
            checks.next(row).stream().map(Finding::fault).forEach(faults::add);
            known.put(row.id(), true);
            row.parents().stream().filter(parent -> !isKnown(parent)).forEach(unknown::add);
        } catch (InvalidRecord invalid) {
            faults.add(invalid.field() + ": " + invalid.getMessage());
        }
        records++;
        wrong += faults.isEmpty() ? 0 : 1;
        dangling += unknown.size();
        say(record, faults, unknown);
    }

    private boolean isKnown(String parent) {
        Boolean before = known.get(parent);
        if (before != null) {
            return before;
        }
        boolean there = true;
        try {
            api.get("/records/" + ApiClient.escaped(parent));
        } catch (Refused refused) {
            if (refused.status() != NOT_FOUND) {
                throw refused;
            }
            there = false;
        }
        known.put(parent, there);
        return there;
    }

    private void say(JsonNode record, List<String> faults, List<String> unknown) {
        if (client.json()) {
            ObjectNode line = ApiClient.JSON.createObjectNode();
            line.set("position", record.path("position"));
            line.set("version", record.path("version"));
            line.set("id", record.path("id"));
            line.put("ok", faults.isEmpty());
            faults.forEach(line.putArray("faults")::add);
            unknown.forEach(line.putArray("dangling")::add);
            client.output().line(line.toString());
            return;
        }
        String place = "version " + record.path("version").asText() + ", "
                + record.path("id").asText() + ": ";
        faults.forEach(fault -> client.output().line("wrong: " + place + fault));
        unknown.forEach(parent -> client.output().line("dangling: " + place + "no record has the parent " + parent));
    }
}
