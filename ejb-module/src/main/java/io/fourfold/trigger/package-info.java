/**
 * What starts something by itself: record triggers and schedules. An event is met in three steps: is it for the
 * trigger, do its conditions hold, do its guards let it pass. What came of it is on the trigger's thread, and guards
 * decide by folds of such threads alone.
 */
package io.fourfold.trigger;
