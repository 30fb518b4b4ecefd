package io.fourfold.engine;

import java.util.List;

/** Every setting there is: read through MicroProfile Config, shown by {@code fourfold config show}. */
public final class Settings {

    /**
     * One setting.
     *
     * @param name     as in MicroProfile Config; {@code fourfold.db.url} is also the environment variable
     *                 {@code FOURFOLD_DB_URL}
     * @param fallback the value when nothing sets it; empty for none
     * @param secret   whether its value is never shown
     * @param meaning  what it does, with its unit
     */
    public record Setting(String name, String fallback, boolean secret, String meaning) {}

    public static final Setting DB_URL = open("fourfold.db.url", "", "JDBC URL of PostgreSQL");
    public static final Setting DB_USER = open("fourfold.db.user", "postgres", "database user");
    public static final Setting DB_PASSWORD = secret("fourfold.db.password", "database password");
    public static final Setting DATA = open("fourfold.data", "", "folder for content and workspaces, absolute");
    public static final Setting RESTORE =
            open("fourfold.restore", "", "folder of a backup that fills an empty log at start; see fourfold restore");
    public static final Setting PORT = open("fourfold.port", "8484", "HTTP port, loopback only");
    public static final Setting NODE = open("fourfold.node", "local", "name of this server in records and leases");
    public static final Setting AUTH = open("fourfold.auth", "none", "sign-in: none (loopback only)");
    public static final Setting DURABILITY = open(
            "fourfold.ingest.durability", "durable", "durable: acknowledged is on disk; relaxed: within 1 s of it");
    public static final Setting EXECUTIONS_MAX =
            open("fourfold.executions.max", "4", "executions running at once on this server, 1 to 16");
    public static final Setting BACKEND = open(
            "fourfold.workspace.backend", "auto", "docker, process, or auto: docker where an engine and the image are");
    public static final Setting IMAGE =
            open("fourfold.workspace.image", "fourfold/workspace:latest", "image of Docker workspaces");
    public static final Setting NETWORK =
            open("fourfold.workspace.network", "bridge", "Docker network that agents join");
    public static final Setting DOCKER_HOST =
            open("fourfold.docker.host", "unix:///var/run/docker.sock", "where the Docker engine listens");
    public static final Setting CLAUDE = open("fourfold.claude.command", "claude", "the Claude Code command");
    public static final Setting ANTHROPIC_KEY =
            secret("fourfold.anthropic.api-key", "key for the claude agent; ANTHROPIC_API_KEY when this is not set");
    public static final Setting ANTHROPIC_URL =
            open("fourfold.anthropic.base-url", "", "base URL of the model API; empty for the provider's own");
    public static final Setting STALL_HOURS =
            open("fourfold.stall.hours", "24", "hours an open intent may be idle before an alert, 1 to 8760");
    public static final Setting TICK_SECONDS = open("fourfold.tick.seconds", "60", "seconds between turns of TICK");

    public static final List<Setting> ALL = List.of(
            DB_URL,
            DB_USER,
            DB_PASSWORD,
            DATA,
            RESTORE,
            PORT,
            NODE,
            AUTH,
            DURABILITY,
            EXECUTIONS_MAX,
            BACKEND,
            IMAGE,
            NETWORK,
            DOCKER_HOST,
            CLAUDE,
            ANTHROPIC_KEY,
            ANTHROPIC_URL,
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
