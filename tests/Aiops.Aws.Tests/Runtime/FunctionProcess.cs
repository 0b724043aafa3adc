using System.Diagnostics;
using System.Text;

namespace Aiops.Aws.Tests.Runtime;

/// <summary>A published function, run as Lambda's managed runtime runs it: <c>dotnet Assembly.dll</c>, told by its environment.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private FunctionProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it wrote to its log so far.</summary>
    public string Output => Read(output);

    public string Errors => Read(errors);

    /// <summary>What it has used of the processors so far, which says more than a clock does where they are busy with others.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <param name="assembly">The published assembly; run by <c>dotnet</c>, or itself where it isn't a .dll.</param>
    /// <param name="handler">For ANNOTATIONS_HANDLER.</param>
    public static FunctionProcess Start(
        string assembly, string handler, LambdaRuntimeApi api, IReadOnlyDictionary<string, string>? environment = null)
    {
        var isLibrary = assembly.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isLibrary ? "dotnet" : assembly)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
        };
        if (isLibrary)
            start.ArgumentList.Add(assembly);
        Describe(start.Environment, handler, api);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new FunctionProcess(new Process { StartInfo = start });
    }

    /// <summary>Waits until it ends by itself; its exit code.</summary>
    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return process.ExitCode;
    }

    /// <summary>Ends it, as Lambda does with a function that it no longer needs; all that it wrote has been read then.</summary>
    public async Task StopAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
    }

    private static void Describe(IDictionary<string, string?> environment, string handler, LambdaRuntimeApi api)
    {
        environment["AWS_LAMBDA_RUNTIME_API"] = api.Endpoint;
        environment["ANNOTATIONS_HANDLER"] = handler;
        environment["AWS_LAMBDA_FUNCTION_NAME"] = "sample";
        environment["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
        environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512";
        environment["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/sample";
        environment["AWS_LAMBDA_LOG_STREAM_NAME"] = "2026/03/14/[$LATEST]0";
        environment["AWS_REGION"] = "eu-west-1";
        environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
        environment["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
        environment["DOTNET_TieredPGO"] = "0"; // As the managed runtime sets it.
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.AppendLine(line);
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
