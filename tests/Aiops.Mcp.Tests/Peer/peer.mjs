// The protocol's public client, driven from outside: `node peer.mjs NODE_MODULES` reads one JSON document from standard input, connects as
// it says, takes its steps in order, and writes one JSON line a step: {"answer": …}, or {"error": {"code": …, "message": …}}.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const sdk = createRequire(join(process.argv[2], 'anything.js'));
const load = async (name) => import(pathToFileURL(sdk.resolve(`@modelcontextprotocol/sdk/client/${name}.js`)).href);
const { Client } = await load('index');
const { StdioClientTransport } = await load('stdio');
const { StreamableHTTPClientTransport } = await load('streamableHttp');

let text = '';
for await (const chunk of process.stdin) {
  text += chunk;
}

const { command, args, env, url, headers, steps } = JSON.parse(text);
const transport = url
  ? new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: headers ?? {} } })
  : new StdioClientTransport({ command, args, env: { ...process.env, ...env }, stderr: 'inherit' });
const client = new Client({ name: 'aiops-tests', version: '1.0.0' });
const does = {
  server: () => ({ version: client.getServerVersion(), capabilities: client.getServerCapabilities(), instructions: client.getInstructions() }),
  tools: () => client.listTools(),
  call: (step) => client.callTool({ name: step.name, arguments: step.arguments }),
  resources: (step) => client.listResources(step.cursor ? { cursor: step.cursor } : undefined),
  templates: () => client.listResourceTemplates(),
  read: (step) => client.readResource({ uri: step.uri }),
  prompts: () => client.listPrompts(),
  prompt: (step) => client.getPrompt({ name: step.name, arguments: step.arguments }),
  end: async () => { await transport.terminateSession?.(); return {}; },
};

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
try {
  await client.connect(transport);
} catch (error) {
  say({ error: { code: error.code ?? null, message: String(error.message) } });
  process.exit(0);
}

for (const step of steps) {
  try {
    say({ answer: await does[step.do](step) });
  } catch (error) {
    say({ error: { code: error.code ?? null, message: String(error.message) } });
  }
}

await client.close();
