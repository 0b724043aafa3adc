using System.Text;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Aws.Bedrock;

/// <summary>What a stack's parameter says of its model, for the functions and for whoever asks from outside.</summary>
public static class StackModel
{
    /// <summary>The parameter's value where the model is switched off.</summary>
    public const string Off = "off";

    /// <summary>Only Bedrock's, in the stack's own Region: what it was given rights for, and what is to be had from within a function.</summary>
    /// <returns>Null where it is switched off.</returns>
    /// <exception cref="ModelSettingsException">The text says what can't be used.</exception>
    public static ModelSettings? Read(string text, string parameter, string region)
    {
        if (text.Trim().Equals(Off, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var read = ModelSettingsReader.Read(Encoding.UTF8.GetBytes(text), $"the parameter {parameter}");
        return read switch
        {
            { Provider: not ModelProvider.Bedrock } => throw new ModelSettingsException(
                read.Where, ["\"provider\" must be bedrock: an OpenAI-compatible server is for one machine."]),
            { Region: { } named } when named != region => throw new ModelSettingsException(
                read.Where, [$"\"region\" must be the stack's own, {region}, or be left out: its functions may ask no other Region's models."]),
            _ => read,
        };
    }

    public static BedrockOptions OptionsOf(ModelSettings settings)
        => new() { Model = settings.Model, InferenceProfile = settings.InferenceProfile, Timeout = settings.Limits.WallTime };
}
