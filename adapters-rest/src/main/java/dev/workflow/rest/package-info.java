/**
 * HTTP in and out. Here is one class for each concern that requests share, such as query parameters or entity tags. The
 * controllers are in packages of their own, one for each thing that clients come for, which use what is here and are not used by
 * it; so are the connection below ({@code wire}), JSON, API keys, problem details and metrics. May use the application, the domain
 * and Micronaut HTTP; no other adapter.
 */
@NullMarked
package dev.workflow.rest;

import org.jspecify.annotations.NullMarked;
