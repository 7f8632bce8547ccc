/**
 * One class for each thing the service does, and the gathering of requests into batches. Uses the domain and its ports;
 * knows neither HTTP nor SQL nor AMQP nor the framework.
 *
 * <p>Consuming takes several: {@link dev.workflow.application.ConsumeWorkflows} serves requests in rounds, each a
 * {@code ConsumeRound} with its {@code RoundResult}; messages come from the {@link dev.workflow.application.QueueFront}. Whoever
 * gets nothing is {@code EmptyHanded}, and may wait in the {@code WaitingRoom}; {@code InHand} knows what other rounds may put
 * back. {@code KeyedConsumers} lets those with the same key wait for one another, as {@code OneAtATime} does for all other requests.
 */
@NullMarked
package dev.workflow.application;

import org.jspecify.annotations.NullMarked;
