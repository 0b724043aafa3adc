using System.Security.Claims;
using Aiops.Console.Pages;
using Aiops.Console.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aiops.Console.Routes;

/// <summary>Questions in plain words, and the analysis of a service: answered on the page that asks.</summary>
internal static class QuestionRoutes
{
    public static async Task ShowAsync(HttpContext context)
        => await PageAsync(context, await Questions(context).ScopeAsync(context.RequestAborted), new QuestionForm());

    public static async Task AskAsync(HttpContext context)
    {
        var scope = await Questions(context).ScopeAsync(context.RequestAborted);
        var form = QuestionForm.Of(await context.Request.ReadFormAsync(context.RequestAborted), scope);
        await AnswerAsync(context, scope, form, async () =>
        {
            var question = new AskedQuestion(AskerOf(context), form.Text, form.Service.Length > 0 ? form.Service : null, form.Conversation.Length > 0 ? form.Conversation : null);
            var answer = await Questions(context).AskAsync(question, context.RequestAborted);
            await PageAsync(context, scope, form with { Conversation = answer.Conversation ?? "" }, answer: answer);
        });
    }

    public static async Task AnalyseAsync(HttpContext context)
    {
        var scope = await Questions(context).ScopeAsync(context.RequestAborted);
        var form = QuestionForm.OfAnalysis(await context.Request.ReadFormAsync(context.RequestAborted));
        await AnswerAsync(context, scope, form, async () =>
        {
            var analysis = await Questions(context).AnalyseAsync(form.Analysed, form.Length!.Value, context.RequestAborted);
            await (analysis.Problem is { } problem
                ? PageAsync(context, scope, form with { Problem = problem }, StatusCodes.Status422UnprocessableEntity)
                : PageAsync(context, scope, form, analysis: analysis));
        });
    }

    private static async Task AnswerAsync(HttpContext context, QuestionScope scope, QuestionForm form, Func<Task> answer)
    {
        if (form.Problem is not null || scope.Absent is not null)
        {
            await PageAsync(context, scope, form, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        using var turn = context.RequestServices.GetRequiredService<QuestionTurns>().TryTake(AskerOf(context));
        await (turn is null
            ? PageAsync(context, scope, form with { Problem = "Your question before is still being answered: wait for it, then send this one again." }, StatusCodes.Status429TooManyRequests)
            : answer());
    }

    private static Task PageAsync(
        HttpContext context, QuestionScope scope, QuestionForm form, int status = StatusCodes.Status200OK, QuestionAnswer? answer = null, ServiceAnalysis? analysis = null)
        => PageWriter.PageAsync<QuestionsPage>(context, new() { ["Scope"] = scope, ["Form"] = form, ["Answer"] = answer, ["Analysis"] = analysis }, status);

    private static IConsoleQuestions Questions(HttpContext context) => context.RequestServices.GetRequiredService<ConsolePorts>().Questions;

    private static string AskerOf(HttpContext context) => context.User.FindFirstValue(ClaimTypes.NameIdentifier)!;
}
