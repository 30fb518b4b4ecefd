package io.fourfold.dashboard;

import io.fourfold.kit.Commands;
import io.fourfold.line.WaitingLine;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.orchestration.execution.Deadline;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.TelemetryStore;
import io.fourfold.view.ArtifactRow;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import io.fourfold.view.Views;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** One execution: its figures, its phases, what ran when, what it cost, what it left, and its log as it grows. */
@Named
@RequestScoped
public class ExecutionPage {

    @Inject
    Views views;

    @Inject
    Log log;

    @Inject
    TelemetryStore telemetry;

    @Inject
    Clock clock;

    @Inject
    HttpServletRequest request;

    @Inject
    WaitingLine line;

    @Inject
    Commands commands;

    private Instant now;
    private ExecutionRow row;
    private List<PhaseRow> phases;
    private PhaseRow selected;
    private List<Entry> records;
    private List<Observation> used;
    private List<Observation> latest;
    private List<ArtifactRow> artifacts;

    @PostConstruct
    void read() {
        String id = request.getParameter("id");
        now = clock.instant();
        row = id == null ? null : views.find(ExecutionRow.class, id).orElse(null);
        if (row == null) {
            return;
        }
        phases = views.phases(row.id);
        selected = Selection.of(phases, request.getParameter("phase"), row);
        records = log.thread(Execution.threadOf(row.id), 0, Log.READ_MAX);
        used = telemetry.ofExecution(row.id, Watch.USED, Watch.SEEN_MAX);
        long newest = telemetry.lastSeq(row.id);
        latest = telemetry.after(row.id, Math.max(0, newest - Watch.LINES_MAX), Watch.LINES_MAX);
        artifacts = views.page(
                        ArtifactRow.class,
                        Views.where().is("executionId", row.id),
                        "r.createdAt, r.id",
                        1,
                        Views.PAGE_MAX)
                .items();
    }

    /** Answers 404 when there is no such execution. */
    public void check() throws IOException {
        if (row == null) {
            FacesContext faces = FacesContext.getCurrentInstance();
            faces.getExternalContext().responseSendError(404, "no execution with this id");
            faces.responseComplete();
        }
    }

    public ExecutionRow row() {
        return row;
    }

    public String title() {
        return ExecutionLine.title(row);
    }

    public Status status() {
        return Status.of(row.status);
    }

    public String starter() {
        return Words.actor(row.startedBy);
    }

    public Moment queued() {
        return Moment.of(row.queuedAt, now);
    }

    /** The id of the record that made the status what it is, or null. */
    public String evidence() {
        return Evidence.of(records, row.status);
    }

    public List<Controls.Button> buttons() {
        return Controls.of(row, Evidence.asked(records), phases);
    }

    /** What will happen at the next yield point, or null. */
    public String pending() {
        return switch (Evidence.asked(records)) {
            case NOTHING -> null;
            case PAUSE -> "Pauses at next yield point";
            case CANCEL -> "Cancels at next yield point";
        };
    }

    /** Where it stands in line and why, or null. */
    public String waiting() {
        return row.isOver() ? null : line.of(row.id).map(Words::waiting).orElse(null);
    }

    /** Until when the phases under way have to be done. */
    public List<String> deadlines() {
        return Deadline.of(commands.state(Execution.AGGREGATE, Execution.threadOf(row.id)), now).stream()
                .map(Words::deadline)
                .toList();
    }

    public List<Figure> figures() {
        return Facts.of(row, phases, Use.of(used), artifacts.size(), now);
    }

    public List<Ribbon.Stripe> stripes() {
        return Ribbon.of(phases, selected == null ? null : selected.phaseId, row, now);
    }

    public PhaseRow selected() {
        return selected;
    }

    public Gantt gantt() {
        if (selected == null || selected.status.equals("pending")) {
            return Gantt.EMPTY;
        }
        List<Observation> seen = used.stream()
                .filter(o -> Objects.equals(o.sessionId(), selected.sessionId))
                .toList();
        Instant end = selected.completedAt == null ? now : selected.completedAt;
        boolean model = !selected.agent.equals("command");
        String tone = model ? "model" : selected.status.equals("failed") ? "failed" : "tool";
        return Calls.chart(seen, model ? "model" : "command", tone, selected.startedAt, end);
    }

    public List<Use.Line> costs() {
        return Use.of(used).lines(phases, row.unpriced);
    }

    public List<File> files() {
        return artifacts.stream().map(a -> File.of(a, phases)).toList();
    }

    public Failure failure() {
        String session = phases.stream()
                .filter(p -> p.phaseId.equals(row.failedPhase))
                .map(p -> p.sessionId)
                .findFirst()
                .orElse(null);
        return Failure.of(row, phases, Watch.output(latest, session), evidence());
    }

    public String thread() {
        return Execution.threadOf(row.id).value();
    }

    public List<LogLine> lines() {
        return Watch.lines(records, latest, now);
    }
}
