package dev.workflow.bootstrap.architecture.broken.nounsnotroles.domain;

final class WorkflowManager {}
