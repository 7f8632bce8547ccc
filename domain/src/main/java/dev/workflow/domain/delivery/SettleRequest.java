package dev.workflow.domain.delivery;

import java.util.UUID;

/** What a consumer says of one of its deliveries. */
public record SettleRequest(UUID deliveryId, Verdict verdict) {}
