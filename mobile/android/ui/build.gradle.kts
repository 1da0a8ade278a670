// The screens and presenters with the generated bindings. No android.* class: tests/android compiles the same sources.
plugins {
    alias(libs.plugins.android.library)
    alias(libs.plugins.kotlin.android)
    alias(libs.plugins.kotlin.compose)
}

android {
    namespace = "bianfang.ui"
    compileSdk = 36
    // Village phones are often old: Android 8 is the oldest with java.time and the Keystore calls we use.
    defaultConfig { minSdk = 26 }
    buildFeatures { compose = true }
    // Written by `cargo xtask bindings`.
    sourceSets["main"].kotlin.srcDir("../../../bindings/kotlin/uniffi")
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
}

dependencies {
    api(libs.compose.foundation)
    api(libs.compose.material3)
    api(libs.coroutines.core)
    // The AAR carries JNA's own library for each processor.
    implementation(variantOf(libs.jna) { artifactType("aar") })
}
