# Two stages: a JDK builds the jar with the project's own Maven wrapper, a JRE runs it. Nothing but the jar and its options crosses over.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
# The cache mount keeps what Maven fetched from one build to the next, outside the image.
RUN --mount=type=cache,target=/root/.m2 ./mvnw --batch-mode --no-transfer-progress -pl bootstrap -am -DskipTests -Drehearsal.skip=true package

FROM eclipse-temurin:25-jre
# The numbers are fixed so that a volume keeps its owner from image to image. The home is the one place the service may write:
# without DATABASE_URL it keeps its data in ./data.
RUN groupadd --gid 10001 workflow \
 && useradd --uid 10001 --gid workflow --home-dir /var/lib/workflow --create-home --shell /usr/sbin/nologin workflow
COPY --from=build /src/bootstrap/target/workflow.jar /src/bootstrap/target/workflow.options /opt/workflow/
WORKDIR /var/lib/workflow
USER 10001:10001
# Inside a container the loopback address reaches nobody. The service refuses this HOST unless WORKFLOW_API_KEYS are set, or
# WORKFLOW_ANONYMOUS=true says that the network around it is trusted.
ENV HOST=0.0.0.0 PORT=8000
EXPOSE 8000
# The JRE image has neither curl nor wget, but it has bash, which speaks TCP.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/${PORT} && printf 'GET /health/readiness HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [[ $status == 200 ]]"]
# exec makes the JVM process 1, so that SIGTERM reaches it and the service drains. What WORKFLOW_JAVA_OPTIONS says, such as -Xmx1g,
# comes after the options file and wins.
ENTRYPOINT ["sh", "-c", "exec java @/opt/workflow/workflow.options $WORKFLOW_JAVA_OPTIONS -jar /opt/workflow/workflow.jar"]
