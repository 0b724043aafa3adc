using Aiops.Simulator.Shop;

namespace Aiops.Simulator.Signals;

/// <summary>The words of failures, as the libraries of each language put them.</summary>
internal static class FailureText
{
    /// <summary>What a component says of its own fault.</summary>
    public static string Own(ShopComponent component, Cause cause, SimulatedRandom chance) => (component.Style, cause) switch
    {
        (LogStyle.Java, Cause.Bug) => $"c.e.shop.{component.Name}.PriceMapper : java.lang.NullPointerException: Cannot invoke \"Money.currency()\" because \"line.unitPrice\" is null at PriceMapper.java:{Line(component)}",
        (LogStyle.Go, Cause.Bug) => $"level=error msg=\"panic recovered\" err=\"runtime error: index out of range [{chance.Whole(3, 9)}] with length {chance.Whole(1, 3)}\" file=mapper.go:{Line(component)}",
        (LogStyle.Lambda, Cause.Bug) => "ERROR\tInvoke Error\t{\"errorType\":\"TypeError\",\"errorMessage\":\"Cannot read properties of undefined (reading 'minorUnits')\"}",
        (LogStyle.Java, Cause.OutOfMemory) => "java.lang.OutOfMemoryError: Java heap space",
        (_, Cause.OutOfMemory) => $"level=error msg=\"allocation failed\" err=\"cannot allocate {chance.Whole(4, 64)} MiB\"",
        (LogStyle.Java, Cause.Reset) => "java.io.IOException: Connection reset by peer while writing the response",
        (_, Cause.Reset) => "level=error msg=\"write response\" err=\"write tcp: connection reset by peer\"",
        (LogStyle.Java, Cause.Glitch) => "o.a.c.c.C.[dispatcherServlet] : client closed the connection before the response was written",
        (LogStyle.Go, Cause.Glitch) => "level=error msg=\"write response\" err=\"broken pipe\"",
        (LogStyle.Java, _) => $"o.a.c.core.StandardThreadExecutor : request rejected, all {component.Slots:0} threads are busy",
        (LogStyle.Lambda, _) => "ERROR\tInvoke Error\t{\"errorType\":\"Error\",\"errorMessage\":\"unexpected end of input\"}",
        _ => "level=error msg=\"request rejected\" err=\"too many requests in flight\"",
    };

    /// <summary>What a caller says of a callee that failed.</summary>
    public static string OfCallee(ShopComponent caller, Operation callee, Cause cause, SimulatedRandom chance)
    {
        var name = callee.Component.Name;
        var text = cause switch
        {
            Cause.NoConnection => "FATAL: remaining connection slots are reserved for non-replication superuser connections",
            Cause.Throttled => $"ProvisionedThroughputExceededException: The level of configured provisioned throughput for the table was exceeded (Service: DynamoDb, Status Code: 400, Request ID: {chance.Hex(26).ToUpperInvariant()})",
            Cause.Refused => $"connect to {name}.shop.local:8080 failed: Connection refused",
            Cause.Timeout => $"{name} did not answer {callee.Name} in time",
            Cause.Reset => $"connection to {name} reset by peer",
            Cause.Glitch => $"{name} closed the connection unexpectedly",
            Cause.Unavailable => $"{name} answered 502 Bad Gateway",
            Cause.OutOfMemory => $"connection to {name} closed before the response was complete",
            _ => $"{name} answered {callee.Name} with 503",
        };
        return caller.Style switch
        {
            LogStyle.Java => $"c.e.shop.{caller.Name}.{Client(callee)} : {Wrapped(cause, text)}",
            LogStyle.Go => $"level=error msg=\"call failed\" target={name} err=\"{text}\"",
            _ => $"ERROR\tcall to {name} failed\t{text}",
        };
    }

    /// <summary>What a caller says of a callee that failed for someone else's reason.</summary>
    public static string Upstream(ShopComponent caller, Operation callee) => caller.Style switch
    {
        LogStyle.Java => $"c.e.shop.{caller.Name}.{Client(callee)} : {callee.Component.Name} answered {callee.Name} with 503 Service Unavailable",
        LogStyle.Go => $"level=error msg=\"call failed\" target={callee.Component.Name} err=\"unexpected status 503\"",
        _ => $"ERROR\tcall to {callee.Component.Name} failed\tHTTP 503",
    };

    private static string Wrapped(Cause cause, string text) => cause switch
    {
        Cause.NoConnection => $"could not open a transaction: org.postgresql.util.PSQLException: {text}",
        Cause.Throttled => $"software.amazon.awssdk.services.dynamodb.model.{text}",
        Cause.Refused => $"org.apache.hc.client5.http.HttpHostConnectException: {text}",
        Cause.Timeout => $"java.net.SocketTimeoutException: {text}",
        _ => text,
    };

    private static string Client(Operation callee) => callee.Component.Role switch
    {
        ShopRole.Database => "Repository",
        ShopRole.Table => "TableClient",
        ShopRole.Queue => "EventPublisher",
        _ => "HttpClient",
    };

    private static int Line(ShopComponent component) => 40 + (component.Name.Length * 7);
}
