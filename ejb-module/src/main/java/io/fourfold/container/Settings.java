package io.fourfold.container;

import io.fourfold.orchestration.workspace.DockerSettings;
import java.util.List;

/** Every setting there is: read through MicroProfile Config, shown by {@code fourfold config show}. */
final class Settings {

    /**
     * One setting.
     *
     * @param name     as in MicroProfile Config; {@code fourfold.db.url} is also the environment variable
     *                 {@code FOURFOLD_DB_URL}
     * @param fallback the value when nothing sets it; empty for none
     * @param secret   whether its value is never shown
     * @param meaning  what it does, with its unit
     */
    record Setting(String name, String fallback, boolean secret, String meaning) {}

    static final Setting DB_URL = open("fourfold.db.url", "", "JDBC URL of PostgreSQL");
    static final Setting DB_USER = open("fourfold.db.user", "postgres", "database user");
    static final Setting DB_PASSWORD = secret("fourfold.db.password", "database password");
    static final Setting DATA = open("fourfold.data", "", "folder for content and workspaces, absolute");
    static final Setting SHARED = open(
            "fourfold.shared",
            "",
            "folder for content and workspaces that all nodes see, absolute, so that one goes on with what another"
                    + " began; the data folder when empty");
    static final Setting RESTORE =
            open("fourfold.restore", "", "folder of a backup that fills an empty log at start; see fourfold restore");
    static final Setting PORT = open("fourfold.port", "8484", "HTTP port, loopback only");
    static final Setting NODE = open("fourfold.node", "local", "name of this server in records and leases");
    static final Setting AUTH = open(
            "fourfold.auth",
            "none",
            "none: who shows no token is the local user, who may do all; or token: no entry without");
    static final Setting HOSTS = open(
            "fourfold.hosts", "", "names of this server beside localhost, as browsers send them, separated by commas");
    static final Setting DURABILITY = open(
            "fourfold.ingest.durability", "durable", "durable: acknowledged is on disk; relaxed: within 1 s of it");
    static final Setting EXECUTIONS_MAX =
            open("fourfold.executions.max", "4", "executions running at once on this server, 1 to 1000");
    static final Setting ON_STOP = open(
            "fourfold.executions.on-stop",
            "interrupt",
            "interrupt: what runs is ended when the server stops, and what it left is kept; or leave: agents go on"
                    + " without a server, and the next one goes on with them");
    static final Setting LOST_RETRIES = open(
            "fourfold.executions.lost-retries",
            "0",
            "how often an execution whose agent was lost with a server is tried again by itself, 0 to 10");
    static final Setting BACKEND = open(
            "fourfold.workspace.backend", "auto", "docker, process, or auto: docker where an engine and the image are");
    static final Setting IMAGE = open("fourfold.workspace.image", DockerSettings.IMAGE, "image of Docker workspaces");
    static final Setting NETWORK = open("fourfold.workspace.network", "bridge", "Docker network that agents join");
    static final Setting COMMAND_NETWORK = open(
            "fourfold.workspace.command-network",
            "false",
            "true or false: whether run and command phases reach the network; agents with a model always do");
    static final Setting DOCKER_HOST =
            open("fourfold.docker.host", "unix:///var/run/docker.sock", "where the Docker engine listens");
    static final Setting CLAUDE = open("fourfold.claude.command", "claude", "the Claude Code command");
    static final Setting ANTHROPIC_KEY =
            secret("fourfold.anthropic.api-key", "key for the claude agent; ANTHROPIC_API_KEY when this is not set");
    static final Setting ANTHROPIC_URL =
            open("fourfold.anthropic.base-url", "", "base URL of the model API; empty for the provider's own");
    static final Setting INTELLIGENCE_URL = open(
            "fourfold.intelligence.url",
            "https://api.anthropic.com",
            "base URL of the model API that proposes routing rules");
    static final Setting INTELLIGENCE_KEY =
            secret("fourfold.intelligence.key", "its key; without one no rules are proposed");
    static final Setting INTELLIGENCE_KEY_FILE =
            open("fourfold.intelligence.key-file", "", "file that holds the key instead, read at start");
    static final Setting INTELLIGENCE_MODEL =
            open("fourfold.intelligence.model", "claude-haiku-4-5", "the model that proposes routing rules");
    static final Setting STALL_HOURS =
            open("fourfold.stall.hours", "24", "hours an open intent may be idle before an alert, 1 to 8760");
    static final Setting TICK_SECONDS = open("fourfold.tick.seconds", "60", "seconds between turns of TICK");

    static final List<Setting> ALL = List.of(
            DB_URL,
            DB_USER,
            DB_PASSWORD,
            DATA,
            SHARED,
            RESTORE,
            PORT,
            NODE,
            AUTH,
            HOSTS,
            DURABILITY,
            EXECUTIONS_MAX,
            ON_STOP,
            LOST_RETRIES,
            BACKEND,
            IMAGE,
            NETWORK,
            COMMAND_NETWORK,
            DOCKER_HOST,
            CLAUDE,
            ANTHROPIC_KEY,
            ANTHROPIC_URL,
            INTELLIGENCE_URL,
            INTELLIGENCE_KEY,
            INTELLIGENCE_KEY_FILE,
            INTELLIGENCE_MODEL,
            STALL_HOURS,
            TICK_SECONDS);

    private Settings() {}

    private static Setting open(String name, String fallback, String meaning) {
        return new Setting(name, fallback, false, meaning);
    }

    private static Setting secret(String name, String meaning) {
        return new Setting(name, "", true, meaning);
    }
}
