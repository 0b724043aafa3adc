using System.Text;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Tests.Pipeline.Reason.Models;

public sealed class ModelSettingsReaderTests
{
    private const string Local = """{ "provider": "openai", "model": "llama3.1:8b", "endpoint": "http://127.0.0.1:11434/v1" }""";

    private const string Bedrock = """
        { "provider": "bedrock", "model": "anthropic.claude-sonnet-4-20250514-v1:0", "price": { "input": 3, "output": 15 } }
        """;

    [Fact]
    public void Everything_that_is_said_is_read()
    {
        var settings = Read("""
            {
              // The model of the team.
              "provider": "bedrock", "model": "anthropic.claude-sonnet-4-20250514-v1:0", "region": "eu-central-1",
              "inferenceProfile": "eu.anthropic.claude-sonnet-4-20250514-v1:0", "endpoint": "https://vpce-1.bedrock-runtime.eu-central-1.vpce.amazonaws.com",
              "language": "ko", "price": { "input": 3, "output": 15.5 }, "maskReversibly": false, "names": ["Kim Minsu", "Contoso"],
              "limits": { "steps": 3, "outputTokens": 2000, "wallSeconds": 40.5,
                "perIncident": { "calls": 5, "tokens": 90000, "dollars": 0.25, "seconds": 120.5 },
                "perDay": { "calls": 50, "tokens": 900000, "dollars": 7, "seconds": 3600 },
                "questionsPerDay": { "calls": 10, "tokens": 200000, "dollars": 1.5, "seconds": 600 } },
            }
            """);
        (settings.Where, settings.Provider, settings.Model).ShouldBe(("model.json", ModelProvider.Bedrock, "anthropic.claude-sonnet-4-20250514-v1:0"));
        (settings.Region, settings.InferenceProfile).ShouldBe(("eu-central-1", "eu.anthropic.claude-sonnet-4-20250514-v1:0"));
        settings.Endpoint!.Host.ShouldBe("vpce-1.bedrock-runtime.eu-central-1.vpce.amazonaws.com");
        (settings.Language, settings.Price, settings.MaskReversibly).ShouldBe((ModelLanguage.Korean, new ModelPrice(3, 15.5m), false));
        settings.Names.ShouldBe(["Kim Minsu", "Contoso"]);
        settings.Limits.ShouldBe(new ModelLimits
        {
            Steps = 3,
            OutputTokens = 2_000,
            WallTime = TimeSpan.FromSeconds(40.5),
            PerIncident = new ModelSpend(5, 90_000, 250_000, TimeSpan.FromSeconds(120.5)),
            PerDay = new ModelSpend(50, 900_000, 7_000_000, TimeSpan.FromHours(1)),
            QuestionsPerDay = new ModelSpend(10, 200_000, 1_500_000, TimeSpan.FromMinutes(10)),
        });
    }

    [Fact]
    public void What_is_left_out_keeps_its_default()
    {
        var settings = Read(Local);
        (settings.Language, settings.MaskReversibly, settings.Price, settings.ApiKey).ShouldBe((ModelLanguage.English, true, new ModelPrice(0, 0), null));
        settings.Limits.ShouldBe(new ModelLimits());
        Read(With(Local, "\"limits\": { \"perDay\": { \"dollars\": 5 } }")).Limits.PerDay.ShouldBe(new ModelLimits().PerDay with { MicroDollars = 5_000_000 });
    }

    [Fact]
    public void Questions_have_a_quarter_of_the_day_where_nothing_is_said_of_them()
    {
        Read(Local).Limits.QuestionsPerDay.ShouldBe(new ModelSpend(500, 2_500_000, 5_000_000, TimeSpan.FromMinutes(90)));
        Limits("\"perDay\": { \"calls\": 101, \"dollars\": 8 }").QuestionsPerDay.ShouldBe(new ModelSpend(26, 2_500_000, 2_000_000, TimeSpan.FromMinutes(90)));
        Limits("\"perDay\": { \"dollars\": 8 }, \"questionsPerDay\": { \"seconds\": 60 }").QuestionsPerDay
            .ShouldBe(new ModelSpend(500, 2_500_000, 2_000_000, TimeSpan.FromMinutes(1)));

        static ModelLimits Limits(string limits) => Read(With(Local, $"\"limits\": {{ {limits} }}")).Limits;
    }

    [Fact]
    public void Limits_from_before_there_were_seconds_hold_with_the_usual_seconds()
    {
        var limits = Read(With(Local, """
            "limits": { "perIncident": { "calls": 5, "tokens": 90000, "dollars": 0.25 }, "perDay": { "calls": 50, "tokens": 900000, "dollars": 7 } }
            """)).Limits;
        (limits.PerIncident.Time, limits.PerDay.Time).ShouldBe((TimeSpan.FromSeconds(300), TimeSpan.FromHours(6)));
    }

