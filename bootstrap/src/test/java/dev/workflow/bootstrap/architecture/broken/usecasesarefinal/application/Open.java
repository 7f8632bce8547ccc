package dev.workflow.bootstrap.architecture.broken.usecasesarefinal.application;

class Open {}
