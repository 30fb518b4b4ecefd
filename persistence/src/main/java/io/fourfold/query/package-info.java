/**
 * Questions to the log: a filter in the manner of MongoDB, read into a sealed tree and written as parameterised SQL.
 * Text compares by code point, numbers by their exact decimal value, and a value that is missing is not null.
 */
package io.fourfold.query;
