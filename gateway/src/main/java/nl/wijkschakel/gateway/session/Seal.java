package nl.wijkschakel.gateway.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps what a session knows unreadable in the database (AES-256-GCM). What a value is about is bound to it, so that a
 * value copied to another session or attribute does not open there.
 */
final class Seal {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    private Seal(SecretKey key) {
        this.key = key;
    }

    /** @param key base64 of 32 bytes, from SESSION_KEY */
    static Seal of(String key) {
        if (key.isBlank()) {
            throw new IllegalStateException(
                    "SESSION_KEY is missing: base64 of 32 random bytes, e.g. openssl rand -base64 32");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(key.strip());
        } catch (IllegalArgumentException _) {
            throw new IllegalStateException("SESSION_KEY is not base64"); // the cause would tell part of the key
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException("SESSION_KEY has %d bytes, not %d".formatted(bytes.length, KEY_BYTES));
        }
        return new Seal(new SecretKeySpec(bytes, "AES"));
    }

    byte[] seal(byte[] plain, String about) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, about);
            var sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has no AES-GCM", e);
        }
    }

    /** @throws Broken when it was sealed with another key or about something else, or was changed */
    byte[] open(byte[] sealed, String about) throws Broken {
        try {
            var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce, about).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Broken(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String about) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** What lies in the database cannot be opened: for its reader it does not exist. */
    static final class Broken extends Exception {
        Broken(Throwable cause) {
            super("A sealed value does not open", cause);
        }
    }
}
