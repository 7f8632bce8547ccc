// The least HTTP that can stand before pg-boss: a POST's body becomes a job, and is answered once that is committed.
import http from 'node:http';
import { createRequire } from 'node:module';

const [folder, database, port] = process.argv.slice(2);
const PgBoss = createRequire(`${folder}/`)('pg-boss');
const boss = new PgBoss({ connectionString: database, max: 10, supervise: false, schedule: false });
await boss.start();
await boss.createQueue('peer');

http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () =>
    boss.send('peer', JSON.parse(Buffer.concat(chunks))).then(
      (id) => response.writeHead(201).end(id),
      (error) => response.writeHead(500).end(String(error))));
}).listen(Number(port), '127.0.0.1');
