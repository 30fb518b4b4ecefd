package io.fourfold.door;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.kit.Wire;
import io.fourfold.log.EntryJson;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;

/**
 * What a door answers to one record: the status of HTTP and one line of JSON, the record or a problem (RFC 9457) with
 * our
 * {@code code}. The same request gets the same reply at every door.
 *
 * @param id the record's, null when it was refused
 */
public record Reply(int status, String json, String id, boolean duplicate) {

    public static Reply of(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Refused refused -> of(refused.refusal());
            case Receipt.Stored stored -> {
                Receipt.Item item = stored.items().get(0);
                String id = item.entry().id().hex();
                yield new Reply(item.duplicate() ? 200 : 201, EntryJson.of(item.entry()), id, item.duplicate());
            }
        };
    }

    public static Reply of(Refusal refusal) {
        int status = status(refusal.code());
        ObjectNode problem = problem(status, refusal.code().name(), refusal.message());
        refusal.details().forEach((name, value) -> problem.set(name, Wire.MAPPER.valueToTree(value)));
        return new Reply(status, problem.toString(), null, false);
    }

    /** For what is no refusal of ours: a wrong path, a broken server. */
    public static Reply of(int status, String code, String detail) {
        return new Reply(status, problem(status, code, detail).toString(), null, false);
    }

    /** What a caller hears of a failure nobody expected; the details stay in the server's log. */
    public static Reply internal() {
        return of(500, "INTERNAL", "Something unexpected happened; the server's log has the details");
    }

    /** As a line among others: where HTTP has a header for it, a duplicate says so in the line. */
    public String line() {
        return duplicate ? json.substring(0, json.length() - 1) + ",\"duplicate\":true}" : json;
    }

    private static ObjectNode problem(int status, String code, String detail) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", title(status))
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
    }

    public static int status(Refusal.Code code) {
        return switch (code) {
            case INVALID_RECORD, NAMESPACE_INVALID -> 400;
            case INVALID_INPUT, INVALID_WORKFLOW, MISSING_FILES -> 422;
            case NAMESPACE_REJECTED, SCOPE_DENIED, ACTOR_DENIED, PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case CLOCK_CONFLICT, VERSION_CONFLICT, WRONG_STATE, ALREADY_EXISTS, AMBIGUOUS_ID, LOCKED_OUT -> 409;
            case TOO_LARGE -> 413;
            case OVERLOADED, UNAVAILABLE, FROZEN -> 503;
            case QUERY_TIMEOUT -> 504;
            case STORAGE_FULL -> 507;
        };
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 409 -> "Conflict";
            case 413 -> "Request Entity Too Large";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 507 -> "Insufficient Storage";
            default -> "Error";
        };
    }
}
