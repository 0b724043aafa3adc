using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>What this generator refuses: mistakes that the official one refuses too, and shapes that only that one covers.</summary>
internal static class Problems
{
    public static readonly DiagnosticDescriptor NoSerializer = Mistake(
        1, "The assembly names no serializer: add [assembly: LambdaSerializer(typeof(…))]");

    public static readonly DiagnosticDescriptor SeveralStartups = Mistake(2, "Only one class may have [LambdaStartup]");

    public static readonly DiagnosticDescriptor NoConfigureServices = Mistake(
        3, "'{0}' needs a method 'void ConfigureServices(IServiceCollection services)'; ConfigureHostBuilder is covered by the official generator only");

    public static readonly DiagnosticDescriptor NotExecutable = Mistake(4, "GenerateMain needs <OutputType>Exe</OutputType>");

    public static readonly DiagnosticDescriptor SameName = Mistake(
        5, "Two functions are named '{0}': ANNOTATIONS_HANDLER picks one by its method's name");

    public static readonly DiagnosticDescriptor SeveralInputs = Mistake(
        6, "'{0}' takes more than one input: one event, and whatever has [FromServices] or is an ILambdaContext");

    public static readonly DiagnosticDescriptor UnknownShape = Mistake(7, "'{0}': {1} is covered by the official generator only");

    public static readonly DiagnosticDescriptor UnboundRoute = Mistake(8, "'{0}' has no parameter for {{{1}}} of its route");

    public static readonly DiagnosticDescriptor Unconvertible = Mistake(
        9, "'{0}': a value of the path, query or header can't become a {1}: it must be a string, a number, a bool or a collection of those");

    public static readonly DiagnosticDescriptor NoStartup = Mistake(
        10, "'{0}' takes a parameter [FromServices], but no class has [LambdaStartup] and lists services");

    private static DiagnosticDescriptor Mistake(int number, string message) => new(
        $"LAMBDA{number:000}", "Lambda function", message, "Amazon.Lambda.Annotations", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
