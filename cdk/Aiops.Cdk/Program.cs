using Amazon.CDK;

var app = new App();
_ = new Stack(app, "aiops-dev");
app.Synth();
