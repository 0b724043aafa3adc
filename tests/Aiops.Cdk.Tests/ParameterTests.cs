using System.Text.Json.Nodes;
using Aiops.Cdk.Functions;
using Aiops.Cdk.Parameters;

namespace Aiops.Cdk.Tests;

public sealed class ParameterTests
{
    [Theory]
    [InlineData("settleSeconds", "0", "900", "-1", "901")]
    [InlineData("maxRounds", "1", "10", "0", "11")]
    [InlineData("urgentConcurrency", "2", "1000", "1", "1001")]
    [InlineData("routineConcurrency", "2", "1000", "1", "1001")]
    [InlineData("documentDays", "30", "3653", "29", "3654")]
    [InlineData("budgetAmount", "1", "100000", "0", "100001")]
    [InlineData("requestsPerSecond", "1", "5000", "0", "5001")]
    [InlineData("logRetentionDays", "7", "3653", "1", "31")]
    [InlineData("prefix", "ab", "a1234567890z", "a", "a1234567890zz")]
    [InlineData("prefix", "my-ops", "x9", "Ops", "9x")]
    [InlineData("ownAlarmPrefix", "a", "a.b_c-", "a b", "a*")]
    [InlineData("logGroups", "/a", "/a*", "*", "/a*b")]
    [InlineData("urgentTopics", "arn:aws:sns:eu-west-1:111122223333:pages", "arn:aws:sns:eu-west-1:111122223333:a-b_c", "pages",
        "arn:aws:sqs:eu-west-1:111122223333:pages")]
    [InlineData("permissionBoundary", "Boundary", "arn:aws:iam::111122223333:policy/Boundary", "arn:aws:iam::1:policy/Boundary",
        "two words")]
    [InlineData("alarmEmail", "a@b.co", "first.last@sub.example.com", "a@b", "a b@c.de")]
    [InlineData("embeddingModel", "amazon.titan-embed-text-v2:0", "cohere.embed-english-v3", "a/b", "x")]
    [InlineData("guardDuty", "true", "False", "yes", "1")]
    [InlineData("costMonitor", "true", "False", "yes", "1")]
    [InlineData("applicationSignalsChanges", "true", "False", "yes", "1")]
    [InlineData("configChanges", "true", "False", "yes", "1")]
    [InlineData("account", "111122223333", "000000000001", "11112222333", "1111222233334")]
    [InlineData("region", "eu-west-1", "us-gov-east-1", "eu-west", "Ireland")]
    [InlineData("name", "a", "a12345678901", "a123456789012", "A")]
    public void A_parameter_is_taken_at_its_limits_and_refused_past_them(
        string key, string least, string most, string below, string above)
    {
        Read(key, least).ShouldHaveSingleItem();
        Read(key, most).ShouldHaveSingleItem();
        foreach (var wrong in new[] { below, above })
        {
            var error = Should.Throw<ParameterException>(() => Read(key, wrong));
            error.Message.ShouldContain($"aiops:{key}");
            error.Message.ShouldContain(wrong);
        }
    }

    [Fact]
    public void An_environments_own_value_goes_before_the_apps()
    {
        var read = ParameterReader.Environments(Parse(
            """{"maxRounds": 2, "settleSeconds": "30", "environments": [{"name": "dev", "maxRounds": 4}, {"name": "prod"}]}"""));

        read.Select(one => (one.Environment, one.MaxRounds, one.Settle.TotalSeconds)).ShouldBe([("dev", 4, 30), ("prod", 2, 30)]);
    }

    [Fact]
    public void A_list_may_be_one_text_with_commas_as_the_command_line_gives_it()
        => Read("logGroups", "/a, /b*").Single().LogGroups.ShouldBe(["/a", "/b*"]);

    [Fact]
    public void Fifty_log_groups_are_taken_and_fifty_one_refused()
    {
        Read("logGroups", string.Join(',', Enumerable.Range(0, 50).Select(i => $"/g{i}"))).Single().LogGroups.Count.ShouldBe(50);
        Should.Throw<ParameterException>(() => Read("logGroups", string.Join(',', Enumerable.Range(0, 51).Select(i => $"/g{i}"))))
            .Message.ShouldContain("at most 50");
    }

