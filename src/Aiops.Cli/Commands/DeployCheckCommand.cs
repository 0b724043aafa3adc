using System.CommandLine;
using Aiops.Cli.Deploy;
using Aiops.Cli.Output;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops deploy-check</c>: what a deployment would need and cost, and which packages it carries. Asks nobody and changes nothing.</summary>
internal static class DeployCheckCommand
{
    private const int MostResources = 500; // CloudFormation's own limit a template.

    private static readonly Option<string> Template = new("--template")
    {
        Description = "The folder that `cdk synth` wrote, or one template of it.",
        DefaultValueFactory = _ => "cdk.out",
    };

    private static readonly Option<string> Bundle = new("--bundle")
    {
        Description = "The functions' bundle, as deploy/bundle.sh makes it.",
        DefaultValueFactory = _ => Path.Combine("artifacts", "functions"),
    };

    private static readonly Option<int> Incidents = Number("--incidents", "Incidents a month.", 300);
    private static readonly Option<int> Alarms = Number("--alarms", "Alarm events a month.", 10_000);
    private static readonly Option<decimal> LogGigabytes = new("--log-gigabytes")
    {
        Description = "Gigabytes of logs that one analysis scans.",
        DefaultValueFactory = _ => 1m,
    };

    private static readonly Option<decimal> ModelDollars = new("--model-dollars")
    {
        Description = "US dollars that a language model costs for one analysis, where a stack asks one (docs/scale.md).",
        DefaultValueFactory = _ => new DeploymentLoad().ModelDollars,
    };

    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command(
            "deploy-check",
            """
            What a deployment would need and cost, from the synthesized templates, and which packages of AWS its bundle carries. Offline.

            Example: npx cdk synth && aiops deploy-check --incidents 500
            """) { Template, Bundle, Incidents, Alarms, LogGigabytes, ModelDollars };
        command.SetAction((parsed, _) => Task.FromResult(Run(parsed, environment)));
        return command;
    }

    private static Option<int> Number(string name, string description, int fallback) => new(name) { Description = description, DefaultValueFactory = _ => fallback };

    private static int Run(ParseResult parsed, CommandEnvironment environment)
    {
        var load = new DeploymentLoad
        {
            IncidentsAMonth = parsed.GetValue(Incidents),
            AlarmsAMonth = parsed.GetValue(Alarms),
            LogGigabytes = parsed.GetValue(LogGigabytes),
            ModelDollars = parsed.GetValue(ModelDollars),
        };
        if (load.IncidentsAMonth < 0 || load.AlarmsAMonth < 0 || load.LogGigabytes < 0 || load.ModelDollars < 0)
        {
            throw new UserErrorException(ExitCodes.Usage, "A load below zero costs nothing that can be worked out.", "Give --incidents, --alarms, --log-gigabytes and --model-dollars as numbers from 0 on.");
        }

        var packages = DeployedPackages.Of(environment.PathOf(parsed.GetValue(Bundle)!));
        List<CheckedStack> stacks = [.. DeploymentTemplate.ReadAll(environment.PathOf(parsed.GetValue(Template)!)).Select(template => CheckedStack.Of(template, load))];
        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson(new DeployCheck(packages, stacks, Prices.Basis), CliJson.Default.DeployCheck);
        }

        environment.Console.MarkupLineInterpolated($"[bold]packages[/] {packages.Status}: {packages.Detail}");
        foreach (var stack in stacks)
        {
            Show(stack, environment.Console);
        }

        environment.Console.MarkupLineInterpolated($"[grey]{Prices.Basis}; docs/scale.md has the pages, the quotas and the load of a storm.[/]");
        return ExitCodes.Ok;
    }

    private static void Show(CheckedStack stack, IAnsiConsole console)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{stack.Name}[/] {stack.Resources} of {MostResources} resources, {stack.Bytes / 1024:N0} of 1,024 KB");
        console.MarkupLineInterpolated($"needs: {string.Join("; ", stack.Needs)}");
        if (stack.Standing.Count == 0)
        {
            return;
        }

        var table = new Table().AddColumns("what", "quantity", "US$").Border(TableBorder.Rounded);
        table.Columns[2].RightAligned();
        foreach (var (title, lines) in new[] { ("a month, nothing happening", stack.Standing), ("an incident, analysed twice", stack.AnIncident), ("a thousand alarms", stack.AThousandAlarms) })
        {
            table.AddRow($"[bold]{title}[/]", "", $"[bold]{lines.Sum(line => line.Dollars):0.0000}[/]");
            foreach (var line in lines)
            {
                table.AddRow($"  {Markup.Escape(line.What)}", Markup.Escape(line.Quantity), $"{line.Dollars:0.0000}");
            }
        }

        table.AddRow("[bold]a month at the load given[/]", "", $"[bold]{stack.AMonth:0.00}[/]");
        console.Write(table);
    }
}

internal sealed record DeployCheck(DeployedPackages Packages, IReadOnlyList<CheckedStack> Stacks, string Prices);

/// <summary>One stack of the app.</summary>
/// <param name="Needs">What the account must have or allow before it can be deployed.</param>
internal sealed record CheckedStack(
    string Name, int Resources, long Bytes, IReadOnlyList<string> Needs,
    IReadOnlyList<CostLine> Standing, IReadOnlyList<CostLine> AnIncident, IReadOnlyList<CostLine> AThousandAlarms, decimal AMonth)
{
    public static CheckedStack Of(DeploymentTemplate template, DeploymentLoad load)
    {
        var runs = template.Count("AWS::Lambda::Function") > 0;
        IReadOnlyList<CostLine> standing = runs ? DeploymentCost.Standing(template) : [];
        IReadOnlyList<CostLine> incident = runs ? DeploymentCost.AnIncident(template, load) : [];
        IReadOnlyList<CostLine> alarms = runs ? DeploymentCost.AThousandAlarms() : [];
        return new CheckedStack(
            template.Name, template.ResourceCount, template.Bytes, [.. NeedsOf(template)], standing, incident, alarms,
            standing.Sum(line => line.Dollars) + (load.IncidentsAMonth * incident.Sum(line => line.Dollars))
                + (load.AlarmsAMonth / 1_000m * alarms.Sum(line => line.Dollars)));
    }

    private static IEnumerable<string> NeedsOf(DeploymentTemplate template)
    {
        yield return "a bootstrapped account and Region (npx cdk bootstrap)";
        if (template.Count("AWS::IAM::Role") > 0)
        {
            yield return $"the right to make {template.Count("AWS::IAM::Role")} roles (CAPABILITY_NAMED_IAM)";
        }

        if (template.Concurrency > 0)
        {
            yield return $"{template.Concurrency} concurrent executions for the trigger queues, beside what the account runs (1,000 by default)";
        }

        if (template.Count("AWS::Bedrock::KnowledgeBase") > 0)
        {
            yield return "Bedrock's embedding model enabled in the Region";
        }

        if (template.AsksModel)
        {
            yield return "the models of aiops:model enabled in Bedrock, and their settings in the parameter that it names";
        }
    }
}
