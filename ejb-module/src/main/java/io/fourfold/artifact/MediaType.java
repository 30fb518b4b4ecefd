package io.fourfold.artifact;

import java.util.List;
import java.util.Locale;

/** What a file is, judged by the end of its name. */
public record MediaType(String ending, String type, String mediaType) {

    private static final MediaType OTHER = new MediaType("", "other", "application/octet-stream");

    private static final List<MediaType> KNOWN = List.of(
            new MediaType(".md", "markdown", "text/markdown"),
            new MediaType(".txt", "text", "text/plain"),
            new MediaType(".log", "text", "text/plain"),
            new MediaType(".csv", "text", "text/csv"),
            new MediaType(".json", "code", "application/json"),
            new MediaType(".yaml", "code", "application/yaml"),
            new MediaType(".yml", "code", "application/yaml"),
            new MediaType(".xml", "code", "application/xml"),
            new MediaType(".html", "code", "text/html"),
            new MediaType(".css", "code", "text/css"),
            new MediaType(".js", "code", "text/javascript"),
            new MediaType(".ts", "code", "text/plain"),
            new MediaType(".py", "code", "text/x-python"),
            new MediaType(".java", "code", "text/x-java"),
            new MediaType(".sh", "code", "text/x-sh"),
            new MediaType(".diff", "code", "text/x-diff"),
            new MediaType(".patch", "code", "text/x-diff"),
            new MediaType(".png", "image", "image/png"),
            new MediaType(".jpg", "image", "image/jpeg"),
            new MediaType(".svg", "image", "image/svg+xml"),
            new MediaType(".pdf", "document", "application/pdf"));

    /** The kind for a file name; binary when unknown. */
    public static MediaType of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return KNOWN.stream().filter(k -> name.endsWith(k.ending)).findFirst().orElse(OTHER);
    }

    public boolean isText() {
        return mediaType.startsWith("text/") || type.equals("code");
    }
}
