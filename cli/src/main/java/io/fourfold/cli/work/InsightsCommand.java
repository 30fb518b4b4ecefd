package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
import io.fourfold.cli.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "insights",
        mixinStandardHelpOptions = true,
        description = "How executions fare: health, cost, activity and failures by repository.")
public final class InsightsCommand {

    /** What is asked about: all repositories, where neither is given. */
    static final class About {

        @Option(names = "--repository", paramLabel = "NAME", description = "owner/name, or its address.")
        String repository;

        @Option(names = "--system", paramLabel = "ID", description = "Only repositories of this system.")
        String system;

        Map<String, Object> parameters() {
            Map<String, Object> parameters = new LinkedHashMap<>();
            parameters.put("repository", repository);
            parameters.put("system_id", system);
            return parameters;
        }
    }

    @Command(name = "overview", mixinStandardHelpOptions = true, description = "Shows all systems, and what all costs.")
    int overview(@Mixin Client client) {
        JsonNode answer = client.api().get("/insights/overview");
        if (!client.json()) {
            client.output()
                    .line("Systems " + Shown.text(answer, "total_systems") + ", repositories "
                            + Shown.text(answer, "total_repos") + " (" + Shown.text(answer, "unassigned_repos")
                            + " in no system), active executions " + Shown.text(answer, "total_active_executions")
                            + ", cost " + Shown.money(Shown.text(answer, "total_cost_usd")));
        }
        return Lists.show(
                client,
                answer,
                "systems",
                List.of("SYSTEM", "STATUS", ">REPOSITORIES", ">ACTIVE", ">COST"),
                item -> List.of(
                        Shown.text(item, "system_name"),
                        Shown.text(item, "overall_status"),
                        Shown.text(item, "repo_count"),
                        Shown.text(item, "active_executions"),
                        Shown.money(Shown.text(item, "total_cost_usd"))));
    }

    @Command(name = "health", mixinStandardHelpOptions = true, description = "Shows how each repository fares.")
    int health(
            @Mixin Client client,
            @Mixin About about,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            defaultValue = "30",
                            description = "Looks back so far; ${DEFAULT-VALUE}.")
                    int days) {
        Map<String, Object> parameters = about.parameters();
        parameters.put("days", days);
        return Lists.show(
                client,
                Lists.path("/insights/health", parameters),
                "repos",
                List.of("REPOSITORY", "STATUS", ">SUCCESS", "TREND", ">ENDED WELL", ">FAILED", ">ACTIVE", ">COST"),
                item -> List.of(
                        Shown.text(item, "repo_full_name"),
                        Shown.text(item, "status"),
                        String.format(
                                Locale.ROOT, "%.0f%%", item.path("success_rate").asDouble() * 100),
                        Shown.text(item, "trend"),
                        Shown.text(item, "successful_executions"),
                        Shown.text(item, "failed_executions"),
                        Shown.text(item, "active_executions"),
                        Shown.money(Shown.text(item, "recent_cost_usd"))));
    }

    @Command(name = "cost", mixinStandardHelpOptions = true, description = "Shows what was spent, and on what.")
    int cost(@Mixin Client client, @Mixin About about) {
        JsonNode answer = client.api().get(Lists.path("/insights/cost", about.parameters()));
        if (client.json()) {
            client.output().json(answer);
            return Exit.OK;
        }
        client.output()
                .line(Shown.money(Shown.text(answer, "total_cost_usd")) + " for "
                        + Shown.tokens(answer.path("total_tokens").asLong()) + " tokens in "
                        + Shown.text(answer, "execution_count") + " executions");
        List<List<String>> rows = new ArrayList<>();
        Map.of("cost_by_repo", "repository", "cost_by_workflow", "workflow", "cost_by_model", "model")
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(by -> answer.path(by.getKey())
                        .properties()
                        .forEach(cost -> rows.add(List.of(
                                by.getValue(),
                                cost.getKey(),
                                Shown.money(cost.getValue().asText())))));
        client.output().table(List.of("BY", "NAME", ">COST"), rows);
        return Exit.OK;
    }

    @Command(name = "activity", mixinStandardHelpOptions = true, description = "Lists executions, the newest first.")
    int activity(
            @Mixin Client client,
            @Mixin About about,
            @Option(names = "--limit", defaultValue = "50", description = "1 to 500.") int limit) {
        Map<String, Object> parameters = about.parameters();
        parameters.put("limit", limit);
        return Lists.show(
                client,
                Lists.path("/insights/activity", parameters),
                "entries",
                List.of("EXECUTION", "WORKFLOW", "STATUS", "STARTED (UTC)", ">TIME", "NAMED BY", "REPOSITORIES"),
                item -> List.of(
                        Shown.text(item, "execution_id"),
                        Shown.text(item, "workflow_name"),
                        Shown.text(item, "status"),
                        Shown.time(item, "started_at"),
                        Shown.duration(item.path("duration_seconds").asDouble()),
                        Shown.text(item, "trigger_source"),
                        names(item.path("repositories"))));
    }

    @Command(name = "failures", mixinStandardHelpOptions = true, description = "Lists what failed, the newest first.")
    int failures(
            @Mixin Client client,
            @Mixin About about,
            @Option(names = "--limit", defaultValue = "50", description = "1 to 500.") int limit) {
        Map<String, Object> parameters = about.parameters();
        parameters.put("limit", limit);
        return Lists.show(
                client,
                Lists.path("/insights/failures", parameters),
                "failures",
                List.of("EXECUTION", "WORKFLOW", "FAILED (UTC)", "PHASE", "REASON", "REPOSITORIES", "MESSAGE"),
                item -> List.of(
                        Shown.text(item, "execution_id"),
                        Shown.text(item, "workflow_name"),
                        Shown.time(item, "failed_at"),
                        Shown.text(item, "phase_name"),
                        Shown.text(item, "error_type"),
                        names(item.path("repositories")),
                        Shown.text(item, "error_message").lines().findFirst().orElse("-")));
    }

    private static String names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(name -> names.add(name.asText()));
        return names.isEmpty() ? "-" : String.join(", ", names);
    }
}
