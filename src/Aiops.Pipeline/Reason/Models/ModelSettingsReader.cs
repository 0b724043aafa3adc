using System.Text.Json;

namespace Aiops.Pipeline.Reason.Models;

/// <summary>Reads a model's settings strictly: a member that nobody knows, or a cap that can't hold, is a mistake that costs money later.</summary>
public static class ModelSettingsReader
{
    private const decimal DearestToken = 100_000; // US dollars for a million.

    private static readonly JsonDocumentOptions Strict = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <param name="where">The file, or what else it came from.</param>
    /// <exception cref="ModelSettingsException">Names every member that is missing, unknown or wrong.</exception>
    public static ModelSettings Read(ReadOnlyMemory<byte> json, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ModelSettingsException(where, ["It must hold one JSON object."]);
            }

            List<string> problems = [];
            var settings = Read(new SettingsMembers(document.RootElement, "", problems), where);
            return problems.Count == 0 ? settings : throw new ModelSettingsException(where, problems);
        }
        catch (JsonException e)
        {
            throw new ModelSettingsException(where, [$"It is no JSON: {e.Message}"]);
        }
    }

    private static ModelSettings Read(SettingsMembers root, string where)
    {
        root.OnlyKnown(
            "provider", "model", "endpoint", "allowPlainHttp", "apiKey", "region", "inferenceProfile", "language", "price", "limits", "maskReversibly", "names");
        if (!root.Has("provider"))
        {
            root.Problem("provider", "is missing: write bedrock, or openai for any server that speaks its format");
        }

        var provider = root.Word("provider", ("openai", ModelProvider.OpenAiCompatible), ("bedrock", ModelProvider.Bedrock));
        if (!root.Has("model"))
        {
            root.Problem("model", "is missing: name the model as its provider does");
        }

        var endpoint = Endpoint(root);
        var settings = new ModelSettings
        {
            Where = where,
            Provider = provider,
            Model = root.Text("model") ?? "",
            Endpoint = endpoint,
            ApiKey = ApiKey(root),
            Region = root.Text("region"),
            InferenceProfile = root.Text("inferenceProfile"),
            Language = root.Word("language", ("en", ModelLanguage.English), ("ko", ModelLanguage.Korean)),
            Price = Price(root, provider, endpoint),
            Limits = root.Inner("limits") is { } limits ? ModelLimitsReader.Read(limits) : new ModelLimits(),
            MaskReversibly = root.Truth("maskReversibly", otherwise: true),
            Names = root.Texts("names", shortest: 2), // One letter would be taken out of every word.
        };
        if (provider == ModelProvider.Bedrock)
        {
            BedrockNames.Check(root, settings);
        }

        foreach (var name in (string[])(provider == ModelProvider.Bedrock ? ["apiKey"] : ["region", "inferenceProfile"]))
        {
            if (root.Has(name))
            {
                root.Problem(name, $"has no meaning for this provider: take it out");
            }
        }

        return settings;
    }

    // What is sent there are figures of systems, and the key: over the network only encrypted, unless somebody says otherwise.
    private static Uri? Endpoint(SettingsMembers root)
    {
        var plain = root.Truth("allowPlainHttp", otherwise: false);
        if (root.Text("endpoint") is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint) || (endpoint.Scheme != Uri.UriSchemeHttps && endpoint.Scheme != Uri.UriSchemeHttp)
            || endpoint.UserInfo.Length + endpoint.Query.Length + endpoint.Fragment.Length > 0)
        {
            root.Problem("endpoint", "must be an http or https address without a user, a query or a fragment, as http://127.0.0.1:11434/v1");
            return null;
        }

        if (endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback && !plain)
        {
            root.Problem("endpoint", "must be https (http only for this machine, or with \"allowPlainHttp\": true where the network is trusted)");
        }

        return endpoint;
    }

    private static string? ApiKey(SettingsMembers root)
    {
        var reference = root.Text("apiKey");
        if (reference is not null && reference.Split(':', 2) is not ["env" or "file" or "secret", { Length: > 0 }])
        {
            root.Problem("apiKey", "names no secret: write env:NAME, file:PATH, or secret:NAME on a host that has a secret store, never the key itself");
        }

        return reference;
    }

    // A cap on money can't hold where nobody knows what a token costs.
    private static ModelPrice Price(SettingsMembers root, ModelProvider provider, Uri? endpoint)
    {
        var costs = provider == ModelProvider.Bedrock || (endpoint is null && !root.Has("endpoint"))
            || endpoint?.Host == "api.openai.com" || endpoint?.Host.EndsWith(".openai.azure.com", StringComparison.Ordinal) is true;
        var price = root.Inner("price");
        price?.OnlyKnown("input", "output");
        if (price is null)
        {
            if (costs && !root.Has("price"))
            {
                root.Problem("price", "is missing: write {\"input\": …, \"output\": …}, US dollars for a million tokens, from the provider's price list");
            }

            return new ModelPrice(0, 0);
        }

        return new ModelPrice(Side("input"), Side("output"));

        decimal Side(string name)
        {
            if (!price.Has(name))
            {
                price.Problem(name, "is missing: US dollars for a million tokens");
            }

            var side = price.Number(name, 0, DearestToken) ?? 0;
            if (costs && side == 0 && price.Has(name))
            {
                price.Problem(name, "must be above 0: a cap on money can't hold without it");
            }

            return side;
        }
    }
}
