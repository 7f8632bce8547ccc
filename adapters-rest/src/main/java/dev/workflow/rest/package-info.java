/**
 * HTTP in and out. Here is one class for each concern that requests share, such as query parameters or entity tags; the
 * controllers are in packages of their own, one for each thing that clients come for, which use what is here and are not used
 * by it. May use the application, the domain and Micronaut HTTP; no other adapter.
 */
@NullMarked
package dev.workflow.rest;

import org.jspecify.annotations.NullMarked;
