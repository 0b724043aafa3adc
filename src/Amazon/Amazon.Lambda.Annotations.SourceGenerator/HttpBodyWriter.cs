namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Writes how an HTTP function's parameters are taken from the request and its answer is written.</summary>
internal sealed class HttpBodyWriter(FunctionModel function, Source source)
{
    private const string Unconvertible =
        "when (e is global::System.InvalidCastException or global::System.FormatException or global::System.OverflowException or global::System.ArgumentException)";

    public void Write()
    {
        var bound = function.Parameters.Where(parameter => parameter.Source is ParameterSource.Body or ParameterSource.Route
            or ParameterSource.Query or ParameterSource.Header).ToList();
        if (bound.Count > 0)
            source.Line("var validationErrors = new global::System.Collections.Generic.List<string>();");
        foreach (var parameter in bound)
            Bind(parameter);
        if (bound.Count > 0)
            RefuseInvalid();
        Answer();
    }

    private void Bind(ParameterModel parameter)
    {
        if (parameter.Source == ParameterSource.Body)
        {
            BindBody(parameter);
            return;
        }

        var values = parameter.Source switch
        {
            ParameterSource.Route => "PathParameters",
            ParameterSource.Query => "QueryStringParameters",
            _ => "Headers",
        };
        source.Line($"{parameter.Type} {parameter.Name} = default;")
            .Open($"foreach (var pair in __request__.{values} ?? new global::System.Collections.Generic.Dictionary<string, string>())")
            .Line($"if (!string.Equals(pair.Key, \"{parameter.Key}\", global::System.StringComparison.{(values == "Headers" ? "OrdinalIgnoreCase" : "Ordinal")}))")
            .Indent().Line("continue;").Outdent();
        if (parameter.Element is not null)
            BindMany(parameter, parameter.Element);
        else
            BindOne(parameter);
        source.Close();
    }

    private void BindOne(ParameterModel parameter) => source
        .Open("try")
        .Line($"{parameter.Name} = {Converted("pair.Value", parameter.Type)};")
        .Close()
        .Open($"catch (global::System.Exception e) {Unconvertible}")
        .Line($"validationErrors.Add($\"Value {{pair.Value}} at '{parameter.Key}' failed to satisfy constraint: {{e.Message}}\");")
        .Close();

    private void BindMany(ParameterModel parameter, string element)
    {
        source.Line($"var values = new global::System.Collections.Generic.List<{element}>();")
            .Open("foreach (var one in pair.Value.Split(','))")
            .Open("try")
            .Line($"values.Add({Converted("one", element)});")
            .Close()
            .Open($"catch (global::System.Exception e) {Unconvertible}")
            .Line($"validationErrors.Add($\"Value {{one}} at '{parameter.Key}' failed to satisfy constraint: {{e.Message}}\");")
            .Close()
            .Close()
            .Line($"{parameter.Name} = values;");
    }

    private static string Converted(string value, string type) =>
        $"({type})global::System.Convert.ChangeType({value}, typeof({type}))";

    private void BindBody(ParameterModel parameter)
    {
        if (parameter.IsString)
        {
            source.Line($"var {parameter.Name} = __request__.Body;");
            return;
        }

        source.Line($"{parameter.Type} {parameter.Name} = default;")
            .Open("try")
            .Line("using var bodyStream = new global::System.IO.MemoryStream(global::System.Text.Encoding.UTF8.GetBytes(__request__.Body));")
            .Line($"{parameter.Name} = serializer.Deserialize<{parameter.Type}>(bodyStream);")
            .Close()
            .Open("catch (global::System.Exception e)")
            .Line("validationErrors.Add($\"Value {__request__.Body} at 'body' failed to satisfy constraint: {e.Message}\");")
            .Close();
    }

    private void RefuseInvalid()
    {
        source.Open("if (validationErrors.Count > 0)")
            .Open($"var errorResult = new {Names.HttpResponse}")
            .Line("Body = @$\"{{\"\"message\"\": \"\"{validationErrors.Count} validation error(s) detected: {string.Join(\",\", validationErrors)}\"\"}}\",")
            .Open("Headers = new global::System.Collections.Generic.Dictionary<string, string>")
            .Line("[\"Content-Type\"] = \"application/json\",")
            .Line("[\"x-amzn-ErrorType\"] = \"ValidationException\",")
            .Close(",")
            .Line("StatusCode = 400,")
            .Close(";");
        if (function.Returned.IsHttpResult)
        {
            source.Line("var errorStream = new global::System.IO.MemoryStream();")
                .Line("serializer.Serialize(errorResult, errorStream);")
                .Line("errorStream.Position = 0;")
                .Line("return errorStream;");
        }
        else
        {
            source.Line("return errorResult;");
        }

        source.Close();
    }

    private void Answer()
    {
        const string options = "global::Amazon.Lambda.Annotations.APIGateway.HttpResultSerializationOptions";
        var call = WrapperWriter.Call(function);
        var returned = function.Returned;
        if (returned.IsHttpResult)
        {
            source.Line($"var httpResults = {call};")
                .Open($"return httpResults.Serialize(new {options}")
                .Line($"Format = {options}.ProtocolFormat.HttpApi,")
                .Line($"Version = {options}.ProtocolVersion.V2,")
                .Line("Serializer = serializer,")
                .Close(");");
            return;
        }

        if (returned.Type == Names.HttpResponse)
        {
            source.Line($"return {call};");
            return;
        }

        if (returned.Type is null)
        {
            source.Line($"{call};").Line($"return new {Names.HttpResponse} {{ StatusCode = 200 }};");
            return;
        }

        source.Line($"var response = {call};");
        if (returned.IsString)
        {
            source.Line("var body = response;");
        }
        else if (returned.IsValueType)
        {
            source.Line("var body = response.ToString();");
        }
        else
        {
            source.Line("using var responseStream = new global::System.IO.MemoryStream();")
                .Line("serializer.Serialize(response, responseStream);")
                .Line("var body = global::System.Text.Encoding.UTF8.GetString(responseStream.ToArray());");
        }

        source.Open($"return new {Names.HttpResponse}")
            .Line("Body = body,")
            .Open("Headers = new global::System.Collections.Generic.Dictionary<string, string>")
            .Line($"[\"Content-Type\"] = \"{(returned.IsString ? "text/plain" : "application/json")}\",")
            .Close(",")
            .Line("StatusCode = 200,")
            .Close(";");
    }
}
