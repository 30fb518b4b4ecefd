/** How records come in from outside: the ways in differ, what is checked and what is answered does not. */
package io.fourfold.door;
