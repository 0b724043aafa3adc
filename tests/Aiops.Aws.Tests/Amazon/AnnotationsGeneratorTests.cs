using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.SourceGenerator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Aiops.Aws.Tests.StandIns; // Not named after its folder: in there, Amazon would hide the SDK's own namespace.

/// <summary>What the generator makes of functions, and what it refuses rather than misread.</summary>
public class AnnotationsGeneratorTests
{
    private const string Head = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Threading.Tasks;
        using Amazon.Lambda.Annotations;
        using Amazon.Lambda.Annotations.APIGateway;
        using Amazon.Lambda.APIGatewayEvents;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.Serialization.SystemTextJson;
        using Microsoft.Extensions.DependencyInjection;
        [assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]
        [assembly: LambdaGlobalProperties(GenerateMain = true)]
        namespace Shop;

        """;

    private const string Startup = "[LambdaStartup] public class Startup { public void ConfigureServices(IServiceCollection services) { } }\n";

    [Fact]
    public void Main_picks_by_the_method_s_name_and_runs_what_the_wrapper_passes()
    {
        var run = Generate(Head + Startup + """
            public class Functions
            {
                [LambdaFunction] public Task<int> Count(string text, ILambdaContext context) => Task.FromResult(text.Length);
                [LambdaFunction] public void Sweep() { }
                [LambdaFunction] public Task Learn(List<int> cases, [FromServices] TimeProvider clock) => Task.CompletedTask;
            }
            """);
        run.Problems.ShouldBeEmpty();
        var main = run.Sources["Program.g.cs"];
        main.ShouldContain("namespace Shop;");
        main.ShouldContain("switch (global::System.Environment.GetEnvironmentVariable(\"ANNOTATIONS_HANDLER\"))");
        main.ShouldContain("case \"Count\":");
        main.ShouldContain("global::System.Func<string, global::Amazon.Lambda.Core.ILambdaContext, global::System.Threading.Tasks.Task<int>> "
            + "count_handler = new global::Shop.Functions_Count_Generated().Count;");
        main.ShouldContain("global::System.Action<global::System.IO.Stream> sweep_handler = new global::Shop.Functions_Sweep_Generated().Sweep;");
        main.ShouldContain("global::System.Func<global::System.Collections.Generic.List<int>, global::System.Threading.Tasks.Task> learn_handler");
    }

    [Fact]
    public void Each_event_has_a_scope_of_its_own_and_the_function_is_built_with_the_start()
    {
        var run = Generate(Head + Startup + """
            public class Functions { [LambdaFunction] public void Learn([FromServices] TimeProvider clock, string text) { } }
            """);
        var wrapper = run.Sources["Functions_Learn_Generated.g.cs"];
        wrapper.ShouldContain("AddSingleton<global::Shop.Functions>(services);");
        wrapper.ShouldContain("new global::Shop.Startup().ConfigureServices(services);");
        var constructor = wrapper[..wrapper.IndexOf("public void Learn(string text)", StringComparison.Ordinal)];
        constructor.ShouldContain("_ = ", customMessage: "a broken start must show when the process starts");
        var method = wrapper[constructor.Length..];
        method.ShouldContain("using var scope =");
        method.ShouldContain("var clock = global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions"
            + ".GetRequiredService<global::System.TimeProvider>(scope.ServiceProvider);");
        method.ShouldContain("function.Learn(clock, text);");
    }

    [Fact]
    public void Functions_without_a_startup_are_simply_made()
    {
        var run = Generate(Head + "public class Functions { [LambdaFunction] public string Echo(string text) => text; }");
        run.Problems.ShouldBeEmpty();
        run.Sources["Functions_Echo_Generated.g.cs"].ShouldContain("private readonly global::Shop.Functions function = new();");
    }

    [Fact]
    public void Every_shape_of_an_http_function_compiles()
    {
        var run = Generate(Head + Startup + """
            public record Order(string Id);
            public class Functions
            {
                [LambdaFunction, HttpApi(LambdaHttpMethod.Get, "/orders/{id}")]
                public Order One(string id, [FromQuery] IEnumerable<int> sizes, [FromHeader(Name = "X-Tenant")] string tenant) => new(id);
                [LambdaFunction, HttpApi(LambdaHttpMethod.Delete, "/orders/{id}")]
                public Task Drop([FromRoute(Name = "id")] long number) => Task.CompletedTask;
                [LambdaFunction, HttpApi(LambdaHttpMethod.Post, "/orders")]
                public async Task<IHttpResult> Add([FromBody] Order order, APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context)
                { await Task.Yield(); return HttpResults.Created($"/orders/{order.Id}"); }
                [LambdaFunction, HttpApi(LambdaHttpMethod.Get, "/count")] public int Total() => 3;
                [LambdaFunction, HttpApi(LambdaHttpMethod.Get, "/name")] public Task<string> Name([FromBody] string text) => Task.FromResult(text);
                [LambdaFunction, HttpApi(LambdaHttpMethod.Any, "/{proxy+}")] public void All(string proxy) { }
            }
            """);
        run.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("LAMBDA006", "[LambdaFunction] public void Two(string one, string other) { }")]
    [InlineData("LAMBDA007", "[LambdaFunction] public ValueTask Later(string one) => default;")]
    [InlineData("LAMBDA007", "[LambdaFunction, HttpApi(LambdaHttpMethod.Get, \"/x\")] public void From(string nowhere) { }")]
    [InlineData("LAMBDA007", "[LambdaFunction, HttpApi(LambdaHttpMethod.Get, \"/x\", Version = HttpApiVersion.V1)] public void Old() { }")]
    [InlineData("LAMBDA008", "[LambdaFunction, HttpApi(LambdaHttpMethod.Get, \"/x/{id}\")] public void Unbound() { }")]
    [InlineData("LAMBDA009", "[LambdaFunction, HttpApi(LambdaHttpMethod.Get, \"/x\")] public void Odd([FromQuery] Uri where) { }")]
    [InlineData("LAMBDA005", "[LambdaFunction] public void Twin(string one) { } [LambdaFunction] public void Twin(int one) { }")]
    public void What_is_not_covered_is_an_error_that_says_so(string id, string method) =>
        Generate(Head + Startup + $"public class Functions {{ {method} }}").Problems.ShouldContain(problem => problem.Id == id);

    [Fact]
    public void Services_need_a_startup_that_lists_them()
    {
        const string function = "public class Functions { [LambdaFunction] public void Run([FromServices] TimeProvider clock) { } }";
        Generate(Head + function).Problems.ShouldContain(problem => problem.Id == "LAMBDA010");
        Generate(Head + "[LambdaStartup] public class Startup { public object ConfigureHostBuilder() => null; }" + function)
            .Problems.ShouldContain(problem => problem.Id == "LAMBDA003");
        Generate(Head + Startup + Startup.Replace("class Startup", "class Other") + function)
            .Problems.ShouldContain(problem => problem.Id == "LAMBDA002");
    }

    [Fact]
    public void A_main_needs_an_executable_and_functions_a_serializer()
    {
        const string function = "public class Functions { [LambdaFunction] public void Run(string text) { } }";
        Generate(Head + function, OutputKind.DynamicallyLinkedLibrary).Problems.ShouldContain(problem => problem.Id == "LAMBDA004");
        Generate(Head.Replace("[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]", "") + function)
            .Problems.ShouldContain(problem => problem.Id == "LAMBDA001");
    }

    private static Generated Generate(string source, OutputKind kind = OutputKind.ConsoleApplication)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Append(typeof(LambdaFunctionAttribute).Assembly.Location).Distinct()
            .Where(path => !Path.GetFileName(path).StartsWith("Aiops.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create(
            "Shop", [CSharpSyntaxTree.ParseText(source, options)], references, new CSharpCompilationOptions(kind));
        var driver = CSharpGeneratorDriver.Create([new AnnotationsGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var whole, out var problems);
        var sources = driver.GetRunResult().Results.Single().GeneratedSources
            .ToDictionary(generated => generated.HintName, generated => generated.SourceText.ToString());
        // What is generated must compile; what was refused need not.
        var errors = problems.IsEmpty ? whole.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error) : [];
        return new Generated(sources, [.. problems, .. errors]);
    }

    private sealed record Generated(IReadOnlyDictionary<string, string> Sources, IReadOnlyList<Diagnostic> Problems)
    {
        public override string ToString() =>
            string.Join('\n', Problems.Select(problem => problem.ToString()));
    }
}
