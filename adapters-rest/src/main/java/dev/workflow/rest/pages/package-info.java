/** What people look at: the console, the documentation, and the pages of the problem types. */
@NullMarked
package dev.workflow.rest.pages;

import org.jspecify.annotations.NullMarked;
