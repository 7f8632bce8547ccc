package dev.workflow.application;

import dev.workflow.domain.delivery.DeliveryTerms;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What a consumer asks for, and how long it waits for it.
 *
 * @param max at most so many workflows
 * @param patience how long to wait for the first one
 * @param gone whether the consumer has hung up
 */
public record ConsumeOrder(DeliveryTerms terms, int max, Duration patience, BooleanSupplier gone) {}
