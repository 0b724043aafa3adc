using Amazon.CDK;
using Aiops.Cdk;
using Aiops.Cdk.Parameters;

try
{
    var app = new App(new AppProps { Context = AppContextJson.OfFile(Directory.GetCurrentDirectory()) });
    AiopsApp.Compose(app);
    app.Synth();
    return 0;
}
catch (ParameterException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
