// The key of the store: 32 random bytes, kept only as wrapped by a key that never leaves the phone's Keystore.
package bianfang.app

import android.content.Context
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import java.io.File
import java.security.KeyStore
import java.security.SecureRandom
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

private const val ALIAS = "bianfang-store"
private const val CIPHER = "AES/GCM/NoPadding"
private const val NONCE = 12
private const val TAG_BITS = 128

class StoreKey(context: Context) {
    private val file = File(context.filesDir, "store.key")

    /** The key; made at the first start. The caller overwrites it when the store is open. */
    fun get(): ByteArray = if (file.exists()) unwrap(file.readBytes()) else make()

    private fun make(): ByteArray {
        val key = ByteArray(32).also(SecureRandom()::nextBytes)
        val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.ENCRYPT_MODE, wrapping()) }
        // Under another name first: a half-written key would lock the store for ever.
        val part = File(file.path + ".part")
        part.outputStream().use {
            it.write(cipher.iv + cipher.doFinal(key))
            it.fd.sync()
        }
        check(part.renameTo(file)) { "cannot keep ${file.name}" }
        return key
    }

    private fun unwrap(bytes: ByteArray): ByteArray {
        val nonce = GCMParameterSpec(TAG_BITS, bytes, 0, NONCE)
        val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.DECRYPT_MODE, wrapping(), nonce) }
        return cipher.doFinal(bytes, NONCE, bytes.size - NONCE)
    }

    private fun wrapping(): SecretKey {
        val store = KeyStore.getInstance("AndroidKeyStore").apply { load(null) }
        (store.getKey(ALIAS, null) as SecretKey?)?.let { return it }
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec = KeyGenParameterSpec.Builder(ALIAS, purposes)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setKeySize(256)
            .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, "AndroidKeyStore").apply { init(spec) }.generateKey()
    }
}
