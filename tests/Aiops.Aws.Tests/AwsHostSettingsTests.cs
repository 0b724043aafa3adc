namespace Aiops.Aws.Tests;

public sealed class AwsHostSettingsTests
{
    private readonly Dictionary<string, string> variables = new()
    {
        ["AIOPS_ENVIRONMENT"] = "prod",
        ["AIOPS_TABLE"] = "aiops-prod",
        ["AIOPS_DOCUMENTS_BUCKET"] = "aiops-prod-documents",
    };

    [Fact]
    public void What_is_not_said_has_its_default()
    {
        var settings = Read();
        (settings.Settle, settings.MaxRounds, settings.LogGroups.Count, settings.WebhookSecret).ShouldBe((TimeSpan.FromSeconds(60), 3, 0, null));
    }

    [Fact]
    public void An_empty_variable_is_one_that_is_not_set()
    {
        variables["AIOPS_WEBHOOK_SECRET"] = "";
        Read().WebhookSecret.ShouldBeNull();
    }

    [Fact]
    public void Log_groups_stand_between_commas()
    {
        variables["AIOPS_LOG_GROUPS"] = "/aws/lambda/*, app ,";
        Read().LogGroups.ShouldBe(["/aws/lambda/*", "app"]);
    }

    [Theory]
    [InlineData("AIOPS_SETTLE_SECONDS", "0", true)]
    [InlineData("AIOPS_SETTLE_SECONDS", "900", true)]
    [InlineData("AIOPS_SETTLE_SECONDS", "901", false)]
    [InlineData("AIOPS_SETTLE_SECONDS", "-1", false)]
    [InlineData("AIOPS_MAX_ROUNDS", "0", false)]
    [InlineData("AIOPS_MAX_ROUNDS", "1", true)]
    [InlineData("AIOPS_MAX_ROUNDS", "10", true)]
    [InlineData("AIOPS_MAX_ROUNDS", "11", false)]
    [InlineData("AIOPS_MAX_ROUNDS", "three", false)]
    public void A_number_holds_to_its_limits(string variable, string value, bool accepted)
    {
        variables[variable] = value;
        if (accepted)
        {
            Read();
        }
        else
        {
            Should.Throw<AwsHostSettingsException>(Read).Message.ShouldContain($"{variable} is \"{value}\"");
        }
    }

    [Fact]
    public void Everything_that_is_missing_is_named_at_once()
    {
        variables.Clear();
        var message = Should.Throw<AwsHostSettingsException>(Read).Message;
        message.ShouldContain("AIOPS_ENVIRONMENT");
        message.ShouldContain("AIOPS_TABLE");
        message.ShouldContain("AIOPS_DOCUMENTS_BUCKET");
    }

    private AwsHostSettings Read() => AwsHostSettings.Read(variables.GetValueOrDefault);
}
