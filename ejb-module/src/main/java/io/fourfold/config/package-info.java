/** Configuration is data: each rule is a LEARN on {@code th_engine_config}, and the latest valid one is in force. */
package io.fourfold.config;
