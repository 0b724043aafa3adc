using System.Collections.Concurrent;
using System.Net;
using Aiops.Cli.Serve;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Aiops.Tests.Cli.Serve;

/// <summary>Over real connections to a server of this process; which addresses may be visited is decided elsewhere.</summary>
public sealed class HttpSubscriptionVisitorTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> visited = new();
    private readonly HttpSubscriptionVisitor visitor = new();
    private WebApplication web = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        web = builder.Build();
        web.Run(async context =>
        {
            var path = context.Request.Path.Value!;
            visited.Enqueue(path);
            context.Response.StatusCode = path switch { "/refused" => 403, "/moved" => 302, _ => 200 };
            context.Response.Headers.Location = "/landed";
            await context.Response.Body.WriteAsync(new byte[path == "/large" ? SnsHttp.MaxBytes + 1 : SnsHttp.MaxBytes]);
        });
        await web.StartAsync();
    }

    public async Task DisposeAsync()
    {
        visitor.Dispose();
        await web.DisposeAsync();
    }

    [Fact]
    public async Task A_visit_is_a_success_when_it_is_answered_so() => (await VisitAsync("/good")).ShouldBeTrue();

    [Fact]
    public async Task A_refusal_is_none() => (await VisitAsync("/refused")).ShouldBeFalse();

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        (await VisitAsync("/moved")).ShouldBeFalse();
        visited.ShouldBe(["/moved"]);
    }

    [Fact]
    public async Task An_answer_above_64_KiB_is_not_read() => (await VisitAsync("/large")).ShouldBeFalse();

    [Fact]
    public async Task Nobody_there_is_no_success_and_no_exception()
    {
        var address = new Uri(web.Urls.Single());
        await web.StopAsync();
        (await visitor.VisitAsync(address, default)).ShouldBeFalse();
    }

    private Task<bool> VisitAsync(string path) => visitor.VisitAsync(new Uri(new Uri(web.Urls.Single()), path), default);
}
