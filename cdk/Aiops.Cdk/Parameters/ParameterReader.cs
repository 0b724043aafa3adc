using System.Text;
using System.Text.Json.Nodes;

namespace Aiops.Cdk.Parameters;

/// <summary>Turns the app's context (keys without their <c>aiops:</c>) into parameters, an environment each.</summary>
/// <exception cref="ParameterException">Something can't be deployed; says what and why.</exception>
public static class ParameterReader
{
    private static readonly string[] OfAnEnvironment =
    [
        "prefix", "ownAlarmPrefix", "settleSeconds", "maxRounds", "logGroups", "watchedServices", "urgentTopics", "routineTopics",
        "urgentConcurrency", "routineConcurrency", "reserveConcurrency", "guardDuty", "applicationSignalsChanges",
        "configChanges", "knowledgeBase", "embeddingModel", "permissionBoundary", "retainData", "logRetentionDays",
        "documentDays", "budgetAmount", "costMonitor", "alarmTopicArn", "alarmEmail",
        "jwtIssuer", "jwtAudience", "requestsPerSecond", "bundle", "actions", "tickets", "model",
    ];

    /// <summary>Bytes of aiops:logGroups and aiops:watchedServices together. Functions read both from their environment, which is
    /// 4 KB in all; what else is in it takes less than half.</summary>
    internal const int MostListed = 1900;

    /// <summary>Bytes of the topics' ARNs as one queue's policy has them: it holds 8,192, and takes some 1,000 for the rest.
    /// </summary>
    internal const int MostOfTopics = 6500;

    public static IReadOnlyList<AiopsParameters> Environments(JsonObject context)
    {
        new ContextReader("", context, []).RefuseAllBut([.. OfAnEnvironment, "environments", "organisation"]);
        if (context["environments"] is not JsonArray { Count: > 0 } list)
        {
            throw new ParameterException(
                "aiops:environments is missing: a list of objects, each with a name. See docs/deploy.md, \"Parameters\".");
        }

        AiopsParameters[] all = [.. list.Select((item, index) => Environment(item, index, context))];
        var twice = all.GroupBy(one => (one.StackName, one.Account, one.Region)).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? all
            : throw new ParameterException(
                $"aiops:environments has {twice.Key.StackName} twice for "
                + $"account {twice.Key.Account ?? "(any)"}, Region {twice.Key.Region ?? "(any)"}.");
    }

    /// <summary>Null unless <c>aiops:organisation</c> is there: an organisation is a choice.</summary>
    public static OrganisationParameters? Organisation(JsonObject context)
    {
        if (new ContextReader("", context, []).Section("organisation") is not { } read)
        {
            return null;
        }

        read.RefuseAllBut(["id", "units", "regions", "bundleBucketPrefix", "bundleKey", "maxConcurrentPercentage",
            "failureTolerancePercentage", "hubAccount"]);
        return new OrganisationParameters(
            read.Text("id", Allowed.Organisation, "an organisation's id, as o-a1b2c3d4e5")
                ?? throw read.Missing("id", "the organisation's id"),
            AtLeastOne(read, "units",
                read.Texts("units", 100, Allowed.Unit, "organizational units' ids, as ou-ab12-1a2b3c4d, or the root's")),
            AtLeastOne(read, "regions", read.Texts("regions", 30, Allowed.Region, "Regions, as eu-west-1")),
            read.Text("bundleBucketPrefix", Allowed.Bucket, "3 to 41 small letters, digits and hyphens") ?? "aiops-bundles",
            read.Text("bundleKey", Allowed.Key, "an object's key")
                ?? throw read.Missing("bundleKey", "the object that holds the function bundle"),
            read.Number("maxConcurrentPercentage", 10, 1, 100),
            read.Number("failureTolerancePercentage", 2, 0, 100),
            read.Text("hubAccount", Allowed.Account, "an account's twelve digits"));
    }

