/** Tasks: intents with {@code task: true}, and the status that the records after them give them. */
package io.fourfold.task;
