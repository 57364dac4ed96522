// Starts Redis and a DynamoDB API on free ports of loopback, and runs a program with both ports:
//
//   node with_servers.mjs PROGRAM
//
// The status is the program's. The port of a server that is not installed is 0.
import { spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";

async function portOfDynamoDb() {
  try {
    const { default: dynalite } = await import("dynalite");
    const server = dynalite({ createTableMs: 0 }).listen(0, "127.0.0.1");
    await once(server, "listening");
    return server.address().port;
  } catch {
    console.error("dynalite, a DynamoDB API of npm, is not installed; DynamoDB is left out");
    return 0;
  }
}

async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

async function startRedis() {
  const port = await freePort();
  const options = ["--bind", "127.0.0.1", "--port", port, "--save", ""];
  const redis = spawn("redis-server", options.map(String), { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await once(redis, "spawn");
    for await (const line of redis.stdout) if (String(line).includes("Ready to accept connections")) break;
    const stop = async () => {
      if (redis.exitCode !== null) return;
      redis.kill();
      await once(redis, "exit");
    };
    return { port, stop };
  } catch {
    console.error("redis-server is not installed; Redis is left out");
    return { port: 0, stop: () => {} };
  }
}

const redis = await startRedis();
try {
  const ports = [redis.port, await portOfDynamoDb()].map(String);
  const [status] = await once(spawn(process.argv[2], ports, { stdio: "inherit" }), "close");
  process.exitCode = status ?? 1;
} finally {
  await redis.stop();
}
process.exit();
