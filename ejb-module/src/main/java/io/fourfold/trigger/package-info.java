/**
 * What starts something by itself: record triggers and schedules. An event is met in three steps: is it for the trigger,
 * do its conditions hold, do its guards let it pass. What came of it is on the trigger's thread, and every guard decides
 * by a fold of that thread alone.
 */
package io.fourfold.trigger;
