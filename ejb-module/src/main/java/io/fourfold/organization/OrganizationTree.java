package io.fourfold.organization;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.view.OrganizationRow;
import java.util.Set;

/**
 * {@code organization_tree}: empty, because nothing records organizations, systems or repositories yet. Their events
 * are named where their aggregates will be, and this fold with them.
 */
public final class OrganizationTree implements Projection<OrganizationRow> {

    @Override
    public String name() {
        return "organization_tree";
    }

    @Override
    public Class<OrganizationRow> rowType() {
        return OrganizationRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return Set.of();
    }

    @Override
    public OrganizationRow fold(String key, OrganizationRow current, Entry entry) {
        throw new IllegalStateException("Expected no entry to touch organization_tree, but " + entry.id() + " does");
    }
}
