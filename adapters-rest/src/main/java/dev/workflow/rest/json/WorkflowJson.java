package dev.workflow.rest.json;

import dev.workflow.domain.History;
import dev.workflow.domain.State;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.Workflow;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A workflow as clients see it, its members in the order of the contract. */
public final class WorkflowJson {
    /** What a workflow takes beside its data, mostly. */
    private static final int OVERHEAD_BYTES = 512;

    private static final byte[] UUID = ascii("{\"UUID\":\"");
    private static final byte[] STATUS = ascii("\",\"status\":\"");
    private static final byte[] DATA = ascii("\",\"data\":");
    private static final byte[] STEPS = ascii(",\"steps\":");
    private static final byte[] STATE = ascii(",\"state\":\"");
    private static final byte[] CREATED_AT = ascii("\",\"created_at\":");
    private static final byte[] CONSUMED_AT = ascii(",\"consumed_at\":");
    private static final byte[] LEASE_EXPIRES_AT = ascii(",\"lease_expires_at\":");
    private static final byte[] AVAILABLE_AT = ascii(",\"available_at\":");
    private static final byte[] DEAD_AT = ascii(",\"dead_at\":");
    private static final byte[] ATTEMPTS = ascii(",\"attempts\":");
    private static final byte[] LAST_ERROR = ascii(",\"last_error\":");
    private static final byte[] DELIVERY_ID = ascii(",\"delivery_id\":");

    private WorkflowJson() {}

    public static byte[] of(Workflow workflow) {
        JsonBytes out = new JsonBytes(OVERHEAD_BYTES + workflow.content().data().length());
        write(workflow, out);
        return out.toBytes();
    }

    /** A JSON array. */
    public static byte[] of(List<Workflow> workflows) {
        JsonBytes out = roomFor(workflows).raw('[');
        String separator = "";
        for (Workflow workflow : workflows) {
            out.raw(separator);
            write(workflow, out);
            separator = ",\n";
        }
        return out.raw(']').toBytes();
    }

    /** Where these can be written, in whatever form. */
    public static JsonBytes roomFor(List<Workflow> workflows) {
        int data = Math.toIntExact(Workflow.dataBytes(workflows));
        return new JsonBytes(OVERHEAD_BYTES * (workflows.size() + 1) + data);
    }

    public static void write(Workflow workflow, JsonBytes out) {
        begin(workflow, out).raw(workflow.content().data().bytes());
        end(workflow, out);
    }

    /** On a line of its own. */
    public static void writeLine(Workflow workflow, JsonBytes out) {
        begin(workflow, out).compact(workflow.content().data().bytes());
        end(workflow, out);
        out.raw('\n');
    }

    private static JsonBytes begin(Workflow workflow, JsonBytes out) {
        out.raw(UUID).uuid(workflow.id());
        return out.raw(STATUS).raw(text(workflow.state().status())).raw(DATA);
    }

    private static void end(Workflow workflow, JsonBytes out) {
        State state = workflow.state();
        out.raw(STEPS).strings(workflow.content().steps());
        out.raw(STATE).raw(text(state.name()));
        out.raw(CREATED_AT).time(workflow.createdAt());
        out.raw(CONSUMED_AT).time(state instanceof State.Consumed consumed ? consumed.consumedAt() : null);
        out.raw(LEASE_EXPIRES_AT).time(state instanceof State.Leased leased ? leased.expiresAt() : null);
        out.raw(AVAILABLE_AT).time(state instanceof State.Delayed delayed ? delayed.availableAt() : null);
        out.raw(DEAD_AT).time(state instanceof State.Dead dead ? dead.diedAt() : null);
        history(workflow.history(), out);
        out.raw('}');
    }

    private static void history(History history, JsonBytes out) {
        out.raw(ATTEMPTS).number(history.attempts());
        out.raw(LAST_ERROR).string(history.lastError());
        out.raw(DELIVERY_ID).id(history.deliveryId());
    }

    /** As clients spell a status. */
    public static String text(Status status) {
        return switch (status) {
            case INSERTED -> "inserted";
            case CONSUMED -> "consumed";
        };
    }

    /** As clients spell a state. */
    public static String text(StateName state) {
        return switch (state) {
            case WAITING -> "waiting";
            case DELAYED -> "delayed";
            case LEASED -> "leased";
            case DEAD -> "dead";
            case CONSUMED -> "consumed";
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
