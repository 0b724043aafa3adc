namespace Aiops.Console.Tests;

/// <summary>Answers as a test says, and remembers what it was asked.</summary>
internal sealed class ScriptedQuestions : IConsoleQuestions
{
    public List<AskedQuestion> Asked { get; } = [];

    public QuestionScope Scope { get; init; } = new() { Services = ["checkout"] };

    public Func<AskedQuestion, CancellationToken, Task<QuestionAnswer>> Answer { get; init; } = (_, _) => Task.FromResult(new QuestionAnswer { Title = "An answer", Cost = "Nothing." });

    public Task<QuestionScope> ScopeAsync(CancellationToken cancellationToken) => Task.FromResult(Scope);

    public Task<QuestionAnswer> AskAsync(AskedQuestion question, CancellationToken cancellationToken)
    {
        Asked.Add(question);
        return Answer(question, cancellationToken);
    }

    public Task<ServiceAnalysis> AnalyseAsync(string service, TimeSpan last, CancellationToken cancellationToken) => Task.FromResult(new ServiceAnalysis($"{service}, {last.TotalHours} h", null, []));
}
