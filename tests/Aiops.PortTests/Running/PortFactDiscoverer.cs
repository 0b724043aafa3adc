using Xunit.Abstractions;
using Xunit.Sdk;

namespace Aiops.PortTests.Running;

public sealed class PortFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
        => Skips.Reason(testMethod) is { } reason
            ? Skips.TestCase(DiagnosticMessageSink, discoveryOptions, testMethod, reason)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}

public sealed class PortTheoryDiscoverer(IMessageSink sink) : TheoryDiscoverer(sink)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute)
        => Skips.Reason(testMethod) is { } reason
            ? [Skips.TestCase(DiagnosticMessageSink, discoveryOptions, testMethod, reason)]
            : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

internal static class Skips
{
    // The class that runs, which need not be the one that declares the method.
    public static string? Reason(ITestMethod method) => method.TestClass.Class.GetCustomAttributes(typeof(NeedsAttribute))
        .OfType<IReflectionAttributeInfo>().Select(info => ((NeedsAttribute)info.Attribute).ReasonToSkip).FirstOrDefault(reason => reason is not null);

    public static IXunitTestCase TestCase(IMessageSink sink, ITestFrameworkDiscoveryOptions options, ITestMethod method, string reason)
        => new XunitSkippedDataRowTestCase(
            sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, reason);
}
