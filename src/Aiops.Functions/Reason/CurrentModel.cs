using Aiops.Aws;
using Aiops.Aws.Bedrock;
using Aiops.Aws.SystemsManager;
using Aiops.Aws.Wire;
using Aiops.Functions.Running;
using Aiops.Pipeline;
using Aiops.Pipeline.Reason;
using Aiops.Pipeline.Reason.Models;
using Aiops.Pipeline.Review;
using Microsoft.Extensions.Logging;

namespace Aiops.Functions.Reason;

/// <summary>A model, and who looks whether it is back; null where its settings can't be used, so that nobody answers by them.</summary>
public sealed record ModelInForce(MeteredModel Model, ModelReturn? Return);

/// <summary>The model by the settings in force: a parameter, asked for again after five minutes. Only Bedrock's, in the stack's own Region.</summary>
/// <remarks>
/// Settings that can't be used cost no incident its comment: that is logged as an error, the comment says it, and those
/// incidents come round again when a person has mended them.
/// </remarks>
public sealed partial class CurrentModel(
    AwsHostSettings settings, IParameters parameters, WireOptions wire, IModelBudget budget, IModelOutages outages, IIncidents incidents, ReviewStep reviews,
    TimeProvider time, ILogger<CurrentModel> logger) : IDisposable
{
    private readonly ParameterInForce<Held>? inForce
        = settings.ModelParameter is { } name ? new ParameterInForce<Held>(parameters, name, time) : null;

    private WireClient? client;

    /// <returns>Null where no parameter is named, or it says <see cref="StackModel.Off"/>.</returns>
    /// <exception cref="StoreUnavailableException">The parameter can't be had now, and never could since this environment began.</exception>
    public async Task<ModelInForce?> InForceAsync(CancellationToken cancellationToken)
    {
        if (inForce is null)
        {
            return null;
        }

        var name = settings.ModelParameter!;
        return (await inForce.CurrentAsync(text => new Held(Made(text, name)), Unusable, e => LogNotRead(e, name), cancellationToken)).Model;

        Held Unusable(Exception e)
        {
            LogUnusable(e, name);
            return new Held(new ModelInForce(new MeteredModel(UnusableModel.Access(e.Message, time), budget), Return: null));
        }
    }

    public void Dispose() => client?.Dispose();

    private ModelInForce? Made(string text, string name)
    {
        if (StackModel.Read(text, name, settings.Region) is not { } read)
        {
            return null;
        }

        client?.Dispose(); // One invocation at a time: nobody asks by the settings of before any more.
        client = new WireClient(wire with { ServiceUrl = read.Endpoint ?? wire.ServiceUrl });
        BedrockChatClient chat = new(client, StackModel.OptionsOf(read));
        MeteredModel model = new(new ModelAccess(chat, read) { Clock = time }, budget);
        return new ModelInForce(model, new ModelReturn(model, outages, incidents, reviews));
    }

    [LoggerMessage(LogLevel.Error, "The model settings in {Parameter} can't be used: the figures decide alone")]
    private partial void LogUnusable(Exception exception, string parameter);

    [LoggerMessage(LogLevel.Warning, "The model settings in {Parameter} can't be read now: those of before hold")]
    private partial void LogNotRead(Exception exception, string parameter);

    private sealed record Held(ModelInForce? Model);
}
