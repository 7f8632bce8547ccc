/**
 * HTTP in and out: one controller for each resource, and beside them one class for each concern that requests share, such as
 * query parameters or entity tags. May use the application, the domain and Micronaut HTTP; no other adapter.
 */
@NullMarked
package dev.workflow.rest;

import org.jspecify.annotations.NullMarked;
