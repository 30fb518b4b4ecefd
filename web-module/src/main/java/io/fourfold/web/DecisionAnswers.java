package io.fourfold.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.decision.Decision;
import io.fourfold.decision.Preview;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decisions as they are answered. */
final class DecisionAnswers {

    private DecisionAnswers() {}

    record Listed(List<Shown> decisions, int total, String next) {}

    /** {@code proposal} as it was asked about, {@code rule} as it was approved; {@code records} wait for the answer. */
    record Shown(
            String id,
            String status,
            String question,
            List<String> options,
            JsonNode proposal,
            Double confidence,
            String rationale,
            String namespace,
            String actor,
            List<String> records,
            Instant askedAt,
            String answer,
            String answeredBy,
            Instant answeredAt,
            String reason,
            String decisionRule,
            JsonNode rule) {}

    /** {@code preview} is null where no routing rule is proposed. */
    record Detail(Shown decision, Seen preview) {}

    /** Of the {@code tried} latest records that are routed at all: {@code records} shows the newest matches. */
    record Seen(int tried, int matched, int failed, List<Match> records) {}

    /** Who would decide it as things stand: a step of the cascade, with its target and rule. */
    record Match(
            String record,
            String thread,
            String namespace,
            String actor,
            String goal,
            Instant recordedAt,
            String decidedBy,
            String target,
            String rule) {}

    static Shown of(Decision decision) {
        Optional<Decision.Answer> answer = Optional.ofNullable(decision.answer());
        return new Shown(
                decision.id().hex(),
                decision.status().wire(),
                decision.question(),
                decision.options(),
                tree(decision.proposal()),
                decision.confidence(),
                decision.rationale(),
                decision.namespace(),
                decision.request().draft().actor().value(),
                decision.records().stream().map(EntryId::hex).toList(),
                decision.request().recordedAt(),
                answer.map(a -> a.id().hex()).orElse(null),
                answer.map(a -> a.by().value()).orElse(null),
                answer.map(Decision.Answer::at).orElse(null),
                answer.map(Decision.Answer::reason).orElse(null),
                answer.map(Decision.Answer::rule).orElse(null),
                answer.map(a -> tree(a.proposal())).orElse(null));
    }

    static Seen of(Preview.Seen seen) {
        List<Match> matches = seen.matches().stream().map(DecisionAnswers::of).toList();
        return new Seen(seen.tried(), seen.matched(), seen.failed(), matches);
    }

    private static Match of(Preview.Match match) {
        Entry record = match.record();
        return new Match(
                record.id().hex(),
                record.thread().value(),
                record.namespace(),
                record.draft().actor().value(),
                record.body().text("goal").orElse(null),
                record.recordedAt(),
                match.today().decidedBy(),
                match.today().target(),
                match.today().rule());
    }

    private static JsonNode tree(Json body) {
        return body == null ? null : body.tree();
    }
}
