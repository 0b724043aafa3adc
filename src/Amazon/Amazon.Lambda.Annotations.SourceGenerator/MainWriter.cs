namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Writes the Main that runs one function: the one whose method's name is in ANNOTATIONS_HANDLER.</summary>
internal static class MainWriter
{
    public static string Write(IReadOnlyList<FunctionModel> functions, string serializer)
    {
        var source = new Source();
        if (functions[0].Namespace.Length > 0)
            source.Line($"namespace {functions[0].Namespace};").Line();
        source.Line("/// <summary>Runs the function whose method is named by the environment variable ANNOTATIONS_HANDLER.</summary>")
            .Open("public class GeneratedProgram")
            .Line("/// <summary>Handles events until Lambda ends the process.</summary>")
            .Open($"public static async {Names.Task} Main(string[] args)")
            .Open("switch (global::System.Environment.GetEnvironmentVariable(\"ANNOTATIONS_HANDLER\"))");
        foreach (var function in functions)
            Case(source, function, serializer);
        return source.Close().Close().Close().ToString();
    }

    private static void Case(Source source, FunctionModel function, string serializer)
    {
        var types = function.Passed.Select(parameter => parameter.Type);
        var handler = function.ReturnType == "void"
            ? $"global::System.Action<{string.Join(", ", types)}>"
            : $"global::System.Func<{string.Join(", ", types.Append(function.ReturnType))}>";
        var name = $"{function.Method.ToLowerInvariant()}_handler";
        source.Line($"case \"{function.Method}\":").Indent()
            .Line($"{handler} {name} = new {function.WrapperFullName}().{function.Method};")
            .Line($"await global::Amazon.Lambda.RuntimeSupport.LambdaBootstrapBuilder.Create({name}, new {serializer}()).Build().RunAsync();")
            .Line("break;").Outdent();
    }
}
