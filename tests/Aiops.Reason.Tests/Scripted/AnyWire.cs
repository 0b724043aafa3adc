using Aiops.Reason.Tests.Bedrock;
using Aiops.Reason.Tests.OpenAi;
using Aiops.ScriptedModel;
using Microsoft.Extensions.AI;

namespace Aiops.Reason.Tests.Scripted;

/// <summary>Clients of both wires: whoever holds one knows no difference.</summary>
internal static class AnyWire
{
    public const string Prompt = "the-prompt-must-never-be-repeated";

    public static IReadOnlyList<ChatMessage> Messages => [new(ChatRole.User, Prompt)];

    public static IChatClient Client(ModelWire wire, ScriptedModelServer server, TimeSpan? timeout = null) => wire switch
    {
        ModelWire.OpenAi => OpenAiChatClientTests.Client(server, timeout),
        _ => BedrockChatClientTests.Client(server, timeout),
    };
}
