package io.fourfold.view;

import java.util.Locale;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;

/** Columns are named as their fields, in snake_case, unless {@code @Column} says otherwise. */
public final class SnakeCase implements SessionCustomizer {

    @Override
    public void customize(Session session) {
        session.getDescriptors().values().forEach(descriptor -> descriptor.getMappings().stream()
                .filter(DatabaseMapping::isDirectToFieldMapping)
                .filter(m -> m.getField().getName().equalsIgnoreCase(m.getAttributeName()))
                .forEach(m -> m.getField().setName(snake(m.getAttributeName()))));
    }

    static String snake(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
