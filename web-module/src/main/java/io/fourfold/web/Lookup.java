package io.fourfold.web;

import io.fourfold.log.Refusal;
import io.fourfold.view.Views;
import java.util.List;
import java.util.Map;

/** Finds a row by its id or a unique beginning of it. */
final class Lookup {

    private Lookup() {}

    /** None is 404, several are 409 with at most {@value Views#CANDIDATES_MAX} candidates. */
    static <T> T one(Views views, Class<T> type, String noun, String id) {
        return views.find(type, id).orElseGet(() -> {
            List<String> ids = views.idsLike(type, id);
            if (ids.isEmpty()) {
                throw new Refused(
                        Refusal.Code.NOT_FOUND, "Expected one " + noun + ", but no id is or begins with " + id);
            }
            if (ids.size() > 1) {
                List<String> named = ids.subList(0, Math.min(ids.size(), Views.CANDIDATES_MAX));
                throw new Refused(new Refusal(
                        Refusal.Code.AMBIGUOUS_ID,
                        "Expected one " + noun + ", but " + id + " begins several ids",
                        Map.of("candidates", named)));
            }
            return views.find(type, ids.get(0)).orElseThrow();
        });
    }
}
