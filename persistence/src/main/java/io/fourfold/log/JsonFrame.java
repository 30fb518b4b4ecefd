package io.fourfold.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One open array or object of a {@link JsonScanner}: where its members lie in the output, and the one being read. */
final class JsonFrame {

    /** Receives a member's key and the range of its value in the output. */
    interface MemberReader {
        void member(String key, int start, int end);
    }

    private final boolean object;
    private final int contentStart;
    private final List<Member> members;
    private boolean sorted = true;
    private String key;
    private int index = -1;

    JsonFrame(boolean object, int contentStart) {
        this.object = object;
        this.contentStart = contentStart;
        this.members = object ? new ArrayList<>(8) : List.of();
    }

    boolean object() {
        return object;
    }

    char closer() {
        return object ? '}' : ']';
    }

    void nextElement() {
        index++;
    }

    void nextKey(String next, int start) {
        sorted &= key == null || key.compareTo(next) < 0;
        key = next;
        members.add(new Member(next, start));
    }

    void valueStarts(int position) {
        last().valueStart = position;
    }

    void valueEnds(int position) {
        if (object) {
            last().end = position;
        }
    }

    /** Puts the members in the order of their keys' UTF-16 code units; returns a key that is there twice, or null. */
    String sort(StringBuilder out) {
        if (sorted) {
            return null;
        }
        members.sort(Comparator.comparing(member -> member.key));
        for (int i = 1; i < members.size(); i++) {
            if (members.get(i).key.equals(members.get(i - 1).key)) {
                return members.get(i).key;
            }
        }
        rewrite(out);
        return null;
    }

    private void rewrite(StringBuilder out) {
        String before = out.substring(contentStart);
        out.setLength(contentStart);
        for (Member member : members) {
            if (out.length() > contentStart) {
                out.append(',');
            }
            int moved = out.length() - member.start;
            out.append(before, member.start - contentStart, member.end - contentStart);
            member.move(moved);
        }
    }

    void blame(String duplicate) {
        key = duplicate;
    }

    void eachMember(MemberReader reader) {
        members.forEach(member -> reader.member(member.key, member.valueStart, member.end));
    }

    void appendTo(StringBuilder path) {
        if (!object) {
            path.append('[').append(Math.max(index, 0)).append(']');
        } else if (key != null) {
            path.append(path.isEmpty() ? "" : ".").append(key);
        }
    }

    private Member last() {
        return members.get(members.size() - 1);
    }

    private static final class Member {
        private final String key;
        private int start;
        private int valueStart;
        private int end;

        private Member(String key, int start) {
            this.key = key;
            this.start = start;
        }

        private void move(int by) {
            start += by;
            valueStart += by;
            end += by;
        }
    }
}
