package dev.workflow.bootstrap.architecture.broken.portsaresmall.domain.port;

interface Everything {
    void a();

    void b();

    void c();

    void d();

    void e();

    void f();

    void g();
}
