package io.fourfold.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** The public half of the key: what a stranger needs to check a tree head. */
public record VerifyKey(PublicKey key) {

    private static final String LABEL = "PUBLIC KEY";
    private static final int ID_HEX = 32;

    /** @throws IllegalArgumentException when it is no PEM file of an Ed25519 public key */
    public static VerifyKey parse(String pem) {
        try {
            return new VerifyKey(
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(Pem.read(LABEL, pem))));
        } catch (GeneralSecurityException other) {
            throw new IllegalArgumentException("Expected an Ed25519 public key, but " + other.getMessage(), other);
        }
    }

    public String pem() {
        return Pem.write(LABEL, key.getEncoded());
    }

    /** The beginning of the SHA-256 of the key, hexadecimal. */
    public String id() {
        return HexFormat.of().formatHex(Merkle.sha256(key.getEncoded())).substring(0, ID_HEX);
    }

    boolean isSigned(byte[] text, byte[] signature) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(text);
            return check.verify(signature);
        } catch (GeneralSecurityException misshapen) {
            return false;
        }
    }
}
