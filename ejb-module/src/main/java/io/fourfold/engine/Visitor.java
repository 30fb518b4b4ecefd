package io.fourfold.engine;

import io.fourfold.token.Rights;
import io.fourfold.token.Scope;

/**
 * Who stands at the door.
 *
 * @param rights what a token that was shown opens; {@link Rights#ALL} for who showed none
 * @param local  whether it is a program of the server's own account, on the same machine
 */
record Visitor(Rights rights, boolean local) {

    static final Visitor UNKNOWN = new Visitor(Rights.ALL, false);
    static final Visitor LOCAL = new Visitor(Rights.ALL, true);

    /** Whether a token with the scope admin was shown; who shows none may do all as well, but has proved nothing. */
    boolean isProvenAdmin() {
        return rights != Rights.ALL && rights.has(Scope.ADMIN);
    }
}
