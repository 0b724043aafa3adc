// DynamoDB on 127.0.0.1 and a free port, in memory. Says "ready PORT"; ends with its standard input, and after an hour at the latest.
import { createRequire } from 'node:module';

const dynalite = createRequire(`${process.argv[2]}/`)('dynalite');
const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
process.stdin.resume().on('end', () => process.exit(0));
setTimeout(() => process.exit(1), 3_600_000);
