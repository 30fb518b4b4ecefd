package io.fourfold.container;

import io.fourfold.container.Settings.Setting;
import io.fourfold.node.Role;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Settings as MicroProfile Config gives them. */
public final class Configuration {

    /** One setting as it is in force; a secret's value is shown as dots. */
    public record Shown(String name, String value, String source, String meaning) {}

    private Configuration() {}

    static String text(Setting setting) {
        return config().getOptionalValue(setting.name(), String.class)
                .or(() -> other(setting))
                .orElse(setting.fallback());
    }

    /**
     * A whole number within its bounds.
     *
     * @throws IllegalArgumentException naming the setting, what was expected and what came
     */
    static int number(Setting setting, int min, int max) {
        String value = text(setting);
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            throw wrong(setting, "a whole number", value);
        }
        throw wrong(setting, min + " to " + max, value);
    }

    static String oneOf(Setting setting, List<String> allowed) {
        String value = text(setting);
        if (!allowed.contains(value)) {
            throw wrong(setting, String.join(" or ", allowed), value);
        }
        return value;
    }

    /** Empty for none; its password is in no message. */
    static Optional<URI> redis() {
        String value = text(Settings.REDIS).strip();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI url = new URI(value);
            if (List.of("redis", "rediss").contains(String.valueOf(url.getScheme()))
                    && url.getHost() != null
                    && url.getPort() > 0
                    && url.getPath().matches("(/\\d*)?")) {
                return Optional.of(url);
            }
        } catch (URISyntaxException noUrl) {
            // Refused as what it is not.
        }
        throw new IllegalArgumentException(
                Settings.REDIS.name() + ": expected redis://[user:password@]host:port[/database]");
    }

    /** Whether nobody is heard without a token, by this setting; configuration in the log may ask for one as well. */
    public static boolean tokensOnly() {
        return oneOf(Settings.AUTH, List.of("none", "token")).equals("token");
    }

    /** Whether agents go on without this server when it stops. */
    static boolean leaves() {
        return oneOf(Settings.ON_STOP, List.of("interrupt", "leave")).equals("leave");
    }

    /** What this server is for. */
    public static Role role() {
        return Role.of(oneOf(Settings.ROLE, Role.names()));
    }

    /** The key goes by its own well-known name too. */
    private static Optional<String> other(Setting setting) {
        return setting == Settings.ANTHROPIC_KEY
                ? config().getOptionalValue("ANTHROPIC_API_KEY", String.class)
                : Optional.empty();
    }

    /** Every setting with its value and where the value came from. */
    public static List<Shown> all() {
        return Settings.ALL.stream().map(Configuration::shown).toList();
    }

    private static Shown shown(Setting setting) {
        var value = config().getConfigValue(setting.name());
        boolean set = value != null && value.getValue() != null;
        String text = set ? value.getValue() : text(setting);
        String hidden = setting.secret() && !text.isEmpty() ? "••••" : text;
        return new Shown(setting.name(), hidden, set ? value.getSourceName() : "default", setting.meaning());
    }

    private static IllegalArgumentException wrong(Setting setting, String expected, String value) {
        return new IllegalArgumentException(setting.name() + ": expected " + expected + ", but was " + value);
    }

    private static Config config() {
        return ConfigProvider.getConfig();
    }
}
