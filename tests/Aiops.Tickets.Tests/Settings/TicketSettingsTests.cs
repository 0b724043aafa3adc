using System.Text;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.PortTests.Tickets;
using Aiops.Tickets.Http;
using Aiops.Tickets.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tickets.Tests.Settings;

public sealed class TicketSettingsTests
{
    private const string Whole = """
        {
          // Where people work.
          "system": "jira", "url": "https://example.atlassian.net", "project": "OPS", "account": "bot@example.com", "token": "env:TOKEN", "type": "Incident",
          "priorities": { "sev1": "Blocker" }, "states": { "resolved": "Done" }, "reviewers": ["5b10a2844c20165700ede21g"],
        }
        """;

    [Fact]
    public void Everything_that_is_said_is_read()
    {
        var settings = Read(Whole);
        (settings.System, settings["url"], settings.Find("type"), settings.Find("field")).ShouldBe(("jira", "https://example.atlassian.net", "Incident", null));
        settings.Priorities[Severity.Sev1].ShouldBe("Blocker");
        settings.States[TicketState.Resolved].ShouldBe("Done");
        settings.Reviewers.ShouldBe(["5b10a2844c20165700ede21g"]);
    }

    [Theory]
    [InlineData("""{ "system": "redmine", "url": "https://r", "token": "env:T" }""", "\"project\" is missing: redmine needs it")]
    [InlineData("""{ "system": "redmine", "url": "https://r", "project": "p", "token": "env:T", "projcet": "q" }""", "\"projcet\" is no setting of redmine")]
    [InlineData("""{ "system": "redmine", "url": "https://r", "project": 7, "token": "env:T" }""", "\"project\" must be a text")]
    [InlineData("""{ "system": "redmine", "url": "https://r", "project": "p", "token": "env:T", "account": "x" }""", "\"account\" is no setting of redmine")]
    [InlineData("""{ "system": "mantis" }""", "\"system\" is \"mantis\": it must be one of")]
    [InlineData("""{ "url": "https://r" }""", "\"url\" has no meaning without \"system\"")]
    [InlineData("""{ }""", "\"system\" is missing")]
    [InlineData("""{ "system": "redmine", "url": "http://redmine.example.com", "project": "p", "token": "env:T" }""", "\"url\" must be an https address")]
    [InlineData("""{ "system": "redmine", "url": "https://me:secret@r", "project": "p", "token": "env:T" }""", "\"url\" must be an https address without a user")]
    [InlineData("""{ "system": "redmine", "url": "https://r", "project": "p", "token": "env:T", "priorities": { "sev5": "x" } }""", "\"priorities.sev5\" is unknown")]
    [InlineData("""{ "system": "redmine", "url": "https://r", "project": "p", "token": "env:T", "priorities": { "1": "x" } }""", "\"priorities.1\" is unknown")]
    [InlineData("""{ "system": "redmine", "url": "https://r", "project": "p", "token": "env:T", "reviewers": "kim" }""", "\"reviewers\" must be a list")]
    [InlineData("""{ "notices": [ { "system": "pigeon" } ] }""", "\"notices[0].system\" must be one of")]
    [InlineData("""{ "system": "redmine", "system": "jira" }""", "It is no JSON")]
    [InlineData("[]", "one JSON object")]
    public void What_is_missing_unknown_or_wrong_is_named(string json, string problem)
    {
        var wrong = Should.Throw<TicketSettingsException>(() => Read(json));
        wrong.Message.ShouldContain(problem);
        wrong.Message.ShouldStartWith("tickets.json: ");
    }

    [Fact]
    public void All_problems_are_named_at_once()
        => Should.Throw<TicketSettingsException>(() => Read("""{ "system": "jira", "extra": "x" }""")).Problems.Count.ShouldBe(5);

    [Fact]
    public void A_token_in_the_place_of_its_name_is_refused_and_not_repeated()
    {
        var settings = Read("""{ "system": "redmine", "url": "http://127.0.0.1:3000", "project": "p", "token": "planted-token-0123456789" }""");
        var wrong = Should.Throw<TicketSettingsException>(() => Create(settings, _ => null));
        wrong.ToString().ShouldNotContain("planted-token");
        wrong.Message.ShouldContain("env:NAME");
    }

    [Fact]
    public void A_system_of_settings_is_the_one_that_they_name()
    {
        var foreign = Create(Read(Whole), _ => "x");
        foreign.Tickets.ShouldNotBeNull().Name.ShouldBe("Jira");
        foreign.Replies.ShouldBeSameAs(foreign.Tickets);
        foreign.Reviewers.ShouldHaveSingleItem();
        foreign.Sweep.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("github", "\"project\": \"no-owner\"", "owner/name")]
    [InlineData("github", "\"project\": \"owner/../../other\"", "owner/name")]
    [InlineData("jira", "\"url\": \"https://r\", \"account\": \"a\", \"project\": \"OPS\\\" OR 1=1\"", "project's key")]
    [InlineData("redmine", "\"url\": \"https://r\", \"project\": \"p\", \"field\": \"Incident\"", "number of a custom field")]
    [InlineData("redmine", "\"url\": \"https://r\", \"project\": \"p\", \"format\": \"html\"", "must be textile")]
    public void What_a_system_can_t_use_is_said_before_it_is_used(string system, string members, string problem)
        => Should.Throw<TicketSettingsException>(() => Create(Read($$"""{ "system": "{{system}}", "token": "env:T", {{members}} }"""), _ => "x")).Message.ShouldContain(problem);

    private static TicketSettings Read(string json) => TicketSettingsReader.Read(Encoding.UTF8.GetBytes(json), "tickets.json");

    private static ForeignTickets Create(TicketSettings settings, Func<string, string?> environment) => TicketSystems.Create(
        settings, new SystemParts("tickets.json", new SecretSources(environment, null, "/"), TimeProvider.System), new InMemoryTicketLedger(TimeProvider.System),
        NullLoggerFactory.Instance);
}