    [Theory]
    [InlineData("""{ }""", "\"provider\" is missing")]
    [InlineData("""{ "provider": "openai", "endpoint": "http://localhost/v1" }""", "\"model\" is missing")]
    [InlineData("""{ "provider": "claude", "model": "m", "endpoint": "http://localhost/v1" }""", "\"provider\" must be one of openai, bedrock")]
    [InlineData("""{ "provider": 1, "model": "m", "endpoint": "http://localhost/v1" }""", "\"provider\" must be a text")]
    [InlineData("""{ "provider": "bedrock", "model": "m" }""", "\"price\" is missing")]
    [InlineData("""{ "provider": "openai", "model": "gpt-5" }""", "\"price\" is missing")]
    [InlineData("""{ "provider": "openai", "model": "gpt-5", "endpoint": "https://api.openai.com/v1" }""", "\"price\" is missing")]
    [InlineData("""{ "provider": "openai", "model": "ours", "endpoint": "https://ours.openai.azure.com/openai/v1" }""", "\"price\" is missing")]
    [InlineData("""{ "provider": "bedrock", "model": "m", "price": { "input": 3 } }""", "\"price.output\" is missing")]
    [InlineData("""{ "provider": "bedrock", "model": "m", "price": { "input": 0, "output": 15 } }""", "\"price.input\" must be above 0")]
    [InlineData("""{ "provider": "bedrock", "model": "m", "price": { "input": 3, "output": 100000.01 } }""", "\"price.output\" must be a number from 0 to 100000")]
    [InlineData("""{ "provider": "bedrock", "model": "m", "price": 3 }""", "\"price\" must be an object")]
    [InlineData("""{ "provider": "bedrock", "model": "m", "price": { "input": 3, "output": 15, "cached": 1 } }""", "\"price.cached\" is no setting")]
    [InlineData("""{ "provider": "bedrock", "model": "m", "price": { "input": 3, "output": 15 }, "apiKey": "env:KEY" }""", "\"apiKey\" has no meaning")]
    [InlineData("""{ "provider": "bedrock", "model": "m", "price": { "input": 3, "output": 15 }, "region": "Frankfurt" }""", "\"region\" must be a Region's name")]
    [InlineData("[]", "one JSON object")]
    [InlineData("{ \"provider\": ", "It is no JSON")]
    [InlineData("""{ "provider": "openai", "provider": "bedrock" }""", "It is no JSON")]
    public void What_is_missing_unknown_or_wrong_is_named(string json, string problem)
    {
        var wrong = Should.Throw<ModelSettingsException>(() => Read(json));
        wrong.Message.ShouldContain(problem);
        wrong.Message.ShouldStartWith("model.json: ");
    }

    [Theory]
    [InlineData("\"modle\": \"x\"", "\"modle\" is no setting")]
    [InlineData("\"region\": \"eu-central-1\"", "\"region\" has no meaning")]
    [InlineData("\"language\": \"de\"", "\"language\" must be one of en, ko")]
    [InlineData("\"maskReversibly\": \"no\"", "\"maskReversibly\" must be true or false")]
    [InlineData("\"names\": \"Kim\"", "\"names\" must be a list")]
    [InlineData("\"names\": [\"K\"]", "\"names\" must be a list of texts of 2 letters")]
    [InlineData("\"limits\": []", "\"limits\" must be an object")]
    [InlineData("\"limits\": { \"stepps\": 1 }", "\"limits.stepps\" is no setting")]
    [InlineData("\"limits\": { \"steps\": 1.5 }", "\"limits.steps\" must be a whole number")]
    [InlineData("\"limits\": { \"steps\": \"3\" }", "\"limits.steps\" must be a number from 1 to 20")]
    [InlineData("\"limits\": { \"perDay\": { \"euros\": 3 } }", "\"limits.perDay.euros\" is no setting")]
    [InlineData("\"limits\": { \"perDay\": { \"dollars\": 0.1 } }", "\"limits.perIncident\" must be within \"limits.perDay\"")]
    [InlineData("\"limits\": { \"perDay\": { \"seconds\": 299 } }", "\"limits.perIncident\" must be within \"limits.perDay\", calls, tokens, dollars and seconds each")]
    [InlineData("\"limits\": { \"perIncident\": { \"seconds\": 9.9 } }", "\"limits.perIncident.seconds\" must be a number from 10 to 1000000")]
    [InlineData("\"limits\": { \"questionsPerDay\": { \"seconds\": 9.9 } }", "\"limits.questionsPerDay.seconds\" must be a number from 10 to 1000000")]
    [InlineData("\"limits\": { \"questionsPerDay\": { \"dollars\": 20.01 } }", "\"limits.questionsPerDay\" must be within \"limits.perDay\"")]
    [InlineData("\"limits\": { \"questionsPerDay\": { \"hours\": 1 } }", "\"limits.questionsPerDay.hours\" is no setting")]
    [InlineData("\"apiKey\": \"sk-abcdef\"", "\"apiKey\" names no secret")]
    [InlineData("\"apiKey\": \"env:\"", "\"apiKey\" names no secret")]
    public void A_member_that_cant_hold_is_named(string member, string problem)
    {
        var wrong = Should.Throw<ModelSettingsException>(() => Read(With(Local, member)));
        wrong.Problems.ShouldHaveSingleItem().ShouldContain(problem);
        wrong.Message.ShouldNotContain("sk-abcdef");
    }

