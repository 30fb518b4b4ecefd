/**
 * What becomes of a routed record: it waits for its adapter, is carried out once, and is answered once. Each record
 * has a dispatch of its own, whose id follows from the record's.
 */
package io.fourfold.dispatch;
