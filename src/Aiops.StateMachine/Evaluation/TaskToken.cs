using System.Buffers.Text;
using System.Text;

namespace Aiops.StateMachine.Evaluation;

/// <summary>
/// The token of a task that waits to be answered. It tells whose it is, so a host can find the execution; it is no secret.
/// </summary>
public static class TaskToken
{
    private const char Separator = '#';

    internal static string Of(string taskId) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(taskId));

    internal static string TaskId(string executionId, long number) => $"{executionId}{Separator}{number}";

    /// <returns>Whether the text is a token at all; whether its task still waits, only the execution knows.</returns>
    public static bool TryRead(string token, out string executionId)
    {
        executionId = "";
        try
        {
            var taskId = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
            var at = taskId.LastIndexOf(Separator);
            executionId = at > 0 ? taskId[..at] : "";
            return at > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
