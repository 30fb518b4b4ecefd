/** Bearer tokens: who may do what, as whom, where. A token's secret is shown once and kept as its SHA-256. */
package io.fourfold.token;
