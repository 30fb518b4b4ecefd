/**
 * Configuration is data: each rule is a LEARN on {@code th_engine_config}, and the latest valid one is in force.
 *
 * <p>A topic is a row of {@link io.fourfold.config.Topic}; {@link io.fourfold.config.EngineConfig} is the fold;
 * {@link io.fourfold.config.EngineConfigs} holds the one of now and finds those of the past.
 */
package io.fourfold.config;
