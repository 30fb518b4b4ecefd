package io.fourfold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LaunchOptionsTest {

    @Test
    void portAndFolderAreTakenAsGiven() {
        LaunchOptions options = parse("--port", "9000", "--data", "/srv/../srv/fourfold");

        assertThat(options.port()).isEqualTo(9000);
        assertThat(options.data()).isEqualTo(Path.of("/srv/fourfold"));
        assertThat(options.database()).isEmpty();
    }

    @Test
    void aBadPortIsNamed() {
        for (String bad : new String[] {"99999", "-1", "http", ""}) {
            assertThatThrownBy(() -> parse("--port", bad)).hasMessageContainingAll("--port", "0 to 65535", bad);
        }
    }

    @Test
    void anUnknownOptionAndAMissingValueAreNamed() {
        assertThatThrownBy(() -> parse("--prot", "1")).hasMessageContaining("--prot");
        assertThatThrownBy(() -> parse("--data")).hasMessageContaining("--data needs a value");
    }

    @Test
    void credentialsLeaveTheUrl() {
        DatabaseAddress expected = new DatabaseAddress(
                "jdbc:postgresql://db.example:5432/fourfold?sslmode=require&stringtype=unspecified", "me", "p&w");

        assertThat(address("jdbc:postgresql://db.example/fourfold?user=me&password=p%26w&sslmode=require"))
                .isEqualTo(expected);
        assertThat(address("postgresql://me:p%26w@db.example:5432/fourfold?sslmode=require"))
                .isEqualTo(expected);
    }

    @Test
    void credentialsMayComeFromTheEnvironment() {
        Map<String, String> environment = Map.of("FOURFOLD_DB_USER", "u", "FOURFOLD_DB_PASSWORD", "p");

        DatabaseAddress address = DatabaseAddress.parse("postgresql://h/d", environment);

        assertThat(address.user()).isEqualTo("u");
        assertThat(address.password()).isEqualTo("p");
    }

    @Test
    void anotherKindOfDatabaseIsRefusedWithoutRepeatingItsPassword() {
        assertThatThrownBy(() -> address("mysql://u:secret@h/d"))
                .hasMessageContainingAll("--db", "expected jdbc:postgresql://")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> address("postgresql://h")).isInstanceOf(LaunchRefused.class);
    }

    private static DatabaseAddress address(String given) {
        return DatabaseAddress.parse(given, Map.of());
    }

    private static LaunchOptions parse(String... arguments) {
        return LaunchOptions.parse(arguments, Map.of());
    }
}
