using Aiops.Functions.Running;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;

// One executable for every function: its generated Main picks the handler that ANNOTATIONS_HANDLER names.
[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(StageSerializer))]
