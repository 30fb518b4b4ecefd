package io.fourfold.query;

import java.util.List;
import java.util.Locale;

/** What of a record a filter looks at. */
public sealed interface Field {

    /** What a column holds, and so what it may be compared with. */
    enum Holds {
        TEXT,
        ACT,
        DATA_TYPE,
        WHOLE_NUMBER,
        TIME,
        ID
    }

    /** What every record has, under its name in lower case. */
    enum Column implements Field {
        THREAD(Holds.TEXT),
        ACTOR(Holds.TEXT),
        ACT(Holds.ACT),
        DATA_TYPE(Holds.DATA_TYPE),
        KIND(Holds.TEXT),
        NAMESPACE(Holds.TEXT),
        POSITION(Holds.WHOLE_NUMBER),
        VERSION(Holds.WHOLE_NUMBER),
        CLOCK(Holds.WHOLE_NUMBER),
        RECORDED_AT(Holds.TIME),
        ID(Holds.ID);

        private final Holds holds;

        Column(Holds holds) {
            this.holds = holds;
        }

        public Holds holds() {
            return holds;
        }

        /** Its name in a filter and in the table. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A place in the body: names of members, or numbers of elements of an array, from 0. */
    record Body(List<String> path) implements Field {

        /** The word before the first dot. */
        public static final String ROOT = "body";

        public static final int SEGMENTS_MAX = 16;
        public static final int SEGMENT_CHARS_MAX = 128;

        public Body {
            path = List.copyOf(path);
        }
    }
}