    private static AiopsParameters Environment(JsonNode? item, int index, JsonObject context)
    {
        var own = item as JsonObject
            ?? throw new ParameterException($"aiops:environments[{index}] must be an object with a name.");
        var shared = new JsonObject(context.Where(pair => OfAnEnvironment.Contains(pair.Key)).Select(
            pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
        var read = new ContextReader($"Environment {own["name"] ?? index}: ", own, shared);
        read.RefuseAllBut([.. OfAnEnvironment, "name", "account", "region"]);

        var name = read.Text("name", Allowed.EnvironmentName, "1 to 12 small letters and digits, beginning with a letter")
            ?? throw read.Missing("name", "as dev or prod");
        var prefix = read.Text("prefix", Allowed.Prefix, "2 to 12 small letters, digits and hyphens, beginning with a letter")
            ?? "aiops";
        var parameters = new AiopsParameters
        {
            Environment = name,
            Account = read.Text("account", Allowed.Account, "an account's twelve digits"),
            Region = read.Text("region", Allowed.Region, "a Region, as eu-west-1"),
            Prefix = prefix,
            OwnAlarmPrefix = read.Text("ownAlarmPrefix", Allowed.AlarmPrefix,
                "1 to 128 letters, digits, dots, hyphens and underscores") ?? $"{prefix}-{name}-",
            Settle = TimeSpan.FromSeconds(read.Number("settleSeconds", 60, 0, 900)),
            MaxRounds = read.Number("maxRounds", 3, 1, 10),
            LogGroups = read.Texts("logGroups", 50, Allowed.LogGroup, "a log group's name, or at least its beginning and then *"),
            WatchedServices = read.Texts("watchedServices", 100, Allowed.Name, "a service's name without a comma"),
            UrgentTopics = read.Texts("urgentTopics", 50, Allowed.Topic, "an SNS topic's ARN"),
            RoutineTopics = read.Texts("routineTopics", 50, Allowed.Topic, "an SNS topic's ARN"),
            UrgentConcurrency = read.Number("urgentConcurrency", 10, 2, 1000), // SQS event source mappings allow no other.
            RoutineConcurrency = read.Number("routineConcurrency", 5, 2, 1000),
            ReserveConcurrency = read.Flag("reserveConcurrency", true),
            GuardDuty = read.Flag("guardDuty", false),
            ApplicationSignalsChanges = read.Flag("applicationSignalsChanges", false),
            ConfigChanges = read.Flag("configChanges", false),
            KnowledgeBase = read.Flag("knowledgeBase", false),
            EmbeddingModel = read.Text("embeddingModel", Allowed.Model, "a Bedrock model's id") ?? "amazon.titan-embed-text-v2:0",
            PermissionBoundary = read.Text("permissionBoundary", Allowed.Policy, "a managed policy's name or ARN"),
            RetainData = read.Flag("retainData", true),
            LogRetentionDays = read.OneOf("logRetentionDays", 30, Allowed.LogRetentions),
            DocumentDays = read.Number("documentDays", 400, 30, 3653),
            BudgetAmount = read.Number("budgetAmount", 50, 1, 100_000),
            CostMonitor = read.Flag("costMonitor", false),
            AlarmTopicArn = read.Text("alarmTopicArn", Allowed.Topic, "an SNS topic's ARN"),
            AlarmEmail = read.Text("alarmEmail", Allowed.Email, "an e-mail address"),
            JwtIssuer = read.Text("jwtIssuer", Allowed.Issuer, "an issuer's https address"),
            JwtAudience = read.Text("jwtAudience", Allowed.Name, "an audience without a comma"),
            RequestsPerSecond = read.Number("requestsPerSecond", 50, 1, 5000),
            Bundle = read.Text("bundle", Allowed.Path, "a folder") ?? "artifacts/functions",
            Actions = Actions(read.Section("actions")),
            Tickets = Tickets(read.Section("tickets")),
            Model = Model(read.Section("model")),
        };
        return Agreeing(parameters, read);
    }

    private static TicketParameters? Tickets(ContextReader? read)
    {
        if (read is null)
        {
            return null;
        }

        read.RefuseAllBut(["settings", "secrets", "keys", "opsCenter"]);
        return new TicketParameters(
            read.Text("settings", Allowed.ParameterName, "an SSM parameter's name of at most 63 characters, beginning with /")
                ?? throw read.Missing("settings", "the SSM parameter that holds the ticket settings"),
            read.Texts("secrets", 20, Allowed.Secret, "the whole ARN of a Secrets Manager secret"),
            read.Texts("keys", 10, Allowed.KmsKey, "a KMS key's ARN"),
            read.Flag("opsCenter", false));
    }

    private static ModelParameters? Model(ContextReader? read)
    {
        if (read is null)
        {
            return null;
        }

        read.RefuseAllBut(["settings", "models", "inferenceProfiles", "regions", "dollarsPerDay", "alarmPercent"]);
        var settings = read.Text("settings", Allowed.ParameterName,
            "an SSM parameter's name of at most 63 characters, beginning with /")
                ?? throw read.Missing("settings", "the SSM parameter that holds the model's settings");
        var models = read.Texts("models", 10, Allowed.RegionsModel,
            "the id of a Bedrock model, as amazon.nova-pro-v1:0; what begins with a geography (eu.) is named in inferenceProfiles");
        IReadOnlyList<ProfileParameters> profiles = [.. read.Texts("inferenceProfiles", 10, Allowed.InferenceProfile,
            "the id of an inference profile that AWS defines, as eu.amazon.nova-pro-v1:0").Select(id => new ProfileParameters(id))];
        if (models.Count + profiles.Count == 0)
        {
            throw read.Missing("models", "at least one Bedrock model, or one of inferenceProfiles");
        }

        var regions = read.Texts("regions", 30, Allowed.Region, "a Region, as eu-west-1");
        if (regions.Count > 0 != profiles.Any(profile => !profile.IsGlobal))
        {
            throw regions.Count > 0
                ? read.Wrong("regions", string.Join(", ", regions), "absent where no inference profile of a geography is named")
                : read.Missing("regions", "the Regions where the inference profiles may answer, as "
                    + "`aws bedrock get-inference-profile` lists them");
        }

        return new ModelParameters(settings, models, profiles, regions,
            read.Number("dollarsPerDay", 20, 1, 1_000_000), read.Number("alarmPercent", 80, 1, 100));
    }

    private static AiopsParameters Agreeing(AiopsParameters parameters, ContextReader read)
    {
        if (parameters.JwtIssuer is null != parameters.JwtAudience is null)
        {
            throw read.Missing(parameters.JwtIssuer is null ? "jwtIssuer" : "jwtAudience",
                "issuer and audience are given together or not at all");
        }

        if (parameters is { AlarmTopicArn: not null, AlarmEmail: not null })
        {
            throw read.Wrong("alarmEmail", parameters.AlarmEmail,
                "absent where aiops:alarmTopicArn is given: subscribe it to that topic");
        }

        if (Bytes(parameters.LogGroups) + Bytes(parameters.WatchedServices) is > MostListed and var bytes)
        {
            throw read.Wrong("logGroups", $"{bytes} bytes with aiops:watchedServices",
                $"at most {MostListed}: Lambda's environment holds 4 KB; name a beginning and *");
        }

        var topics = parameters.UrgentTopics.Concat(parameters.RoutineTopics).Sum(arn => $"\"{arn}\",".Length);
        if (topics > MostOfTopics)
        {
            throw read.Wrong("routineTopics", $"{topics} bytes with aiops:urgentTopics",
                $"at most {MostOfTopics}, which a queue's policy has room for: let one topic fan in what many carry");
        }

        return parameters.UrgentTopics.Intersect(parameters.RoutineTopics, StringComparer.Ordinal).FirstOrDefault() is { } both
            ? throw read.Wrong("routineTopics", both, "in one lane: it is among aiops:urgentTopics")
            : parameters;
    }

    private static int Bytes(IReadOnlyList<string> listed) => Encoding.UTF8.GetByteCount(string.Join(',', listed));

    private static ActionParameters? Actions(ContextReader? read)
    {
        read?.RefuseAllBut(["documents", "policyArns"]);
        return read is null ? null : new ActionParameters(
            AtLeastOne(read, "documents", read.Texts("documents", 20, Allowed.Document, "an SSM document's name; no wildcards")),
            AtLeastOne(read, "policyArns", read.Texts(
                "policyArns", 10, Allowed.CustomerPolicyArn, "a customer-managed policy's ARN; AWS's own grant too much")));
    }

    private static IReadOnlyList<string> AtLeastOne(ContextReader read, string key, IReadOnlyList<string> found)
        => found.Count > 0 ? found : throw read.Missing(key, "at least one");
}
