using Aiops.Ask.Questions;

namespace Aiops.Ask.Tests.Questions;

public sealed class ConversationTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aiops-ask-");

    private string File => Path.Combine(folder.FullName, "ask", "conversation.json");

    [Fact]
    public void It_is_kept_without_secrets_for_its_owner_alone()
    {
        new Conversation(File).Write([], new Turn("Who said password=hunter2hunter2?", "SELECT 'password=hunter2hunter2'", "About password=hunter2hunter2", Service: "checkout"));
        System.IO.File.ReadAllText(File).ShouldNotContain("hunter2");
        new Conversation(File).Read().ShouldHaveSingleItem().Service.ShouldBe("checkout");
        Directory.GetFiles(Path.GetDirectoryName(File)!).ShouldBe([File]);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Runs_at_the_same_time_leave_one_whole_conversation()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => new Conversation(File).Write([], new Turn($"question {i}", "SELECT 1", "One")))));
        new Conversation(File).Read().ShouldHaveSingleItem().Question.ShouldStartWith("question ");
        Directory.GetFiles(Path.GetDirectoryName(File)!).ShouldBe([File]);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
