using System.Security.Cryptography;
using Aiops.Aws;
using Aiops.Aws.Bedrock;
using Aiops.Aws.Wire;
using Aiops.Local.Models;
using Aiops.Pipeline.Reason.Models;
using Aiops.Tickets.Http;
using Microsoft.Extensions.AI;

namespace Aiops.Cli.Stores;

/// <summary>A file of a model's settings, as the embedded host takes it.</summary>
internal static class ModelFile
{
    /// <summary>Nothing is sent and no secret is read yet.</summary>
    /// <exception cref="ModelSettingsException">The file says what can't be used.</exception>
    /// <exception cref="UserErrorException">It can't be read, or Bedrock's Region is nowhere named.</exception>
    public static ModelAccess Open(string path, CommandEnvironment environment)
    {
        var settings = ModelSettingsReader.Read(Bytes(path), path);
        return new ModelAccess(Client(settings, Path.GetDirectoryName(path)!, environment.Time), settings) { Clock = environment.Time };
    }

    private static IChatClient Client(ModelSettings settings, string folder, TimeProvider time) => settings.Provider switch
    {
        ModelProvider.Bedrock => new BedrockChatClient(
            new WireClient(new WireOptions
            {
                Region = Region(settings),
                ServiceUrl = settings.Endpoint,
                Time = time,
                Jitter = Jitter.From(new Random(RandomNumberGenerator.GetInt32(int.MaxValue))),
            }),
            new BedrockOptions { Model = settings.Model, InferenceProfile = settings.InferenceProfile, Timeout = settings.Limits.WallTime }),
        _ => new OpenAiChatClient(new OpenAiOptions
        {
            Model = settings.Model,
            Endpoint = settings.Endpoint ?? OpenAiOptions.OpenAi,
            ApiKey = Key(settings, folder) is { } key ? key.ReadAsync : null,
            Timeout = settings.Limits.WallTime,
            Time = time,
        }),
    };

    private static string Region(ModelSettings settings)
        => settings.Region ?? Named("AWS_REGION") ?? Named("AWS_DEFAULT_REGION")
            ?? throw new UserErrorException(ExitCodes.Usage, $"{settings.Where} names no Region for Bedrock.", "Write \"region\" there, or set AWS_REGION.");

    private static ISecret? Key(ModelSettings settings, string folder) => settings.ApiKey is not { } reference
        ? null
        : Secrets.Of(reference, new SecretSources(Environment.GetEnvironmentVariable, Store: null, folder))
            ?? throw new ModelSettingsException(settings.Where, [$"\"apiKey\" names no secret that this host has. {Secrets.Remedy}"]);

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCodes.NotFound, $"{path} can't be read: {e.Message}", "Name a file of a model's settings; docs/model.md has examples.");
        }
    }
}
