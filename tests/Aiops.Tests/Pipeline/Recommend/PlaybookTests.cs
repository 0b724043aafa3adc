using Aiops.Analysis.Telemetry;
using Aiops.Pipeline;
using Aiops.Pipeline.Recommend;

namespace Aiops.Tests.Pipeline.Recommend;

public class PlaybookTests
{
    private static PlaybookLibrary Shipped => PlaybookLibrary.Load(null).ShouldBeOfType<PlaybookLoad.Loaded>().Library;

    [Fact]
    public void Every_playbook_that_ships_can_be_read()
        => Shipped.Playbooks.Count.ShouldBe(Directory.GetFiles(Path.Combine(TestPaths.Root, "playbooks"), "*.yaml").Length);

    [Theory]
    [InlineData("AWS::DynamoDB::Table", CauseKind.Throttling, "ThrottledRequests", "dynamodb-throttled-table")]
    [InlineData("AWS::RDS::DBInstance", CauseKind.Saturation, "DatabaseConnections", "rds-connections-exhausted")]
    [InlineData("AWS::RDS::DBInstance", CauseKind.Saturation, "FreeStorageSpace", "rds-storage-full")]
    [InlineData("AWS::ECS::Service", CauseKind.Unavailable, "RunningTaskCount", "ecs-desired-count-zero")]
    [InlineData("AWS::Lambda::Function", CauseKind.Throttling, "Throttles", "lambda-throttles")]
    [InlineData("AWS::SQS::Queue", CauseKind.Saturation, "ApproximateAgeOfOldestMessage", "sqs-backlog")]
    public void The_playbook_of_the_resource_and_its_signal_comes_first(string type, CauseKind cause, string metric, string expected)
        => Best(new PlaybookSubject { Hypothesis = 1, Component = "c", Type = type, Cause = cause, Metrics = [metric] }).ShouldBe(expected);

    [Theory]
    [InlineData("AWS::ECS::Service", "bad-deployment")]
    [InlineData("AWS::Lambda::Function", "lambda-bad-deployment")]
    public void A_deployment_is_rolled_back_as_its_resource_does_it(string type, string expected)
        => Best(new PlaybookSubject { Hypothesis = 1, Component = "c", Type = type, Cause = CauseKind.Deployment, Changes = [ChangeKind.Deployment] })
            .ShouldBe(expected);

    [Theory]
    [InlineData("x509: certificate has expired or is not yet valid", "certificate-expired")]
    [InlineData("write: No space left on device", "disk-full")]
    [InlineData("java.lang.OutOfMemoryError: Java heap space", "memory-leak")]
    [InlineData("VcpuLimitExceeded: quota exceeded", "quota-reached")]
    public void What_the_logs_say_decides_where_the_type_is_unknown(string pattern, string expected)
        => Best(new PlaybookSubject { Hypothesis = 1, Component = "c", Cause = CauseKind.Errors, Logs = [pattern] }).ShouldBe(expected);

    [Fact]
    public void An_alarm_without_a_cause_gets_a_playbook_only_where_the_alarm_is_reason_enough()
    {
        Best(new PlaybookSubject { Hypothesis = 0, Component = "", Incident = IncidentKind.Cost, Alarms = ["aws.ce"] }).ShouldBe("cost-spike");
        PlaybookMatcher.Match(Shipped, new PlaybookSubject { Hypothesis = 0, Component = "orders", Alarms = ["ThrottledRequests"] }).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_known_recommends_nothing()
        => PlaybookMatcher.Match(Shipped, new PlaybookSubject { Hypothesis = 1, Component = "c" }).ShouldBeEmpty();

    [Theory]
    [InlineData("orders; rm -rf /")]
    [InlineData("$(curl evil)")]
    [InlineData("`id`")]
    [InlineData("a\nb")]
    [InlineData("--profile")]
    [InlineData("file:///etc/passwd")]
    [InlineData("a'b")]
    [InlineData("")]
    public void A_hostile_name_never_gets_into_a_command(string name)
    {
        var values = new Placeholders(new Dictionary<string, string> { ["component"] = name });
        values.FillCommand("aws x --name {component}", out var unfilled).ShouldBe("aws x --name FILL_IN_COMPONENT");
        unfilled.ShouldBe(["component"]);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:orders.fifo")]
    public void A_plain_name_gets_into_a_command_as_it_is(string name)
        => new Placeholders(new Dictionary<string, string> { ["component"] = name }).FillCommand("x {component}", out _).ShouldBe($"x {name}");

    [Theory]
    [InlineData("risk: low", "risk: tiny", 6, "“tiny” isn't one of risk.")]
    [InlineData("risk: low", "risk: low\ncolour: red", 7, "The member colour isn't known here.")]
    [InlineData("check: It is well.", "", 1, "check is missing.")]
    [InlineData("text: Do it.", "text: Do {it}.", 5, "The placeholder {it} isn't known.")]
    [InlineData("id: mine", "id: yours", 1, "The id “yours” isn't the file's name.")]
    public void A_mistake_is_refused_with_its_line_and_a_remedy(string right, string wrong, int line, string message)
    {
        const string Right = "id: mine\ntitle: Mine\nmatches: { causes: [errors] }\nsteps:\n  - text: Do it.\nrisk: low\nreason: Known.\nrollback: None.\ncheck: It is well.\n";
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("mine.yaml"), Right);
        PlaybookLibrary.Load(folder.Path).ShouldBeOfType<PlaybookLoad.Loaded>().Library.Playbooks.ShouldContain(playbook => playbook.Id == "mine");

        File.WriteAllText(folder.File("mine.yaml"), Right.Replace(right, wrong, StringComparison.Ordinal));
        var problem = PlaybookLibrary.Load(folder.Path).ShouldBeOfType<PlaybookLoad.Refused>().Problems.ShouldHaveSingleItem();
        (problem.Line, problem.Message).ShouldBe((line, message));
        problem.Remedy.ShouldNotBeEmpty();
    }

    private static string Best(PlaybookSubject subject) => PlaybookMatcher.Match(Shipped, subject)[0].Playbook.Id;
}
