using System.Text.Json;
using Aiops.Ask.Feeds;
using Aiops.Pipeline;
using Aiops.Pipeline.Reason;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Ask.Tests.Feeds;

public sealed class ReasoningCostTests
{
    [Fact]
    public void What_reasoning_stores_is_what_questions_about_its_cost_read()
    {
        var stored = new Reasoning { Status = ReasoningStatus.Explained, Model = "m", At = DateTimeOffset.UnixEpoch, Spent = new ModelSpend(2, 270, 1_650) };

        var read = ReasoningCost.Read(DocumentKeys.Reasoning("INC-1", 3), JsonSerializer.SerializeToUtf8Bytes(stored, ReasonJson.Default.Reasoning))!;

        (read.Round, read.Reasoning.Model, read.Reasoning.Spent).ShouldBe((3, "m", new ModelSpend(2, 270, 1_650)));
    }

    [Theory]
    [InlineData("incidents/INC-1/reasoning/3.json", "no JSON")]
    [InlineData("incidents/INC-1/reasoning/3.json", "{}")]
    [InlineData("incidents/INC-1/reasoning/last.json", "{}")]
    public void What_cannot_be_read_costs_no_question_its_answer(string key, string content)
        => ReasoningCost.Read(key, System.Text.Encoding.UTF8.GetBytes(content)).ShouldBeNull();
}
