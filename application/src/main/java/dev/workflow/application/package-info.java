/**
 * One class for each thing the service does, and the gathering of requests into batches. Uses the domain and its ports;
 * knows neither HTTP nor SQL nor AMQP nor the framework.
 */
@NullMarked
package dev.workflow.application;

import org.jspecify.annotations.NullMarked;