    [Theory]
    [InlineData("steps", 1, 20, "1")]
    [InlineData("outputTokens", 100, 100_000, "1")]
    [InlineData("wallSeconds", 1, 100, "0.001")]
    public void A_limit_is_taken_at_its_ends_and_refused_past_them(string name, int least, int most, string by)
    {
        var step = decimal.Parse(by, System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (value, taken) in ((decimal, bool)[])[(least, true), (most, true), (least - step, false), (most + step, false)])
        {
            var json = With(Local, $"\"limits\": {{ \"{name}\": {value} }}");
            if (taken)
            {
                Read(json);
            }
            else
            {
                Should.Throw<ModelSettingsException>(() => Read(json)).Message.ShouldContain($"\"limits.{name}\" must be a number from {least} to {most}");
            }
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:11434/v1", true)]
    [InlineData("http://localhost:8000/v1", true)]
    [InlineData("http://[::1]:8000/v1", true)]
    [InlineData("https://models.example.com/v1", true)]
    [InlineData("http://models.example.com/v1", false)]
    [InlineData("http://127.0.0.1.example.com/v1", false)]
    [InlineData("ftp://models.example.com", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/v1", false)]
    [InlineData("https://me:secret@models.example.com/v1", false)]
    [InlineData("https://models.example.com/v1?key=secret", false)]
    public void An_endpoint_is_encrypted_or_on_this_machine(string endpoint, bool taken)
    {
        var json = $$"""{ "provider": "openai", "model": "m", "endpoint": "{{endpoint}}" }""";
        if (taken)
        {
            Read(json).Endpoint!.OriginalString.ShouldBe(endpoint);
        }
        else
        {
            var wrong = Should.Throw<ModelSettingsException>(() => Read(json));
            wrong.Problems.ShouldHaveSingleItem().ShouldStartWith("\"endpoint\" must be");
            wrong.Message.ShouldNotContain("secret");
        }
    }

    [Fact]
    public void Plain_http_over_a_network_is_taken_when_somebody_says_so()
        => Read("""{ "provider": "openai", "model": "m", "endpoint": "http://gpu.internal:8000/v1", "allowPlainHttp": true }""").Endpoint!.Host.ShouldBe("gpu.internal");

    [Theory]
    [InlineData("us.anthropic.claude-sonnet-4-20250514-v1:0")]
    [InlineData("eu.amazon.nova-pro-v1:0")]
    [InlineData("apac.amazon.nova-pro-v1:0")]
    [InlineData("global.anthropic.claude-sonnet-4-20250514-v1:0")]
    [InlineData("us-gov.anthropic.claude-sonnet-4-20250514-v1:0")]
    [InlineData("arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.amazon.nova-pro-v1:0")]
    [InlineData("arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc")]
    public void A_profile_in_the_models_place_is_refused_with_the_remedy(string model)
        => Should.Throw<ModelSettingsException>(() => Read(Bedrock.Replace("anthropic.claude-sonnet-4-20250514-v1:0", model, StringComparison.Ordinal)))
            .Problems.ShouldHaveSingleItem().ShouldContain("\"inferenceProfile\"");

    [Theory]
    [InlineData("amazon.nova-pro-v1:0")]
    [InlineData("ai21.jamba-1-5-large-v1:0")]
    [InlineData("arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-pro-v1:0")]
    [InlineData("arn:aws:bedrock:eu-central-1:123456789012:provisioned-model/abc")]
    public void A_regions_own_model_is_taken(string model)
        => Read(Bedrock.Replace("anthropic.claude-sonnet-4-20250514-v1:0", model, StringComparison.Ordinal)).InferenceProfile.ShouldBeNull();

    [Theory]
    [InlineData("eu.anthropic.claude-sonnet-4-20250514-v1:0", null)]
    [InlineData("arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.x", null)]
    [InlineData("anthropic.claude-sonnet-4-20250514-v1:0", "names none")]
    [InlineData("eu.amazon.nova-pro-v1:0", "is of another model")]
    public void A_profile_is_one_and_of_the_same_model(string profile, string? problem)
    {
        var json = With(Bedrock, $"\"inferenceProfile\": \"{profile}\"");
        if (problem is null)
        {
            Read(json).InferenceProfile.ShouldBe(profile);
        }
        else
        {
            Should.Throw<ModelSettingsException>(() => Read(json)).Problems.ShouldHaveSingleItem().ShouldContain(problem);
        }
    }

    [Fact]
    public void All_problems_are_named_at_once()
        => Should.Throw<ModelSettingsException>(() => Read("""{ "provider": "bedrock", "extra": 1, "language": "xx" }""")).Problems.Count.ShouldBe(4);

    private static ModelSettings Read(string json) => ModelSettingsReader.Read(Encoding.UTF8.GetBytes(json), "model.json");

    private static string With(string json, string member) => $"{json.TrimEnd()[..^1]}, {member} }}";
}
