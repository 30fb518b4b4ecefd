package io.fourfold.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** The Ed25519 key that tree heads are signed with: made once, kept in a folder that only its owner may enter. */
public final class SigningKey {

    private static final String PRIVATE = "tree-head.key";
    private static final String PUBLIC = "tree-head.pub";
    private static final String LABEL = "PRIVATE KEY";

    private final PrivateKey key;
    private final VerifyKey verify;

    private SigningKey(PrivateKey key, VerifyKey verify) {
        this.key = key;
        this.verify = verify;
    }

    /** The key of this folder; made if there is none. */
    public static SigningKey in(Path folder) {
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(folder.getParent());
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (!Files.exists(folder.resolve(PRIVATE))) {
                create(folder);
            }
            byte[] encoded = Pem.read(LABEL, Files.readString(folder.resolve(PRIVATE)));
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new SigningKey(key, VerifyKey.parse(Files.readString(folder.resolve(PUBLIC))));
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot use the keys in " + folder, broken);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("Expected an Ed25519 key in " + folder, broken);
        }
    }

    /** The public half first: whoever sees the private one sees both. */
    private static void create(Path folder) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path secret = Files.createTempFile(
                folder,
                "new",
                ".key",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(secret, Pem.write(LABEL, pair.getPrivate().getEncoded()));
            Files.writeString(folder.resolve(PUBLIC), new VerifyKey(pair.getPublic()).pem());
            Files.createLink(folder.resolve(PRIVATE), secret);
        } catch (FileAlreadyExistsException another) {
            throw new IllegalStateException("Expected to be the only one to make a key in " + folder, another);
        } finally {
            Files.delete(secret);
        }
    }

    public VerifyKey verifyKey() {
        return verify;
    }

    byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has Ed25519", impossible);
        }
    }
}
