// AWS's own client asks the scripted server; what it read is printed as one line of JSON.
process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
const [, , packages, endpoint] = process.argv;
const BedrockRuntime = require(`${packages}/aws-sdk/clients/bedrockruntime`);
const client = new BedrockRuntime({
  endpoint, region: 'eu-central-1', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', maxRetries: 0,
});

const ask = params => client.converse({ modelId: 'eu.tiny-v1:0', ...params }).promise()
  .catch(error => ({ code: error.code, status: error.statusCode }));

(async () => {
  const question = { role: 'user', content: [{ text: 'Why?' }] };
  const toolConfig = { tools: [{ toolSpec: { name: 'query_metrics', description: 'Reads.', inputSchema: { json: { type: 'object' } } } }] };
  const inferenceConfig = { maxTokens: 77, temperature: 0.5 };
  const called = await ask({ system: [{ text: 'Be brief.' }], messages: [question], toolConfig, inferenceConfig });
  const result = { role: 'user', content: [{ toolResult: { toolUseId: 'call_1', content: [{ text: 'p99 900 ms' }] } }] };
  const said = await ask({ messages: [question, called.output.message, result], toolConfig });
  console.log(JSON.stringify([called, said, await ask({ messages: [question] }), await ask({ messages: [question] }), await ask({ messages: [result] })]));
})();
