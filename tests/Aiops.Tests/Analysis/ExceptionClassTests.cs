using Aiops.Analysis.LogPatterns;

namespace Aiops.Tests.Analysis;

public class ExceptionClassTests
{
    [Theory]
    [InlineData("Request failed; nested exception is java.lang.IllegalStateException: no such thing", "IllegalStateException")]
    [InlineData("ServletException: x\n\tat a.B.c(B.java:7)\nCaused by: java.net.SocketTimeoutException: timed out", "SocketTimeoutException")]
    [InlineData("Traceback (most recent call last):\n  File \"a.py\", line 1\nValueError: bad", "ValueError")]
    [InlineData("Unhandled System.InvalidOperationException", "InvalidOperationException")]
    [InlineData("Errors: 7", "")]
    [InlineData("Error while saving", "")]
    [InlineData("an Exception", "")]
    [InlineData("myError happened", "")]
    [InlineData("Exceptional", "")]
    [InlineData("", "")]
    public void The_root_exception_is_named_without_its_package(string line, string name) => ExceptionClass.Of(line).ShouldBe(name);
}
