package io.fourfold.log;

/** How a body is to be read; {@link #SCALAR} when a request says nothing. */
public enum DataType {
    SCALAR,
    FORMULA,
    DISTRIBUTION,
    REFERENCE,
    MORPHISM,
    VOID
}
