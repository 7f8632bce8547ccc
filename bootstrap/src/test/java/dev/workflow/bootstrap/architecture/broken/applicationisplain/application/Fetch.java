package dev.workflow.bootstrap.architecture.broken.applicationisplain.application;

final class Fetch {
    java.net.http.HttpClient client;
}
