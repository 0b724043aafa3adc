// SQS and S3 on 127.0.0.1 and a free port, in memory. Says "ready PORT"; ends with its standard input, and after an hour at the latest.
import { pathToFileURL } from 'node:url';

const { buildApp } = await import(pathToFileURL(`${process.argv[2]}/fauxqs/dist/app.js`));
const app = buildApp({ logger: false });
await app.listen({ port: 0, host: '127.0.0.1' });
console.log(`ready ${app.server.address().port}`);
process.stdin.resume().on('end', () => process.exit(0));
setTimeout(() => process.exit(1), 3_600_000);
