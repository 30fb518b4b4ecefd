package io.fourfold.orchestration.workflow;

/**
 * A prompt or command line as written, and where: in the workflow file at a path, or in a prompt file.
 *
 * @param path  where it starts in the tree
 * @param field how it is named in a problem
 */
record Template(String text, YamlTree where, String path, String field) {

    static final Template NONE = new Template("", null, "", "");

    Problem at(String token, String message) {
        Problem there = where.atToken(path, token, message);
        return new Problem(there.file(), there.line(), there.column(), field, message);
    }
}