    [Fact]
    public void What_the_functions_environment_has_no_room_for_is_refused()
    {
        // Together: 1,000 bytes, and 2 bytes a letter of a name that is not ASCII.
        var groups = new JsonArray(new string('g', 499), new string('h', 500));
        Read(new string('ö', 200), new string('ü', 200), new string('s', 98)).ShouldHaveSingleItem();
        Should.Throw<ParameterException>(() => Read(new string('ö', 200), new string('ü', 200), new string('s', 99)))
            .Message.ShouldContain("1901 bytes");

        IReadOnlyList<AiopsParameters> Read(params string[] services) => ParameterReader.Environments(new JsonObject
        {
            ["environments"] = new JsonArray(new JsonObject
            {
                ["name"] = "dev",
                ["logGroups"] = groups.DeepClone(),
                ["watchedServices"] = new JsonArray([.. services.Select(service => JsonValue.Create(service))]),
            }),
        });
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void The_names_of_the_settings_of_tickets_and_model_have_room_in_the_functions_environment(int length, bool taken)
    {
        var name = $"/{new string('t', length - 1)}";
        Check("""{"settings": "NAME"}""", "tickets", read => read.Tickets!.Settings);
        Check("""{"settings": "NAME", "models": ["amazon.nova-pro-v1:0"]}""", "model", read => read.Model!.Settings);

        void Check(string section, string key, Func<AiopsParameters, string> settings)
        {
            var context = Parse($$$"""{"environments": [{"name": "dev", "{{{key}}}": {{{section.Replace("NAME", name)}}}}]}""");
            if (taken)
            {
                settings(ParameterReader.Environments(context).Single()).ShouldBe(name);
            }
            else
            {
                Should.Throw<ParameterException>(() => ParameterReader.Environments(context)).Message.ShouldContain("at most 63");
            }
        }
    }

    [Fact]
    public void A_profile_of_a_geography_says_where_it_answers_and_a_global_one_needs_not()
    {
        var global = Read("""{"settings": "/m", "inferenceProfiles": ["global.amazon.nova-pro-v1:0"]}""").Profiles.ShouldHaveSingleItem();
        (global.IsGlobal, global.Model).ShouldBe((true, "amazon.nova-pro-v1:0"));
        var eu = Read("""{"settings": "/m", "inferenceProfiles": ["eu.amazon.nova-pro-v1:0"], "regions": ["eu-west-1"]}""");
        (eu.Profiles.Single().IsGlobal, eu.Regions.Single()).ShouldBe((false, "eu-west-1"));

        static ModelParameters Read(string model)
            => ParameterReader.Environments(Parse($$$"""{"environments": [{"name": "dev", "model": {{{model}}}}]}""")).Single().Model!;
    }

    [Theory]
    [InlineData("", 20, 80)]
    [InlineData(""", "dollarsPerDay": 1, "alarmPercent": 1""", 1, 1)]
    [InlineData(""", "dollarsPerDay": 1000000, "alarmPercent": 100""", 1_000_000, 100)]
    public void A_models_alarm_has_a_days_money_and_a_part_of_it(string more, int dollars, int percent)
    {
        var model = ParameterReader.Environments(Parse(
            $$$"""{"environments": [{"name": "dev", "model": {"settings": "/m", "models": ["amazon.nova-pro-v1:0"]{{{more}}}}}]}""")).Single().Model!;
        (model.DollarsPerDay, model.AlarmPercent).ShouldBe((dollars, percent));
    }

    [Theory]
    [InlineData("""{"models": ["amazon.nova-pro-v1:0"]}""", "aiops:settings is missing")]
    [InlineData("""{"settings": "/m"}""", "aiops:models is missing")]
    [InlineData("""{"settings": "m", "models": ["amazon.nova-pro-v1:0"]}""", "beginning with /")]
    [InlineData("""{"settings": "/m", "models": ["eu.amazon.nova-pro-v1:0"]}""", "named in inferenceProfiles")]
    [InlineData("""{"settings": "/m", "models": ["amazon.*"]}""", "the id of a Bedrock model")]
    [InlineData("""{"settings": "/m", "models": ["*"]}""", "the id of a Bedrock model")]
    [InlineData("""{"settings": "/m", "inferenceProfiles": ["amazon.nova-pro-v1:0"]}""", "the id of an inference profile")]
    [InlineData("""{"settings": "/m", "inferenceProfiles": ["eu.amazon.nova-pro-v1:0"]}""", "aiops:regions is missing")]
    [InlineData("""{"settings": "/m", "inferenceProfiles": ["global.amazon.nova-pro-v1:0"], "regions": ["eu-west-1"]}""",
        "absent where no inference profile of a geography is named")]
    [InlineData("""{"settings": "/m", "models": ["amazon.nova-pro-v1:0"], "regions": ["eu-west-1"]}""", "aiops:regions")]
    [InlineData("""{"settings": "/m", "models": ["amazon.nova-pro-v1:0"], "dollarsPerDay": 0}""", "aiops:dollarsPerDay")]
    [InlineData("""{"settings": "/m", "models": ["amazon.nova-pro-v1:0"], "dollarsPerDay": 1000001}""", "aiops:dollarsPerDay")]
    [InlineData("""{"settings": "/m", "models": ["amazon.nova-pro-v1:0"], "alarmPercent": 0}""", "aiops:alarmPercent")]
    [InlineData("""{"settings": "/m", "models": ["amazon.nova-pro-v1:0"], "alarmPercent": 101}""", "aiops:alarmPercent")]
    [InlineData("""{"settings": "/m", "models": ["amazon.nova-pro-v1:0"], "provider": "bedrock"}""", "aiops:provider is not a parameter")]
    public void A_model_that_cannot_be_granted_or_watched_exactly_is_refused(string model, string says)
        => Should.Throw<ParameterException>(
            () => ParameterReader.Environments(Parse($$$"""{"environments": [{"name": "dev", "model": {{{model}}}}]}""")))
            .Message.ShouldContain(says);

    [Fact]
    public void Topics_that_a_queues_policy_has_no_room_for_are_refused()
    {
        Read(67).ShouldHaveSingleItem(); // 49 of 67 bytes with quotes and comma, 50 of 63, and one of 67.
        Should.Throw<ParameterException>(() => Read(68)).Message.ShouldContain("6501 bytes");

        static IReadOnlyList<AiopsParameters> Read(int last) => ParameterReader.Environments(new JsonObject
        {
            ["environments"] = new JsonArray(new JsonObject
            {
                ["name"] = "dev",
                ["urgentTopics"] = new JsonArray(
                    [.. Enumerable.Range(0, 49).Select(i => Topic($"u{i:00}", 67)), Topic("l", last)]),
                ["routineTopics"] = new JsonArray([.. Enumerable.Range(0, 50).Select(i => Topic($"r{i:00}", 63))]),
            }),
        });

        static JsonNode Topic(string name, int bytes)
            => JsonValue.Create("arn:aws:sns:eu-west-1:111122223333:" + name.PadRight(bytes - 3 - 35, 'x'));
    }

    [Theory]
    [InlineData("""{}""", "aiops:environments")]
    [InlineData("""{"environments": []}""", "aiops:environments")]
    [InlineData("""{"environments": ["dev"]}""", "environments[0]")]
    [InlineData("""{"environments": [{"account": "111122223333"}]}""", "aiops:name is missing")]
    [InlineData("""{"environments": [{"name": "dev"}, {"name": "dev"}]}""", "aiops-dev twice")]
    [InlineData("""{"environments": [{"name": "dev", "maxRound": 2}]}""", "aiops:maxRound is not a parameter")]
    [InlineData("""{"setleSeconds": 2, "environments": [{"name": "dev"}]}""", "aiops:setleSeconds is not a parameter")]
    [InlineData("""{"environments": [{"name": "dev", "jwtIssuer": "https://id.example.com"}]}""", "aiops:jwtAudience is missing")]
    [InlineData("""{"environments": [{"name": "dev", "jwtAudience": "aiops"}]}""", "aiops:jwtIssuer is missing")]
    [InlineData("""{"environments": [{"name": "dev", "jwtIssuer": "http://id.example.com", "jwtAudience": "aiops"}]}""",
        "aiops:jwtIssuer")]
    [InlineData("""
        {"environments": [{"name": "dev", "alarmEmail": "a@b.co",
        "alarmTopicArn": "arn:aws:sns:eu-west-1:111122223333:t"}]}
        """, "aiops:alarmEmail")]
    [InlineData("""
        {"environments": [{"name": "dev", "urgentTopics": ["arn:aws:sns:eu-west-1:111122223333:t"],
        "routineTopics": ["arn:aws:sns:eu-west-1:111122223333:t"]}]}
        """, "in one lane")]
    [InlineData("""{"environments": [{"name": "dev", "logGroups": ["/a", "/a"]}]}""", "each only once")]
    [InlineData("""{"environments": [{"name": "dev", "logGroups": {"a": 1}}]}""", "a list of texts")]
    [InlineData("""{"environments": [{"name": "dev", "actions": {"policyArns": ["arn:aws:iam::111122223333:policy/P"]}}]}""",
        "aiops:documents is missing")]
    [InlineData("""{"environments": [{"name": "dev", "actions": {"documents": ["D-1"]}}]}""", "aiops:policyArns is missing")]
    [InlineData("""
        {"environments": [{"name": "dev", "actions": {"documents": ["AWS-*"],
        "policyArns": ["arn:aws:iam::111122223333:policy/P"]}}]}
        """, "no wildcards")]
    [InlineData("""
        {"environments": [{"name": "dev", "actions": {"documents": ["D-1"],
        "policyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"]}}]}
        """, "AWS's own grant too much")]
    [InlineData("""{"environments": [{"name": "dev", "actions": "yes"}]}""", "must be an object")]
    [InlineData("""{"environments": [{"name": "dev", "tickets": {"opsCenter": true}}]}""", "aiops:settings is missing")]
    [InlineData("""{"environments": [{"name": "dev", "tickets": {"settings": "tickets"}}]}""", "beginning with /")]
    [InlineData("""{"environments": [{"name": "dev", "tickets": {"settings": "/"}}]}""", "beginning with /")]
    [InlineData("""{"environments": [{"name": "dev", "tickets": {"settings": "/t", "secrets": ["jira"]}}]}""", "the whole ARN")]
    [InlineData("""{"environments": [{"name": "dev", "tickets": {"settings": "/t", "keys": ["*"]}}]}""", "a KMS key's ARN")]
    [InlineData("""{"environments": [{"name": "dev", "tickets": {"settings": "/t", "token": "x"}}]}""",
        "aiops:token is not a parameter")]
    public void What_can_not_be_deployed_is_refused_by_name(string context, string says)
        => Should.Throw<ParameterException>(() => ParameterReader.Environments(Parse(context))).Message.ShouldContain(says);

    [Theory]
    [InlineData("id", "\"o-a1b2c3d4\"")]
    [InlineData("units", "[\"checkout\"]")]
    [InlineData("units", "[]")]
    [InlineData("regions", "[]")]
    [InlineData("bundleKey", "\"a b\"")]
    [InlineData("maxConcurrentPercentage", "0")]
    [InlineData("maxConcurrentPercentage", "101")]
    [InlineData("failureTolerancePercentage", "-1")]
    [InlineData("failureTolerancePercentage", "101")]
    [InlineData("hubAccount", "\"hub\"")]
    [InlineData("everyone", "true")]
    public void An_organisation_is_refused_by_what_is_wrong_with_it(string key, string value)
    {
        var context = Parse("""
            {"organisation": {"id": "o-a1b2c3d4e5", "units": ["ou-ab12-1a2b3c4d"], "regions": ["eu-west-1"], "bundleKey": "b.zip",
              "maxConcurrentPercentage": 100, "failureTolerancePercentage": 0}}
            """);
        ParameterReader.Organisation(context)!.MaxConcurrentPercentage.ShouldBe(100);
        context["organisation"]![key] = JsonNode.Parse(value);

        Should.Throw<ParameterException>(() => ParameterReader.Organisation(context))
            .Message.ShouldContain($"aiops:organisation.aiops:{key}");
    }

    [Fact]
    public void No_organisation_is_no_mistake() => ParameterReader.Organisation([]).ShouldBeNull();

    [Fact]
    public void A_missing_bundle_is_answered_with_the_command_that_makes_it()
        => Should.Throw<ParameterException>(() => FunctionBundle.OfFolder("no/such/folder"))
            .Message.ShouldContain("deploy/bundle.sh");

    private static IReadOnlyList<AiopsParameters> Read(string key, string value)
        => ParameterReader.Environments(
            new JsonObject { ["environments"] = new JsonArray(new JsonObject { ["name"] = "dev", [key] = value }) });

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
